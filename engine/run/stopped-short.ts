// SPDX-License-Identifier: MIT
import { expectedOf } from '../scenario/expected.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Run } from './types.ts';

/** Whether a run ended before its scenario did, and not in an oops that its last step expects. */
export function stoppedShort(run: Run, scenario: Scenario): boolean {
  if (run.stopped === null) return false;
  const last = run.executions.at(-1);
  const step = last === undefined ? undefined : scenario.steps[last.step];
  const expected = step && expectedOf(step, run.revision)?.ret;
  return !(run.stopped.reason === 'oops' && expected === 'oops');
}
