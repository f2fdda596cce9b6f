// SPDX-License-Identifier: MIT
import type { Patch } from '#engine/import/patch.ts';
import type { App } from '../../app/app.svelte.ts';
import { readSession, writeSession } from '../../boot/storage.ts';

/** The name of the text in the tab's own storage. */
const KEPT = 'patch';
/** A longer text is only in memory: the storage of a tab is for the work first. */
const KEPT_CHARS = 500_000;

/**
 * The patches that are shown, one at a time. Their text stays in this tab, also after the view is closed, until the
 * tab is closed or another takes its place: no link carries it, and no other tab has it.
 */
export class PatchStore {
  #app: App;
  #patches = $state.raw<readonly Patch[]>([]);
  #chosen = $state(0);

  constructor(app: App) {
    this.#app = app;
  }

  get patches(): readonly Patch[] {
    return this.#patches;
  }

  /** Index of the one that is shown. */
  get chosen(): number {
    return this.#chosen;
  }

  get patch(): Patch | null {
    return this.#patches[this.#chosen] ?? null;
  }

  /** Whether there is something to show again. */
  get has(): boolean {
    return this.#patches.length > 0 || readSession(KEPT) !== null;
  }

  choose(index: number): void {
    this.#chosen = index;
  }

  /** @param text what the patches were read from */
  show(patches: readonly Patch[], text: string): void {
    this.#patches = patches;
    this.#chosen = 0;
    writeSession(KEPT, text.length > KEPT_CHARS ? null : text);
    this.#app.tools.open('patch');
  }

  /** Shows what was shown last. */
  async showAgain(): Promise<void> {
    const text = this.#patches.length > 0 ? null : readSession(KEPT);
    if (text !== null) {
      const outcome = await this.#app.reading.read('patches', text);
      if (outcome.ok) this.#patches = outcome.reading ?? [];
    }
    if (this.#patches.length > 0) this.#app.tools.open('patch');
  }

  /** Forgets the text, and closes the view. */
  forget(): void {
    writeSession(KEPT, null);
    this.#app.tools.close('patch');
    this.#patches = [];
  }
}
