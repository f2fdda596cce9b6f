// SPDX-License-Identifier: MIT
import type { Execution, Run } from '../run/types.ts';
import type { StepPair } from './align.ts';
import { compareExecutions, rankOf, type Difference } from './executions.ts';

/** One execution of either run, side by side. Null where a run has no such execution. */
export interface RunPair {
  /** Index of the step, on the left if it is there. */
  step: number;
  /** Index of the step on either side; null where the scenario has no such step. */
  steps: StepPair;
  repeat: number;
  left: Execution | null;
  right: Execution | null;
  /** What differs, the most telling first; empty if nothing does. */
  differences: Difference[];
}

/** Two runs side by side. */
export interface RunComparison {
  /** One for each execution of either run, in the order of steps and repeats. */
  pairs: RunPair[];
  /** Indexes into `pairs` of those that differ. */
  differing: number[];
  /** The first pair with the most telling kind of difference; null if the runs agree. */
  deciding: { pair: number; difference: Difference } | null;
}

/**
 * Two runs, execution by execution: of one scenario on two revisions, of two scenarios, of two replies.
 *
 * @param aligned which steps belong together, in the order of both runs; left out, those of the same index.
 */
export function compareRuns(left: Run, right: Run, aligned?: readonly StepPair[]): RunComparison {
  const places = aligned && placesOf(aligned);
  const placeOf = (side: 'left' | 'right', execution: Execution) =>
    places?.[side].get(execution.step) ?? execution.step;
  const pairs: RunPair[] = [];
  let [l, r] = [0, 0];
  while (l < left.executions.length || r < right.executions.length) {
    const a = left.executions[l] ?? null;
    const b = right.executions[r] ?? null;
    const order =
      a === null ? 1 : b === null ? -1 : placeOf('left', a) - placeOf('right', b) || a.repeat - b.repeat;
    const pair = { left: order <= 0 ? a : null, right: order >= 0 ? b : null };
    const { step, repeat } = (pair.left ?? pair.right)!;
    const place = pair.left ? placeOf('left', pair.left) : placeOf('right', pair.right!);
    const steps = aligned?.[place] ?? { left: step, right: step };
    pairs.push({ step, steps, repeat, ...pair, differences: compareExecutions(pair.left, pair.right) });
    if (order <= 0) l++;
    if (order >= 0) r++;
  }
  const differing = pairs.flatMap((pair, i) => (pair.differences.length > 0 ? [i] : []));
  return { pairs, differing, deciding: decidingOf(pairs, differing) };
}

/** For each step of a side its place among the pairs. */
function placesOf(aligned: readonly StepPair[]): Record<'left' | 'right', Map<number, number>> {
  const places = { left: new Map<number, number>(), right: new Map<number, number>() };
  for (const [place, { left, right }] of aligned.entries()) {
    if (left !== null) places.left.set(left, place);
    if (right !== null) places.right.set(right, place);
  }
  return places;
}

/**
 * The most telling kind comes first, and of that the earliest. A step that only one scenario has tells less than
 * any other: the results of the others show its effect.
 */
function decidingOf(pairs: readonly RunPair[], differing: readonly number[]): RunComparison['deciding'] {
  const rank = ({ steps, differences }: RunPair) =>
    steps.left === null || steps.right === null ? Infinity : rankOf(differences[0]!);
  let found: number | null = null;
  for (const pair of differing) if (found === null || rank(pairs[pair]!) < rank(pairs[found]!)) found = pair;
  return found === null ? null : { pair: found, difference: pairs[found]!.differences[0]! };
}
