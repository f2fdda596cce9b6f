// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import { isUnknown, told } from '../kernel/unknown.ts';
import { errnoText } from '../kernel/errno.ts';
import { has } from '../kernel/has-feature.ts';
import type { Change, Execution } from '../run/types.ts';
import type { IoStep, Scenario } from '../scenario/schema.ts';
import { wordsOf } from './check-words.ts';
import { explainMapping } from './explain-mapping.ts';
import { explainEnd } from './explain-end.ts';
import { count } from './format.ts';

/** The verdict of one execution in words. */
export interface Explanation {
  /** One to three words, the largest thing on the page: `Refused`, `Opened as id 3`. */
  headline: string;
  /** What the kernel saw and what it made of it. */
  sentence: string;
  /** Where it was decided: a check and its kernel function, or how many checks passed. */
  where: string;
  /** The check that decided and its kernel function, of which `where` tells; null if no check did. */
  by: { check: CheckId; fn: string } | null;
}

/** Puts any outcome of a call into words: of every step but those of I/O. Pure; the scenario is the one that was run. */
export function explainCall(execution: Execution, scenario: Scenario): Explanation {
  switch (execution.outcome) {
    case 'refused':
      return refused(execution, scenario);
    case 'error':
      return passedOn(execution);
    case 'waiting':
      return waiting(execution, scenario);
    case 'retry-cache':
      return {
        headline: 'Looks in its cache',
        sentence:
          'The read mapping is RETRY_CACHE: the kernel would look into its mapping cache here, and on a miss ask the ' +
          'server again. The cache is not modelled.',
        where: passed(execution),
        by: null,
      };
    case 'not-called':
    case 'oops':
      return {
        headline: 'Not called',
        sentence: execution.remark ?? 'The kernel never gets here.',
        where: '',
        by: null,
      };
    case 'ok':
      return {
        ...OK[execution.do as keyof typeof OK](execution, scenario),
        where: passed(execution),
        by: null,
      };
  }
}

type Words = Pick<Explanation, 'headline' | 'sentence'>;

function refused(execution: Execution, scenario: Scenario): Explanation {
  const transport = execution.reply !== null && execution.reply.writeRet < 0;
  return {
    headline: 'Refused',
    sentence:
      decidedSentence(execution, scenario) +
      (transport
        ? ` The server's write() fails with ${errnoText(execution.reply?.writeRet ?? 0)}, and the request ends ` +
          `with ${errnoText(execution.ret ?? 0n)}.`
        : ''),
    ...decidedBy(execution),
  };
}

function passedOn({ do: step, reply, ret }: Execution): Explanation {
  const error = errnoText(reply?.header?.error ?? ret ?? 0n);
  return {
    headline: 'Error passed on',
    sentence:
      step === 'iomap_end'
        ? `The server answered ${error}, and iomap_end returns it. The iomap layer drops it if bytes were moved.`
        : `The server answered ${error}. The kernel looks at no mapping and hands the error to whoever asked.`,
    where: step === 'iomap_end' ? 'fuse_iomap_end' : 'fuse_iomap_begin',
    by: null,
  };
}

function waiting(execution: Execution, scenario: Scenario): Explanation {
  const write = execution.reply;
  const why =
    execution.decided === null
      ? 'The server has not answered.'
      : `${decidedSentence(execution, scenario)} The server's write() fails with ${errnoText(write?.writeRet ?? 0)}.`;
  return {
    headline: 'Still waiting',
    sentence: `${why} The kernel took no answer, so the caller sleeps on.`,
    ...decidedBy(execution),
  };
}

function decidedSentence({ decided, ret }: Execution, scenario: Scenario): string {
  return decided === null
    ? `The kernel returned ${errnoText(ret ?? 0n)}.`
    : wordsOf(decided.check).sentence(decided.operands, decided.which, scenario);
}

function decidedBy({ decided }: Execution): Pick<Explanation, 'where' | 'by'> {
  if (decided === null) return { where: '', by: null };
  const { check } = decided;
  const { fn } = wordsOf(check);
  return { where: `${told('check', check)} in ${fn}`, by: isUnknown(check) ? null : { check, fn } };
}

function passed({ path }: Execution): string {
  const checks = path.filter(({ result }) => result === 'pass').length;
  return checks === 0 ? '' : `${count(checks, 'check')} passed`;
}

const OK: Readonly<
  Record<Exclude<Execution['do'], IoStep['do']>, (execution: Execution, scenario: Scenario) => Words>
> = {
  backing_open: opened,
  backing_close: closed,
  ioctl: (execution, scenario) =>
    find(execution, 'opened') ? opened(execution, scenario) : closed(execution),
  passthrough_open: held,
  passthrough_release: released,
  iomap_begin: (execution) => ({ headline: 'Accepted', sentence: explainMapping(execution) }),
  iomap_end: explainEnd,
  unmount: unmounted,
};

function opened(execution: Execution, { kernel }: Scenario): Words {
  const entry = find(execution, 'opened')?.entry;
  const id = entry?.id ?? Number(execution.ret ?? 0n);
  const cursor = find(execution, 'cursor');
  const meaning =
    entry?.type === 'PASSTHROUGH'
      ? `The file is passthrough backing ${id}. Replies to FUSE_OPEN may name it` +
        (!has(kernel.revision, 'HAS_IOMAP_DEVICES') ? '.' : "; as a mapping's dev it is not found.")
      : `${entry?.device ?? 'The device'} is now dev ${id} of this connection, and mappings may name it.`;
  return {
    headline: `Opened as id ${id}`,
    sentence: cursor === undefined ? meaning : `${meaning} The next search for an id starts at ${cursor.to}.`,
  };
}

function closed(execution: Execution): Words {
  const gone = find(execution, 'closed');
  if (gone === undefined) return { headline: 'Done', sentence: 'The call returned 0.' };
  const alive = !execution.changes.some((change) => change.kind === 'freed' && change.serial === gone.serial);
  return {
    headline: 'Closed',
    sentence: alive
      ? `Id ${gone.id} is free. Its file is still in use: the object lives until the last user lets go.`
      : `Id ${gone.id} is free and its object with it. The cursor stays, so the id is not handed out again at once.`,
  };
}

function held(execution: Execution): Words {
  const refs = find(execution, 'refs');
  return {
    headline: 'Opened',
    sentence:
      'The file is open, with reads and writes passed through to the backing file.' +
      (refs === undefined ? '' : ` The backing now has ${count(refs.to, 'reference')}.`),
  };
}

function released(execution: Execution): Words {
  const refs = find(execution, 'refs');
  const tail = find(execution, 'freed')
    ? ' That was the last reference: the backing object is gone.'
    : refs === undefined
      ? ''
      : ` The backing has ${count(refs.to, 'reference')} left.`;
  return { headline: 'Released', sentence: `The open file let go of its backing.${tail}` };
}

function unmounted({ events }: Execution, { kernel }: Scenario): Words {
  const busy = events.some((event) => event.kind === 'warn' && event.warn === 'backing-busy-at-unmount');
  return {
    headline: 'Unmounted',
    sentence:
      'The connection is gone, and its backing table with it' +
      (!has(kernel.revision, 'HAS_IOMAP_DEVICES') ? '.' : ', iomap devices included.') +
      (busy ? ' A backing was still in use: the kernel warns and frees it all the same.' : ''),
  };
}

function find<K extends Change['kind']>(
  execution: Execution,
  kind: K,
): Extract<Change, { kind: K }> | undefined {
  return execution.changes.find((change): change is Extract<Change, { kind: K }> => change.kind === kind);
}
