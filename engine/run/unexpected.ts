// SPDX-License-Identifier: MIT
import { expectedOf } from '../scenario/expected.ts';
import { isIoStep } from '../scenario/io-names.ts';
import type { Expectation, Scenario, Step } from '../scenario/schema.ts';
import { worksOn } from '../scenario/step-names.ts';
import type { Execution, Run } from './types.ts';

/**
 * What went wrong in an execution.
 * - `refused`: the kernel refused a reply, or the call itself
 * - `not-taken`: the kernel did not take the reply
 * - `no-answer`: a live server, or the extents, gave none
 * - `failed`: the step returned an error, or ended in an oops
 * - `not-called`: the kernel never got to the step
 * - `not-asked`: an I/O step has replies that no request came for
 */
export type Trouble = 'refused' | 'not-taken' | 'no-answer' | 'failed' | 'not-called' | 'not-asked';

/** An execution that went wrong without its step expecting that. */
export interface Unexpected {
  execution: Execution;
  trouble: Trouble;
  /** Of `not-asked`: how many entries of `replies` were never used. */
  unused: number;
}

/**
 * Every execution that went wrong, and whose step does not say by `ret` or `check` that it would: in the order of the
 * run. What else a step expects does not matter here. A request that `replies` has no answer to is a mismatch already,
 * and is not told again.
 */
export function unexpected(run: Run, scenario: Scenario): Unexpected[] {
  return run.executions.flatMap((execution) => {
    const step = scenario.steps[execution.step];
    if (step === undefined) return [];
    const expect = expectedOf(step, run.revision);
    const trouble = troubleOf(execution);
    if (trouble !== null) {
      const last = execution.repeat === step.times - 1;
      return isExpected(execution, expect, last) ? [] : [{ execution, trouble, unused: 0 }];
    }
    const unused = unusedReplies(step, execution);
    const told = expect?.ret !== undefined || expect?.check !== undefined || expect?.requests !== undefined;
    return unused === 0 || told ? [] : [{ execution, trouble: 'not-asked' as const, unused }];
  });
}

function troubleOf({ outcome, io, reply }: Execution): Trouble | null {
  if (io?.calls.some((call) => call.outcome === 'refused')) return 'refused';
  if (io?.unansweredBy !== undefined) return 'no-answer';
  switch (outcome) {
    case 'refused':
    case 'not-called':
      return outcome;
    case 'waiting':
      // Of these, a script always has an answer.
      if (io === null) return reply === null ? 'no-answer' : 'not-taken';
      return io.unanswered === null ? 'not-taken' : null;
    case 'error':
    case 'oops':
      return 'failed';
    default:
      return null;
  }
}

const FAILING = new Set<unknown>(['waiting', 'not-called', 'oops']);

function isExpected({ outcome }: Execution, expect: Expectation | undefined, last: boolean): boolean {
  const { ret, check } = expect ?? {};
  if (typeof check === 'string') return true;
  if (ret === undefined) return false;
  if (FAILING.has(ret) || (typeof ret === 'bigint' && ret < 0n)) return true;
  // Any other `ret` was compared with the last execution of the step: it did not hold, and that is told.
  return last && outcome !== 'ok';
}

/** How many entries of an I/O step's `replies` no request was answered with. */
function unusedReplies(step: Step, { io, outcome }: Execution): number {
  if (!isIoStep(step) || io === null || outcome !== 'ok' || step.do === 'iomap_ioend') return 0;
  let requests = io.calls.filter((call) => call.do === 'iomap_begin' && call.request !== null).length;
  let used = 0;
  for (; used < step.replies.length && requests > 0; used++) requests -= step.replies[used]!.times;
  return step.replies.length - used;
}

/** Whether a step changes what any later step finds: the backing table and who holds it, the connection. */
const isOnTable = (name: Step['do']) => ['table', 'file', 'connection'].includes(worksOn(name));

/**
 * Of what went wrong unexpectedly before an execution, the first that it may have gone wrong from: a step on the table
 * or the connection, for an iomap_end an iomap_begin, for I/O other I/O on the same file. Null if there is none.
 */
export function causeOf(
  execution: Execution,
  all: readonly Unexpected[],
  scenario: Scenario,
): Unexpected | null {
  const later = scenario.steps[execution.step];
  if (later === undefined) return null;
  for (const one of all) {
    if (one.execution.step >= execution.step) return null;
    const earlier = scenario.steps[one.execution.step]!;
    const leads =
      isOnTable(earlier.do) ||
      (earlier.do === 'iomap_begin' && later.do === 'iomap_end') ||
      (isIoStep(earlier) && isIoStep(later) && inodeOf(earlier, scenario) === inodeOf(later, scenario));
    if (leads && one.trouble !== 'not-asked') return one;
  }
  return null;
}

const inodeOf = ({ inode }: { inode?: string | undefined }, scenario: Scenario): string | undefined =>
  inode ?? Object.keys(scenario.inodes)[0];
