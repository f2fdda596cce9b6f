// SPDX-License-Identifier: MIT
import type { Patch } from '#engine/import/patch.ts';
import type { App } from '../../app/app.svelte.ts';

/** The patch that is shown. It is held only while it is shown: none of it is kept, and no link carries it. */
export class PatchStore {
  #app: App;
  #patch = $state.raw<Patch | null>(null);

  constructor(app: App) {
    this.#app = app;
  }

  get patch(): Patch | null {
    return this.#patch;
  }

  show(patch: Patch): void {
    this.#patch = patch;
    this.#app.tools.open('patch');
  }

  forget(): void {
    this.#patch = null;
  }
}
