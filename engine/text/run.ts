// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { followsFrom } from '../checks/follows-from.ts';
import type { Execution, Run } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { clean } from '../kernel/clean.ts';
import { filefragLines } from './filefrag.ts';
import { TEXT_DEFAULTS, prose } from './line.ts';
import type { Line, TextOptions } from './line.ts';
import { stepText } from './step.ts';

/** A run of repeats of one step, all with the same verdict. */
interface Fold {
  first: Execution;
  last: Execution;
  count: number;
}

/**
 * A whole run as plain text, a blank line before each step. A step with `times` shows where its verdict
 * changes, and how often it stayed the same; `unfold` shows every execution. `only` is the index of the one step to show.
 */
export function* runText(
  run: Run,
  scenario: Scenario,
  given: Partial<TextOptions> & { unfold?: boolean; only?: number } = {},
): Generator<Line> {
  const options = { ...TEXT_DEFAULTS, ...given };
  const blank: Line = { text: '', tone: 'plain' };
  for (const { first, last, count } of folds(run.executions, given.unfold ?? false)) {
    if (given.only !== undefined && first.step !== given.only) continue;
    yield blank;
    yield* stepText(first, scenario, options, followsFrom(run, scenario, first.index));
    if (options.filefrag) yield* filefragLines(first, scenario);
    if (count > 1) {
      const upTo = first.ret !== last.ret ? `, the last returned ${last.ret}` : '';
      yield* prose('', `and ${count - 1} more with the same verdict${upTo}`, options, 'quiet');
    }
  }
  if (run.stopped !== null) {
    yield blank;
    yield* prose(
      'STOPPED',
      `at execution ${ordinal(run.stopped.execution)}: ${clean(run.stopped.message, options.ascii)}`,
      options,
      'fail',
    );
  }
}

function folds(executions: readonly Execution[], unfold: boolean): Fold[] {
  const folds: Fold[] = [];
  for (const execution of executions) {
    const fold = folds.at(-1);
    if (fold !== undefined && !unfold && alike(fold.last, execution)) {
      fold.last = execution;
      fold.count++;
    } else folds.push({ first: execution, last: execution, count: 1 });
  }
  return folds;
}

function alike(a: Execution, b: Execution): boolean {
  return (
    a.step === b.step &&
    a.outcome === b.outcome &&
    a.decided?.check === b.decided?.check &&
    a.decided?.which === b.decided?.which &&
    (a.ret ?? 0n) < 0n === (b.ret ?? 0n) < 0n &&
    a.unmet.length === 0 &&
    b.unmet.length === 0
  );
}
