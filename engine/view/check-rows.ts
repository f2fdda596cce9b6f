// SPDX-License-Identifier: MIT
import type { ChipState, Group } from './check-path.ts';

/** A line of the path of checks: one group, or all groups that every good reply passes. */
export interface CheckRow {
  /** Stable while other fields of the reply are edited, so that what a reader unfolded stays so. */
  key: string;
  groups: Group[];
  /** Stands for the checks of the answer as a whole, before anything in it is looked at. */
  whole: boolean;
  /** Whether its checks are folded away at first: none of them refused, or would have. */
  folds: boolean;
}

/** What a reader looks for; everything else is folded. */
const TELLING: readonly ChipState[] = ['decided', 'would-fail', 'unknown'];

const isCalm = ({ chips }: Group) => chips.every(({ state }) => !TELLING.includes(state));

/** The groups as lines, in their order. Groups about the answer as a whole become one line, at the first one's place. */
export function checkRows(groups: readonly Group[]): CheckRow[] {
  const rows: CheckRow[] = [];
  for (const group of groups) {
    const first = group.quiet ? rows.find(({ whole }) => whole) : undefined;
    if (first) first.groups.push(group);
    else
      rows.push({
        key: group.quiet ? 'whole' : group.key,
        groups: [group],
        whole: group.quiet,
        folds: group.chips.length > 0 && isCalm(group),
      });
  }
  return rows;
}

/** How many checks of a line passed; null if it has one that did not. */
export function passedOf({ groups }: CheckRow): number | null {
  const chips = groups.flatMap((group) => group.chips);
  return chips.length > 0 && chips.every(({ state }) => state === 'passed') ? chips.length : null;
}
