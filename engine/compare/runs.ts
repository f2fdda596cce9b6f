// SPDX-License-Identifier: GPL-2.0-only
import type { Execution, Run } from '../run/types.ts';
import { compareExecutions, rankOf, type Difference } from './executions.ts';

/** One execution of either run, side by side. Null where a run has no such execution. */
export interface RunPair {
  step: number;
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
 * Two runs, execution by execution: of one scenario on two revisions, of two scenarios, of two replies. Executions
 * of the same step and repeat belong together.
 */
export function compareRuns(left: Run, right: Run): RunComparison {
  const pairs: RunPair[] = [];
  let [l, r] = [0, 0];
  while (l < left.executions.length || r < right.executions.length) {
    const a = left.executions[l] ?? null;
    const b = right.executions[r] ?? null;
    const order = a === null ? 1 : b === null ? -1 : a.step - b.step || a.repeat - b.repeat;
    const pair = { left: order <= 0 ? a : null, right: order >= 0 ? b : null };
    const { step, repeat } = (pair.left ?? pair.right)!;
    pairs.push({ step, repeat, ...pair, differences: compareExecutions(pair.left, pair.right) });
    if (order <= 0) l++;
    if (order >= 0) r++;
  }
  const differing = pairs.flatMap((pair, i) => (pair.differences.length > 0 ? [i] : []));
  return { pairs, differing, deciding: decidingOf(pairs, differing) };
}

/** The most telling kind comes first, and of that the earliest. */
function decidingOf(pairs: readonly RunPair[], differing: readonly number[]): RunComparison['deciding'] {
  let found: RunComparison['deciding'] = null;
  for (const pair of differing) {
    const difference = pairs[pair]!.differences[0]!;
    if (found === null || rankOf(difference) < rankOf(found.difference)) found = { pair, difference };
  }
  return found;
}
