// SPDX-License-Identifier: MIT
import type { App } from './app.svelte.ts';

/** After this pause in typing a change is complete: the next one is undone on its own. */
const PAUSE_MS = 300;
/**
 * How much longer saving, and updating the address, waits for each character. Writing a document of a megabyte
 * blocks the page, so the pause before it must be long. When the page goes away, the work is saved at once.
 */
const PAUSE_MS_EACH_CHARACTER = 1 / 400;

/** Saves the work after a pause, and when the page goes away. Nothing is saved before the reader did something. */
export class Autosave {
  #app: App;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #touched = false;

  constructor(app: App) {
    this.#app = app;
    addEventListener('pagehide', () => this.#keep(true));
  }

  /** Saves after the pause: something worth keeping happened. */
  later(): void {
    this.#touched = true;
    clearTimeout(this.#pause);
    clearTimeout(this.#saving);
    this.#pause = setTimeout(() => {
      const { document } = this.#app;
      document.seal();
      this.#saving = setTimeout(() => this.#keep(), document.text.length * PAUSE_MS_EACH_CHARACTER);
    }, PAUSE_MS);
  }

  /** Saves the work now, for a page that is about to go away. */
  now(): void {
    this.#save(true);
  }

  #keep(leaving = false): void {
    if (!this.#touched) return;
    clearTimeout(this.#pause);
    clearTimeout(this.#saving);
    if (leaving) this.#save(true);
    // After its address, so that it is written once. The work is kept even where the parts that write the address
    // do not load.
    const save = () => this.#save(leaving);
    void this.#app.address.write().then(save, save);
  }

  #save(leaving: boolean): void {
    const { address, document, persistence, selection, title } = this.#app;
    persistence.save({ text: document.text, title, step: selection.step, hash: address.written }, leaving);
  }
}
