// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import type { Revision } from '../kernel/features.ts';
import { functionName } from '../kernel/function-name.ts';
import { has } from '../kernel/has-feature.ts';
import type { Change, Execution } from '../run/types.ts';
import type { IoStep, Scenario } from '../scenario/schema.ts';
import { wordsOf } from './check-words.ts';
import { explainMay, leftOver } from './explain-may.ts';
import type { CheckWords } from './entry.ts';
import { explainEnd } from './explain-end.ts';
import { BEGIN_OK } from './explain-begin.ts';
import { explainOutcome, type Explanation, type Words } from './verdict-words.ts';
import { count } from './format.ts';

/** Describes any outcome of a call: any step but I/O. Pure; the scenario is the one that was run. */
export function explainCall(execution: Execution, scenario: Scenario): Explanation {
  const may = explainMay(execution);
  if (may !== null) return may;
  const said = explainOutcome(execution, scenario, {
    wordsOf: (check) => namedIn(wordsOf(check, execution), scenario.kernel.revision),
    ok: () => OK[execution.do as keyof typeof OK](withoutNotes(execution), scenario),
  });
  const left = leftOver(execution);
  return left === '' ? said : { ...said, sentence: `${said.sentence} ${left}` };
}

/** The words for a check, with its function as the revision calls it. */
const namedIn = (words: CheckWords, revision: Revision): CheckWords => ({
  ...words,
  fn: functionName(words.fn, revision),
});

/** What an edited core noted as its reason may be any other: only what it did is told. */
const withoutNotes = (execution: Execution): Execution =>
  execution.trust === 'edited'
    ? { ...execution, events: execution.events.filter(({ kind }) => kind !== 'note') }
    : execution;

const OK: Readonly<
  Record<Exclude<Execution['do'], IoStep['do']>, (execution: Execution, scenario: Scenario) => Words>
> = {
  backing_open: opened,
  backing_close: closed,
  ioctl: (execution, scenario) =>
    find(execution, 'opened') ? opened(execution, scenario) : closed(execution, scenario),
  passthrough_open: held,
  passthrough_release: released,
  ...BEGIN_OK,
  iomap_end: (execution, { kernel: { revision } }) =>
    explainEnd(execution, {
      remembers: has(revision, 'REMEMBERS_NO_END'),
      hears: has(revision, 'HEARS_WANT_END'),
    }),
  unmount: ended,
  umount: unmounted,
  close_dev: devClosed,
};

function opened(execution: Execution, { kernel }: Scenario): Words {
  const entry = find(execution, 'opened')?.entry;
  const id = entry?.id ?? Number(execution.ret ?? 0n);
  const cursor = find(execution, 'cursor');
  const meaning =
    entry?.type === 'PASSTHROUGH'
      ? `The file is passthrough backing ${grouped(id)}. Replies to FUSE_OPEN may name it` +
        (!has(kernel.revision, 'HAS_IOMAP_DEVICES') ? '.' : "; as a mapping's dev it is not found.")
      : `${entry?.device ?? 'The device'} is now dev ${grouped(id)} of this connection, and mappings may name it.`;
  return {
    headline: `Opened as id ${grouped(id)}`,
    sentence:
      cursor === undefined
        ? meaning
        : has(kernel.revision, 'LOWEST_FREE_ID')
          ? `${meaning} The lowest free id is now ${grouped(cursor.to)}.`
          : `${meaning} The next search for an id starts at ${grouped(cursor.to)}.`,
  };
}

function closed(execution: Execution, { kernel }: Scenario): Words {
  const gone = find(execution, 'closed');
  if (gone === undefined) return { headline: 'Done', sentence: 'The call returned 0.' };
  const alive = !execution.changes.some((change) => change.kind === 'freed' && change.serial === gone.serial);
  return {
    headline: 'Closed',
    sentence: alive
      ? `Id ${grouped(gone.id)} is free. Its file is still in use: the object lives until the last user lets go.`
      : `Id ${grouped(gone.id)} is free and its object with it. ${
          has(kernel.revision, 'LOWEST_FREE_ID')
            ? 'The lowest free id is the next that is handed out.'
            : 'The search for a free id goes on where it was, so this one is not handed out again at once.'
        }`,
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

/** What goes with the connection. */
const tableGone = (scenario: Scenario): string =>
  `The connection is gone, and its backing table with it${
    has(scenario.kernel.revision, 'HAS_IOMAP_DEVICES') ? ', iomap devices included.' : '.'
  }`;

function ended(_: Execution, scenario: Scenario): Words {
  return { headline: 'Connection ended', sentence: tableGone(scenario) };
}

function unmounted(execution: Execution, scenario: Scenario): Words {
  if (find(execution, 'unmounted')) return { headline: 'Unmounted', sentence: tableGone(scenario) };
  return find(execution, 'mount')?.to === 'detached'
    ? {
        headline: 'Detached',
        sentence:
          'No path leads to it any more. Open files go on, and keep it, the connection and the table.',
      }
    : {
        headline: 'Unmounted',
        sentence:
          'The server still has /dev/fuse open, which holds the connection: the table and its devices stay.',
      };
}

function devClosed(execution: Execution, scenario: Scenario): Words {
  const sentence = find(execution, 'unmounted')
    ? tableGone(scenario)
    : 'The connection is aborted, and every request fails. What is mounted holds it, with its table, until it is gone.';
  return { headline: 'Closed', sentence };
}

function find<K extends Change['kind']>(
  execution: Execution,
  kind: K,
): Extract<Change, { kind: K }> | undefined {
  return execution.changes.find((change): change is Extract<Change, { kind: K }> => change.kind === kind);
}
