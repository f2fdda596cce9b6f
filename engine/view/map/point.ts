// SPDX-License-Identifier: MIT
/** One point of a map in full: the ordinary run of its scenario, in words. */
import { explain, type Explanation } from '../../checks/explain.ts';
import { wordsOf } from '../../checks/words.ts';
import { run } from '../../run/runner.ts';
import type { Scenario } from '../../scenario/schema.ts';

/** What became of a step; null if it did not run. `module` is a `trace` build. */
export function pointWords(
  module: WebAssembly.Module,
  scenario: Scenario,
  step: number,
): { words: Explanation; predicate: string | null; ret: bigint | null } | null {
  const { executions } = run(module, { ...scenario, steps: scenario.steps.slice(0, step + 1) });
  const execution = executions.find((one) => one.step === step);
  if (execution === undefined) return null;
  const { decided, ret } = execution;
  const predicate = decided && wordsOf(decided.check, execution).predicate(decided.operands, decided.which);
  return { words: explain(execution, scenario), predicate, ret };
}
