// SPDX-License-Identifier: MIT
import type { IoMachine } from '../core/io-machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { BareRunner } from './bare-runner.ts';
import { extras } from './extras.ts';
import type { Foresee } from './foresee-types.ts';
import type { Run } from './types.ts';

export { CHECKPOINT_EVERY } from './bare-runner.ts';
export { stateAt } from './state.ts';

/**
 * What became of a scenario. Synchronous and deterministic: the same scenario gives the same Run. With foresee() of
 * run/foresee.ts it also tells what I/O makes of each mapping that was accepted.
 */
export function run(module: WebAssembly.Module, scenario: Scenario, foresee?: Foresee): Run {
  return new Runner(module, foresee).run(scenario);
}

/** A runner of every scenario; see BareRunner. */
export class Runner extends BareRunner {
  constructor(module: WebAssembly.Module, foresee?: Foresee) {
    super(module, extras, foresee);
  }

  /** The machine as the last run left it, for a search to ask it more; null before the first run. */
  get machine(): IoMachine | null {
    return this.extra?.machine ?? null;
  }
}
