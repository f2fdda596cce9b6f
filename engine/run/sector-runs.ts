// SPDX-License-Identifier: MIT
import type { SectorRun, SectorRuns } from './types.ts';

/** How many runs of sectors the state of a device lists. */
export const DEVICE_RUNS_KEPT = 2_048;

/** Runs that grow in place: to copy the list for each run that is added takes longer than the I/O itself. */
export class RunList {
  #runs: SectorRun[] = [];
  #leftOut = 0;
  /** Somebody else has the list too. */
  #shared = false;

  /** A list that begins with these. */
  static from({ runs, leftOut }: SectorRuns): RunList {
    const list = new RunList();
    list.#runs = runs as SectorRun[];
    list.#leftOut = leftOut;
    list.#shared = true;
    return list;
  }

  /** The runs so far; what is added later leaves them alone. */
  listed(): SectorRuns {
    this.#shared = true;
    return { runs: this.#runs, leftOut: this.#leftOut };
  }

  /**
   * Adds one more, joined with those that touch it. A run that touches none and exceeds the limit is counted, not
   * listed.
   */
  add({ sector, sectors }: SectorRun): void {
    if (sectors === 0n) return;
    const runs = this.#runs;
    let start = sector;
    let end = sector + sectors;
    const first = firstReaching(runs, start);
    let last = first;
    for (let run = runs[last]; run !== undefined && run.sector <= end; run = runs[++last]) {
      if (run.sector < start) start = run.sector;
      if (run.sector + run.sectors > end) end = run.sector + run.sectors;
    }
    const only = runs[first];
    if (last === first + 1 && only?.sector === start && only.sectors === end - start) return;
    if (first === last && runs.length >= DEVICE_RUNS_KEPT) {
      this.#leftOut++;
      return;
    }
    if (this.#shared) this.#runs = runs.slice();
    this.#shared = false;
    this.#runs.splice(first, last - first, { sector: start, sectors: end - start });
  }
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
