// SPDX-License-Identifier: MIT
/** The outcomes that any call can have. */
import { ERRNO, errnoText } from '../kernel/errno.ts';
import { isUnknown, told, type Unknown } from '../kernel/unknown.ts';
import type { CheckId } from '../kernel/checks.ts';
import type { Execution } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { CheckWords } from './entry.ts';
import { directStage } from './direct-stage.ts';
import { count } from './format.ts';

/** The verdict of one execution in words. */
export interface Explanation {
  /** One to three words, the largest thing on the page: `Refused`, `Opened as id 3`. */
  headline: string;
  /** What the kernel saw and what it decided. */
  sentence: string;
  /** Where it was decided: a check and its kernel function, or how many checks passed. */
  where: string;
  /** The check that decided and its kernel function, as named in `where`; null if no check did. */
  by: { check: CheckId; fn: string } | null;
}

/** What to say about a call that did what was asked. */
export type Words = Pick<Explanation, 'headline' | 'sentence'>;

/** What differs from call to call. */
export interface Speech {
  wordsOf: (check: CheckId | Unknown) => CheckWords;
  ok: (execution: Execution, scenario: Scenario) => Words;
}

/** Puts the outcome of a call into words. Pure; the scenario is the one that was run. */
export function explainOutcome(execution: Execution, scenario: Scenario, speech: Speech): Explanation {
  switch (execution.outcome) {
    case 'refused':
      return refused(execution, scenario, speech);
    case 'error':
      return passedOn(execution);
    case 'waiting':
      return waiting(execution, scenario, speech);
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
        ...speech.ok(execution, scenario),
        where: passed(execution),
        by: null,
      };
  }
}

function refused(execution: Execution, scenario: Scenario, speech: Speech): Explanation {
  const transport = execution.reply !== null && execution.reply.writeRet < 0;
  return {
    headline: 'Refused',
    sentence:
      decidedSentence(execution, scenario, speech) +
      (transport
        ? ` The server's write() fails with ${errnoText(execution.reply?.writeRet ?? 0)}, and the request ends ` +
          `with ${errnoText(execution.ret ?? 0n)}.`
        : ''),
    ...decidedBy(execution, speech),
  };
}

function passedOn({ do: step, request, reply, ret }: Execution): Explanation {
  if (request === null && ret === BigInt(-ERRNO.ENOTCONN)) return unsent(ret);
  const error = errnoText(reply?.header?.error ?? ret ?? 0n);
  return {
    headline: 'Error passed on',
    sentence:
      step === 'iomap_end'
        ? `The server answered ${error}, and iomap_end returns it. The iomap layer drops it if bytes were moved.`
        : `The server answered ${error}. The kernel looks at no mapping and hands the error to whoever asked.${directStage(request, reply)}`,
    where: step === 'iomap_end' ? 'fuse_iomap_end' : 'fuse_iomap_begin',
    by: null,
  };
}

function unsent(ret: bigint): Explanation {
  return {
    headline: 'Not sent',
    sentence: `The connection is aborted: the request does not reach the server, and fails with ${errnoText(ret)}.`,
    where: '',
    by: null,
  };
}

function waiting(execution: Execution, scenario: Scenario, speech: Speech): Explanation {
  const write = execution.reply;
  const why =
    execution.decided === null
      ? (execution.remark ?? 'The server has not answered.')
      : `${decidedSentence(execution, scenario, speech)} The server's write() fails with ${errnoText(write?.writeRet ?? 0)}.`;
  return {
    headline: write === null && execution.decided === null ? 'No answer' : 'Still waiting',
    sentence: `${why} The kernel took no answer, so the caller sleeps on.`,
    ...decidedBy(execution, speech),
  };
}

function decidedSentence(
  { decided, ret, remark }: Execution,
  scenario: Scenario,
  { wordsOf }: Speech,
): string {
  return decided === null
    ? (remark ?? `The kernel returned ${errnoText(ret ?? 0n)}.`)
    : wordsOf(decided.check).sentence(decided.operands, decided.which, scenario);
}

function decidedBy({ decided }: Execution, { wordsOf }: Speech): Pick<Explanation, 'where' | 'by'> {
  if (decided === null) return { where: '', by: null };
  const { check } = decided;
  const { fn } = wordsOf(check);
  return { where: `${told('check', check)} in ${fn}`, by: isUnknown(check) ? null : { check, fn } };
}

function passed({ path }: Execution): string {
  const checks = path.filter(({ result }) => result === 'pass').length;
  return checks === 0 ? '' : `${count(checks, 'check')} passed`;
}
