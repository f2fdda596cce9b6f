// SPDX-License-Identifier: MIT
/** What the timeline shows, left to right: a card for each step, and one for each run of an unfolded step. */
export interface Item {
  step: number;
  /** Null for the card of the step as a whole. */
  repeat: number | null;
}

/**
 * The timeline of a scenario whose steps run `times[i]` times. Steps are counted, not listed, so that
 * thousands of them cost nothing until they come into view.
 */
export class TimelineItems {
  readonly length: number;
  /** For each unfolded step, in order: its step index and the index of its first run's card. */
  #unfolded: { step: number; first: number; count: number }[] = [];

  constructor(steps: number, times: (step: number) => number, unfolded: readonly number[]) {
    let extra = 0;
    for (const step of [...unfolded].sort((a, b) => a - b)) {
      if (step >= steps) continue;
      const count = times(step);
      if (count < 2) continue;
      this.#unfolded.push({ step, first: step + extra + 1, count });
      extra += count;
    }
    this.length = steps + extra;
  }

  at(index: number): Item {
    let extra = 0;
    for (const { step, first, count } of this.#unfolded) {
      if (index < first) break;
      if (index < first + count) return { step, repeat: index - first };
      extra += count;
    }
    return { step: index - extra, repeat: null };
  }

  /** The card of a run if its step is unfolded, else that of the step. */
  indexOf(chosenStep: number, repeat: number): number {
    let extra = 0;
    for (const { step, first, count } of this.#unfolded) {
      if (step === chosenStep) return first + Math.min(repeat, count - 1);
      if (step > chosenStep) break;
      extra += count;
    }
    return chosenStep + extra;
  }
}
