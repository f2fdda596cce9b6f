// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import type { Scenario } from './schema.ts';

/** The revision that answers a scenario: its name is that of the build of the core, `<name>.trace.wasm`. */
export function revisionOf({ kernel }: Scenario): Revision {
  return kernel.revision;
}

/** The same scenario, answered by another revision. Of its expectations `expectOn` is held for the one that answers. */
export function retarget(scenario: Scenario, revision: Revision): Scenario {
  return { ...scenario, kernel: { ...scenario.kernel, revision } };
}
