// SPDX-License-Identifier: MIT
import { LAST_RUN, type Chosen } from '#engine/view/chosen.ts';

export type LeftTab = 'form' | 'document';

/** Where the reader stands: the chosen step, the steps that are unfolded, the view. */
export class SelectionStore {
  #step = $state.raw(0);
  #repeat = $state.raw(LAST_RUN);
  #unfolded = $state.raw<readonly number[]>([]);
  #tab = $state.raw<LeftTab>('form');

  get step(): number {
    return this.#step;
  }
  get repeat(): number {
    return this.#repeat;
  }
  get chosen(): Chosen {
    return { step: this.#step, repeat: this.#repeat };
  }
  get unfolded(): readonly number[] {
    return this.#unfolded;
  }
  get tab(): LeftTab {
    return this.#tab;
  }
  choose(step: number, repeat = LAST_RUN): void {
    this.#step = Math.max(0, step);
    this.#repeat = Math.max(0, repeat);
  }

  showTab(tab: LeftTab): void {
    this.#tab = tab;
  }

  unfold(step: number, open: boolean): void {
    const others = this.#unfolded.filter((other) => other !== step);
    this.#unfolded = open ? [...others, step] : others;
  }

  foldAll(): void {
    this.#unfolded = [];
  }
}
