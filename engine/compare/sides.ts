// SPDX-License-Identifier: MIT
import { run, stateAt } from '../run/runner.ts';
import type { MachineState, Run } from '../run/types.ts';
import { retarget } from '../scenario/revision.ts';
import type { Revision } from '../kernel/features.ts';
import type { Scenario } from '../scenario/schema.ts';
import { alignSteps } from './align.ts';
import { compareRuns, type RunComparison, type RunPair } from './runs.ts';

/** One side of a comparison: what runs, and who answers. The scenario's own revision is ignored. */
export interface CompareSide {
  label: string;
  scenario: Scenario;
  revision: Revision;
  /** The core that answers: of the revision, or an edited one. */
  module: WebAssembly.Module;
}

/** Both sides, run and put beside each other. */
export interface SidesComparison extends RunComparison {
  runs: [Run, Run];
}

/**
 * Two sides of any kind: one scenario on two revisions, two scenarios, two replies to one question, a core and an
 * edited one. Steps are aligned where the scenarios do not have the same ones.
 */
export function compareSides(left: CompareSide, right: CompareSide): SidesComparison {
  const [a, b] = [left, right].map(({ module, scenario, revision }) =>
    run(module, retarget(scenario, revision)),
  ) as [Run, Run];
  const steps = alignSteps(left.scenario.steps, right.scenario.steps);
  return { ...compareRuns(a, b, steps), runs: [a, b] };
}

/** The machines as a pair left them; null where a side did not reach it. */
export function statesOf(
  { runs }: SidesComparison,
  pair: RunPair,
): [MachineState | null, MachineState | null] {
  const [left, right] = [pair.left, pair.right].map((execution, side) =>
    execution === null ? null : stateAt(runs[side]!, execution.index),
  );
  return [left ?? null, right ?? null];
}
