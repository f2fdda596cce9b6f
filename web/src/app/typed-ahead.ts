// SPDX-License-Identifier: MIT
/**
 * Keys for a dialog whose part is still loading. To fetch the palette beforehand would do without this only half: before
 * the first verdict its bytes are not to be had (the budget of docs/DEVELOPING.md), after it a slow line takes seconds, and
 * whoever knows the page types Ctrl+K and a command within them. So what is typed meanwhile is held and typed again; no
 * script can make a key that the browser trusts, so Enter on a button is followed by the click that it lacks.
 */

/** Keys that a dialog is given besides text; all others do nothing until it is there. */
const MOVES = new Set(['Enter', 'ArrowDown', 'ArrowUp']);

/**
 * What is typed between asking for a dialog and its appearance. The parts of dialogs load when they are first
 * wanted, and a reader who knows the page types on meanwhile. Those keys do not reach the page underneath; the
 * dialog gets them in their order.
 */
export class TypedAhead {
  #held: string[] | null = null;
  /** The keys that are being typed into a dialog. */
  #typing: string[] | null = null;

  /** A dialog is on its way: from now on keys are for it. */
  hold(): void {
    this.#held = [];
  }

  /** No dialog is on its way any more. */
  drop(): void {
    this.#held = null;
  }

  /** Takes a key for the dialog on its way; false if none is, or if the key is one for the browser. */
  take(event: KeyboardEvent): boolean {
    if (this.#held === null || event.isComposing) return false;
    // What it types itself is the dialog's already.
    if (!event.isTrusted && this.#typing === this.#held) return false;
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || /^F\d/.test(key)) return false;
    if (key.length === 1 || MOVES.has(key)) this.#held.push(key);
    else if (key === 'Backspace' && (this.#held.at(-1) ?? '').length === 1) this.#held.pop();
    return true;
  }

  /** The dialog has the focus: types into it what was held, and what is typed until that is done. */
  async release(): Promise<void> {
    const keys = this.#held;
    if (keys === null || this.#typing === keys) return;
    this.#typing = keys;
    // A dialog that a key closes, or another in its place, ends this one's keys.
    while (keys.length > 0) {
      // Keys of a keyboard come in tasks of their own, between which the dialog looks at what was typed.
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#held !== keys) return;
      const text = leadingText(keys);
      if (text === '') press(keys.shift()!);
      else insert(text);
    }
    if (this.#held === keys) this.drop();
  }
}

/** Takes the characters before the first other key off the list. */
function leadingText(keys: string[]): string {
  const end = keys.findIndex((key) => key.length > 1);
  return keys.splice(0, end < 0 ? keys.length : end).join('');
}

function insert(text: string): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

function press(key: string): void {
  const element = document.activeElement;
  const event = new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true });
  // The browser makes no click out of a key that a script presses.
  const unanswered = element?.dispatchEvent(event) ?? false;
  if (unanswered && key === 'Enter' && element instanceof HTMLButtonElement) element.click();
}
