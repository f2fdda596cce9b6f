// SPDX-License-Identifier: MIT
import { tick } from 'svelte';

/**
 * Where the keyboard goes after an action: to what the action made, once the page shows it. A dialog that closes
 * with the action hands the focus there, not back to where it came from.
 */
export class FocusStore {
  #find: (() => HTMLElement | null) | null = null;

  /** @param find returns the element as soon as it is in the page */
  to(find: () => HTMLElement | null): void {
    this.#find = find;
    void tick().then(() => this.#settle());
  }

  /** To the timeline, whose active step is the chosen one. `keep`: unless the focus has a place that lasts. */
  toSteps(keep = false): void {
    this.to(() => {
      // A button that the action switched off has lost the focus.
      const here = document.activeElement;
      if (keep && here instanceof HTMLElement && here !== document.body && !here.matches(':disabled'))
        return here;
      return document.querySelector<HTMLElement>('[role=listbox][aria-orientation=horizontal]');
    });
  }

  /** Called by a dialog that goes away: true if the focus goes elsewhere than where it was before the dialog. */
  leaving(): boolean {
    if (this.#find === null) return false;
    void tick().then(() => this.#settle());
    return true;
  }

  #settle(): void {
    const element = this.#find?.();
    if (!element) return;
    element.focus();
    // A dialog that is still there takes the focus back, and hands it on when it goes.
    if (document.activeElement === element) this.#find = null;
  }
}
