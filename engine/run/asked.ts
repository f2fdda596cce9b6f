// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import type { Expectation, Scenario } from '../scenario/schema.ts';
import type { ObservedBytes } from './expect-io.ts';
import { checkExpectation } from './expect.ts';
import { Runner } from './runner.ts';
import type { Tracker } from './state.ts';
import type { Execution, Mismatch, Run } from './types.ts';

/** An expectation that is not a part of the scenario. `step` is an index, from 0. */
export interface Asked {
  step: number;
  expect: Expectation;
}

/** Runs a scenario once and compares it with many expectations, beside those that it has itself. */
class AskingRunner extends Runner {
  readonly #asked: readonly Asked[];
  readonly #revision: Revision;
  readonly unmet: (Mismatch[] | null)[];

  constructor(module: WebAssembly.Module, revision: Revision, asked: readonly Asked[]) {
    super(module);
    this.#asked = asked;
    this.#revision = revision;
    this.unmet = asked.map(() => null);
  }

  protected override stepEnded(execution: Execution, table: Tracker, bytes: ObservedBytes): void {
    this.#asked.forEach(({ step, expect }, i) => {
      if (step === execution.step)
        this.unmet[i] = checkExpectation(expect, execution, table, bytes, this.#revision).unmet;
    });
  }
}

/**
 * The run of a scenario, and for each expectation that was asked what of it was not met; null for one of a step that
 * did not run.
 */
export function runAsked(
  module: WebAssembly.Module,
  scenario: Scenario,
  asked: readonly Asked[],
): { run: Run; unmet: (Mismatch[] | null)[] } {
  const runner = new AskingRunner(module, scenario.kernel.revision, asked);
  return { run: runner.run(scenario), unmet: runner.unmet };
}
