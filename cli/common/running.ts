// SPDX-License-Identifier: MIT
import { Runner } from '#engine/run/runner.ts';
import type { Foresee } from '#engine/run/foresee-types.ts';
import type { Run } from '#engine/run/types.ts';
import { retarget } from '#engine/scenario/revision.ts';
import type { ServerRecord } from '#engine/scenario/server-record.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { failuresOf } from '#engine/text/failures.ts';
import type { Ran } from '#engine/text/tap.ts';
import { nearestAccepted } from '#engine/view/nearest-text.ts';
import { loadCore } from './core.ts';
import type { Source } from './files.ts';

/** How each scenario is run. */
export interface Settings {
  revision: Revision | null;
  /** Index of the one step that is asked about. */
  only: number | undefined;
  strict: boolean;
  follow: Foresee | undefined;
  /** Runs a scenario with a live server behind the kernel; left out, nothing answers but the scenario. */
  behind?: ((core: WebAssembly.Module, scenario: Scenario, foresee: boolean) => Promise<Run>) | undefined;
  /** Runs the code of a scenario's own server, and returns what it said; left out, the code may not run. */
  play?: ((scenario: Scenario) => Promise<ServerRecord>) | undefined;
}

/** Runs a scenario, and finds what failed in it. */
export async function ranOf({ name, scenario: given, placeOf }: Source, settings: Settings): Promise<Ran> {
  const { revision, only, strict, follow, behind, play } = settings;
  const steps = only === undefined ? given.steps : given.steps.slice(0, only + 1);
  const scenario = { ...(revision === null ? given : retarget(given, revision)), steps };
  if (scenario.server !== undefined && !behind && play) scenario.recorded = await play(scenario);
  const core = await loadCore(scenario.kernel.revision, 'trace');
  const result = behind
    ? await behind(core, scenario, follow !== undefined)
    : new Runner(core, follow).run(scenario);
  const failures = failuresOf(result, scenario, {
    strict,
    placeOf,
    nearest: (execution) =>
      only === undefined || only === execution.step ? nearestAccepted(core, scenario, execution) : null,
  }).filter(({ step }) => only === undefined || only === step);
  return { name, scenario, run: result, failures, only };
}
