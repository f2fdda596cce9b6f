// SPDX-License-Identifier: MIT
import type { App } from './app.svelte.ts';

/** After this pause in typing a change is complete: the next one is undone on its own. */
const PAUSE_MS = 300;
/** Nothing is older when it is saved, also while somebody types without a pause. */
const LONGEST_MS = 800;
/**
 * How much longer the address waits to follow, for each character: to write that of a document of a megabyte holds
 * the page up, so that it has to be a long pause.
 */
const PAUSE_MS_EACH_CHARACTER = 1 / 400;

/** Keeps the work: after a pause, once in a while, and when the page goes. Not before the reader did something. */
export class Autosave {
  #app: App;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #longest: ReturnType<typeof setTimeout> | undefined;
  #address: ReturnType<typeof setTimeout> | undefined;
  #touched = false;
  readonly #keeps: boolean;

  /** @param keeps false: nothing is kept, and the address does not follow */
  constructor(app: App, keeps = true) {
    this.#app = app;
    this.#keeps = keeps;
    if (!keeps) return;
    addEventListener('pagehide', () => {
      if (this.#touched) this.now();
    });
    // A page that is not seen may be dropped without a word.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && this.#longest !== undefined) this.#save();
    });
  }

  /** Whether the reader did something worth keeping. */
  get touched(): boolean {
    return this.#touched;
  }

  /** Saves after the pause: something worth keeping happened. */
  later(): void {
    this.#touched = true;
    if (!this.#keeps) return this.#seal();
    this.#app.persistence.touched();
    clearTimeout(this.#pause);
    clearTimeout(this.#address);
    this.#longest ??= setTimeout(() => this.#save(), LONGEST_MS);
    this.#pause = setTimeout(() => {
      const { document } = this.#app;
      document.seal();
      this.#save();
      this.#address = setTimeout(() => this.#follow(), document.text.length * PAUSE_MS_EACH_CHARACTER);
    }, PAUSE_MS);
  }

  /** After a pause a change is complete. */
  #seal(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#app.document.seal(), PAUSE_MS);
  }

  /** Saves the work now, for a page that is about to go away. */
  now(): void {
    this.#save(true);
  }

  /** The address follows, and is kept with the work; the work is kept without where the parts for it do not load. */
  #follow(): void {
    const { address } = this.#app;
    const before = address.written;
    const noted = () => {
      if (address.written !== before) this.#save();
    };
    void address.write().then(noted, noted);
  }

  #save(leaving = false): void {
    clearTimeout(this.#longest);
    this.#longest = undefined;
    const { work, persistence } = this.#app;
    persistence.save(work.shown(), work.showing, leaving);
  }
}
