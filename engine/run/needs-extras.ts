// SPDX-License-Identifier: MIT
import { isIoStep } from '../scenario/io-names.ts';
import type { Scenario } from '../scenario/schema.ts';

/** Whether even its verdicts need extras.ts: a step does I/O, or says what is to come of it. */
export function needsExtras({ steps }: Scenario): boolean {
  return steps.some((step) => isIoStep(step) || step.expect !== undefined);
}
