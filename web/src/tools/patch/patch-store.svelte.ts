// SPDX-License-Identifier: MIT
import type { Patch } from '#engine/import/patch.ts';
import type { App } from '../../app/app.svelte.ts';

/** The patches that are shown, one at a time. They are held only in this tab: none is kept, and no link carries one. */
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

  choose(index: number): void {
    this.#chosen = index;
  }

  show(patches: readonly Patch[]): void {
    this.#patches = patches;
    this.#chosen = 0;
    this.#app.tools.open('patch');
  }
}
