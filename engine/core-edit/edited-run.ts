// SPDX-License-Identifier: MIT
import type { Run } from '../run/types.ts';

/** Marks all verdicts of a run as those of an edited core: it was never compared with compiled C. */
export function asEdited(run: Run): Run {
  for (const execution of run.executions) {
    execution.trust = 'edited';
    for (const call of execution.io?.calls ?? []) call.trust = 'edited';
  }
  return run;
}
