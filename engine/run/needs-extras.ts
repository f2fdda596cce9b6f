// SPDX-License-Identifier: MIT
import { FIRST_REVISIONS } from '../kernel/features.ts';
import { isIoStep } from '../scenario/io-names.ts';
import type { Scenario } from '../scenario/schema.ts';

const ENDS: ReadonlySet<string> = new Set(['unmount', 'umount', 'close_dev']);

/**
 * Whether even its verdicts need extras.ts: a step does I/O, ends the connection, or says what is to come of it, on
 * whichever revision; or a revision of May 2026 answers, or a server.
 */
export function needsExtras({ kernel, steps, server }: Scenario): boolean {
  if (server !== undefined) return true;
  if (!FIRST_REVISIONS.includes(kernel.revision)) return true;
  return steps.some(
    (step) => isIoStep(step) || ENDS.has(step.do) || (step.expect ?? step.expectOn) !== undefined,
  );
}
