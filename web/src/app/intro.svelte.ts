// SPDX-License-Identifier: MIT
import { INTRO_KEY } from '../boot/intro.ts';
import { writeLocal } from '../boot/storage.ts';

const page = () => document.getElementById('app')?.classList;

/** Whether the introduction stands at the top. Its room was kept before the first verdict. */
export class IntroStore {
  #shown = $state.raw(page()?.contains('intro') ?? false);

  get shown(): boolean {
    return this.#shown;
  }

  /** Closes it for good; Help still has it. */
  close(): void {
    writeLocal(INTRO_KEY, 'closed');
    page()?.remove('intro');
    this.#shown = false;
  }
}
