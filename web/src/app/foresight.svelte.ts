// SPDX-License-Identifier: MIT
import type { Execution } from '#engine/run/types.ts';
import { isDoubtful } from '#engine/view/tone.ts';
import type { Accepted, Follows } from '#engine/view/follow.ts';
import type { RunStore } from './run.svelte.ts';
import type { Line, Summary } from '#engine/view/summary.ts';

/** What is known to follow: null while the engine is asked; `failed` if it could not say. */
export type Known = Follows | 'failed' | null;

/**
 * What follows from executions that went well, as far as it was asked for: the engine tries it after the verdict is
 * drawn. It is the one source for the verdict, the timeline and the calls of a step.
 */
export class Foresight {
  readonly #run: RunStore;
  #known = $state.raw<Readonly<Record<string, Follows | 'failed'>>>({});
  /** The run that `#known` is about, and what was asked of it already. */
  #of: Summary | null = null;
  #asked: Record<string, true> = {};

  constructor(run: RunStore) {
    this.#run = run;
    // With each run, also one that nothing is asked about: the next says what it took over from this one.
    $effect.root(() => {
      $effect(() => this.#begin(run.summary));
    });
  }

  /** What follows from an execution, or from one of its calls. */
  of(execution: number, call: number | null = null): Known {
    return this.#known[keyOf({ execution, call })] ?? null;
  }

  /** Of the line of a step: undefined if nothing can follow. */
  ofLine(line: Line | null, what: string): Known | undefined {
    if (line === null || line.silent || !isDoubtful({ do: what as Execution['do'], outcome: line.outcome }))
      return undefined;
    return this.of(line.index);
  }

  /** Asks for what is not known yet; to be called in an effect. */
  want(of: readonly Accepted[]): void {
    const { summary } = this.#run;
    this.#begin(summary);
    const fresh = of.filter((one) => !this.#asked[keyOf(one)]);
    if (summary === null || fresh.length === 0) return;
    for (const one of fresh) this.#asked[keyOf(one)] = true;
    void this.#run
      .look<{ kind: 'follows'; seq: number; all: Follows[] | null }>({ kind: 'follows', of: fresh })
      .then((answer) => {
        if (this.#of !== summary) return;
        const told = fresh.map((one, i) => [keyOf(one), answer?.all?.[i] ?? 'failed'] as const);
        this.#known = { ...this.#known, ...Object.fromEntries(told) };
      });
  }

  /** Another run: what it took over from the one before is known. */
  #begin(summary: Summary | null): void {
    if (this.#of === summary) return;
    const reused = this.#of === null ? 0 : (summary?.columns.reused ?? 0);
    const kept = Object.entries(this.#known).filter(
      ([key, known]) => known !== 'failed' && parseInt(key) < reused,
    );
    this.#of = summary;
    this.#known = Object.fromEntries(kept);
    this.#asked = Object.fromEntries(kept.map(([key]) => [key, true]));
  }
}

const keyOf = ({ execution, call }: Accepted): string => `${execution} ${call ?? ''}`;
