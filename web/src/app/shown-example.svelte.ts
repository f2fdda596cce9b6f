// SPDX-License-Identifier: MIT
import type { App } from './app.svelte.ts';

/** The example that was opened last: the notes lead on from it for as long as the scenario has its title. */
export class ShownExample {
  readonly #app: App;
  #title = $state.raw<string | null>(null);

  constructor(app: App) {
    this.#app = app;
  }

  /** Opens an example, which may be undone. */
  open({ text, title, step }: { text: string; title: string; step: number }): void {
    this.#app.code.trustOf(text);
    this.#app.load(text, `open example ${title}`, step);
    this.#title = title;
  }

  /** Whether what is shown is that example, perhaps edited. */
  get isShown(): boolean {
    return this.#title !== null && this.#title === this.#app.title;
  }
}
