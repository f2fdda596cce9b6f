// SPDX-License-Identifier: MIT
import { FIRST_REVISIONS } from '../kernel/features.ts';
import { hasAnswers } from '../scenario/answers.ts';
import { isIoStep } from '../scenario/io-names.ts';
import type { Scenario } from '../scenario/schema.ts';
import { worksOn } from '../scenario/step-names.ts';

/**
 * Whether even its verdicts need extras.ts: a step does I/O, ends the connection, or says what is to come of it, on
 * whichever revision; a revision of May 2026 answers; or the scenario says who answers for the server.
 */
export function needsExtras(scenario: Scenario): boolean {
  const { kernel, steps } = scenario;
  if (!FIRST_REVISIONS.includes(kernel.revision) || hasAnswers(scenario)) return true;
  return steps.some(
    (step) =>
      isIoStep(step) || worksOn(step.do) === 'connection' || (step.expect ?? step.expectOn) !== undefined,
  );
}
