// SPDX-License-Identifier: MIT
import type { SectorRun, SectorRuns } from './types.ts';

/** How many runs of sectors the state of a device lists. */
export const DEVICE_RUNS_KEPT = 2_048;

export const NO_RUNS: SectorRuns = { runs: [], leftOut: 0 };

/**
 * The runs plus one more, joined with those that touch it. The given list is not changed. A run that touches none
 * and exceeds the limit is counted, not listed.
 */
export function addRun({ runs, leftOut }: SectorRuns, { sector, sectors }: SectorRun): SectorRuns {
  if (sectors === 0n) return { runs, leftOut };
  let start = sector;
  let end = sector + sectors;
  const first = firstReaching(runs, start);
  let last = first;
  for (let run = runs[last]; run !== undefined && run.sector <= end; run = runs[++last]) {
    if (run.sector < start) start = run.sector;
    if (run.sector + run.sectors > end) end = run.sector + run.sectors;
  }
  const joined = { sector: start, sectors: end - start };
  const only = runs[first];
  if (last === first + 1 && only?.sector === start && only.sectors === joined.sectors)
    return { runs, leftOut };
  if (first === last && runs.length >= DEVICE_RUNS_KEPT) return { runs, leftOut: leftOut + 1 };
  return { runs: [...runs.slice(0, first), joined, ...runs.slice(last)], leftOut };
}

/** Index of the first run that ends at or after a sector. */
function firstReaching(runs: readonly SectorRun[], sector: bigint): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle]!;
    if (run.sector + run.sectors < sector) low = middle + 1;
    else high = middle;
  }
  return low;
}
