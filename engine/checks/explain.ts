// SPDX-License-Identifier: MIT
import type { Execution } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { explainCall } from './explain-call.ts';
import type { Explanation } from './verdict-words.ts';
import { explainIo } from './explain-io.ts';

export type { Explanation } from './verdict-words.ts';

/** Describes any outcome of any step in words. Pure; the scenario is the one that was run. */
export function explain(execution: Execution, scenario: Scenario): Explanation {
  return execution.io === null
    ? explainCall(execution, scenario)
    : explainIo(execution, execution.io, scenario);
}
