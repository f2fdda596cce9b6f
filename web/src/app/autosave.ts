// SPDX-License-Identifier: MIT
import type { App } from './app.svelte.ts';

/** After this pause a change is whole: the next one is undone on its own. */
const PAUSE_MS = 300;
/**
 * How much longer the work waits to be saved, and the address to follow, for each character: to write a document of
 * a megabyte holds the page up, so that it has to be a long pause. When the page goes, it is saved at once.
 */
const PAUSE_MS_EACH_CHARACTER = 1 / 400;

/** Keeps the work: after a pause, and when the page goes. Nothing is kept before the reader did something. */
export class Autosave {
  #app: App;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #touched = false;

  constructor(app: App) {
    this.#app = app;
    addEventListener('pagehide', () => this.#keep(true));
  }

  /** Something worth keeping happened. */
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

  /** Keeps the work now, for a page that is about to go. */
  now(): void {
    this.#save(true);
  }

  #keep(leaving = false): void {
    if (!this.#touched) return;
    clearTimeout(this.#pause);
    clearTimeout(this.#saving);
    if (leaving) this.#save(true);
    // With the address that goes with it, so that it is written once; the work is kept without it too, where the
    // parts that write it do not load.
    const save = () => this.#save(leaving);
    void this.#app.address.write().then(save, save);
  }

  #save(leaving: boolean): void {
    const { address, document, persistence, selection, title } = this.#app;
    persistence.save({ text: document.text, title, step: selection.step, hash: address.written }, leaving);
  }
}
