// SPDX-License-Identifier: MIT
import type { IoMachine } from '../core/io-machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { sourceOf, type Answerer } from './answers.ts';
import { BareRunner } from './bare-runner.ts';
import { extras } from './extras.ts';
import type { Foresee } from './foresee-types.ts';
import type { Run } from './types.ts';

export { CHECKPOINT_EVERY } from './bare-runner.ts';
export { stateAt } from './state.ts';

/**
 * Runs a scenario. Synchronous and deterministic: the same scenario returns the same Run. With foresee() of
 * run/foresee.ts the Run also says what I/O does with each accepted mapping.
 */
export function run(module: WebAssembly.Module, scenario: Scenario, foresee?: Foresee): Run {
  return new Runner(module, foresee).run(scenario);
}

/** A runner of every scenario; see BareRunner. What the steps leave unanswered goes to `server`, if there is one. */
export class Runner extends BareRunner {
  constructor(module: WebAssembly.Module, foresee?: Foresee, server: Answerer | null = null) {
    super(module, extras, foresee, server && sourceOf(server));
  }

  /** The machine after the last run, so that a search can go on with it; null before the first run. */
  get machine(): IoMachine | null {
    return this.extra?.machine ?? null;
  }
}
