// SPDX-License-Identifier: MIT
import type { CheckId } from '#engine/kernel/checks.ts';
import { LAST_RUN, type Chosen } from '#engine/view/summary.ts';
import { TypedAhead } from './typed-ahead.ts';

export type LeftTab = 'form' | 'document';
export type Overlay =
  | 'share'
  | 'examples'
  | 'commands'
  | 'notes'
  | 'shortcuts'
  | 'recover'
  | 'paste'
  | 'compare'
  | 'revisions'
  | 'edit';

/** Where the reader stands: the chosen step, the view, what lies open on top. */
export class SelectionStore {
  #step = $state.raw(0);
  #repeat = $state.raw(LAST_RUN);
  #unfolded = $state.raw<readonly number[]>([]);
  #tab = $state.raw<LeftTab>('form');
  #overlay = $state.raw<Overlay | null>(null);
  #check = $state.raw<CheckId | null>(null);
  /** Keys for a dialog that was asked for and is not there yet. */
  readonly ahead = new TypedAhead();

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
  get overlay(): Overlay | null {
    return this.#overlay;
  }
  /** The check whose catalogue entry lies open. */
  get check(): CheckId | null {
    return this.#check;
  }

  choose(step: number, repeat = LAST_RUN): void {
    this.#step = Math.max(0, step);
    this.#repeat = Math.max(0, repeat);
  }

  showTab(tab: LeftTab): void {
    this.#tab = tab;
  }

  open(overlay: Overlay | null): void {
    if (overlay === null) this.ahead.drop();
    else if (overlay !== this.#overlay) this.ahead.hold();
    this.#overlay = overlay;
    if (overlay !== null) this.#check = null;
  }

  openCheck(check: CheckId | null): void {
    const coming = check !== null && this.#check === null;
    if (check !== null || this.#overlay === null) this.open(null);
    // Its keys are those of a dialog: none of them is for the page behind.
    if (coming) this.ahead.hold();
    this.#check = check;
  }

  unfold(step: number, open: boolean): void {
    const others = this.#unfolded.filter((other) => other !== step);
    this.#unfolded = open ? [...others, step] : others;
  }

  foldAll(): void {
    this.#unfolded = [];
  }
}
