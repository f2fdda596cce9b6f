// SPDX-License-Identifier: MIT
import type { JsonValue } from '#engine/scenario/json.ts';
import { DEFAULT_REVISION, USUAL_OTHER, type Revision } from '#engine/kernel/features.ts';
import type { App } from '../../app/app.svelte.ts';
import { OWN, type Choice, type Source } from './sources.ts';
import { CompareStore } from './store.svelte.ts';

export const VIEWS = {
  sides: 'Side by side',
  replies: 'Two replies',
  matrix: 'Many scenarios',
  find: 'Find a difference',
} as const;
export type View = keyof typeof VIEWS;

/** A reply that was kept, to compare others with. */
interface KeptReply {
  /** As the document had it; undefined where the step had none. */
  reply: JsonValue | undefined;
  /** Index of the step that it answered. */
  step: number;
}

/** What is compared with what, as it was chosen. It stays while the page is open. */
export class ChosenSides {
  #store: CompareStore;
  #view = $state.raw<View>('sides');
  #sides = $state.raw<[Choice, Choice]>([
    { source: OWN, revision: DEFAULT_REVISION },
    { source: OWN, revision: USUAL_OTHER },
  ]);
  #kept = $state.raw<KeptReply | null>(null);
  /** Whether the matrix has a column for each revision there is, instead of one for each side. */
  everyRevision = $state(false);

  constructor(app: App) {
    this.#store = app.of(CompareStore);
  }

  get view(): View {
    return this.#view;
  }
  get sides(): [Choice, Choice] {
    return this.#sides;
  }
  /** Whether the view that is open asks neither side for a revision. */
  get sidesIdle(): boolean {
    return this.#view === 'matrix' && this.everyRevision;
  }
  get revisions(): [Revision, Revision] {
    return [this.#sides[0].revision, this.#sides[1].revision];
  }
  /** The reply that is called A; null: the reply of the moment. */
  get kept(): KeptReply | null {
    return this.#kept;
  }

  show(view: View): void {
    this.#view = view;
  }

  setRevision(side: 0 | 1, revision: Revision): void {
    this.#set(side, { ...this.#sides[side], revision });
  }

  setSource(side: 0 | 1, source: Source): void {
    this.#set(side, { ...this.#sides[side], source });
  }

  exchange(): void {
    const [left, right] = this.#sides;
    this.#sides = [right, left];
    this.#store.forgetSearch();
  }

  keep(kept: KeptReply | null): void {
    this.#kept = kept;
  }

  #set(side: 0 | 1, choice: Choice): void {
    this.#sides = side === 0 ? [choice, this.#sides[1]] : [this.#sides[0], choice];
    this.#store.forgetSearch();
  }
}
