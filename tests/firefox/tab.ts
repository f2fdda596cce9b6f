// SPDX-License-Identifier: MIT
import type { Bidi, Message } from './bidi.ts';

/** The Control key's code in WebDriver. */
const CONTROL = '\uE009';

/** A tab, worked with as a reader does: by what is to be seen, with the mouse and the keyboard. */
export class Tab {
  readonly #bidi: Bidi;
  readonly #context: string;

  constructor(bidi: Bidi, context: string) {
    this.#bidi = bidi;
    this.#context = context;
  }

  /** Opens an address and waits until it is loaded. */
  async open(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { url, wait: 'complete' });
  }

  async reload(): Promise<void> {
    await this.#send('browsingContext.reload', { wait: 'complete' });
  }

  /** What `expression` is in the page: a string. Null if it is none, or not yet. */
  async read(expression: string): Promise<string | null> {
    const { type, result } = await this.#send('script.evaluate', {
      expression,
      target: { context: this.#context },
      awaitPromise: false,
    });
    const { type: kind, value } = (result as Message) ?? {};
    return type === 'success' && kind === 'string' ? (value as string) : null;
  }

  /** The text of the element that a selector finds, blanks put together. */
  async text(selector: string): Promise<string | null> {
    return this.read(`document.querySelector(${JSON.stringify(selector)})?.innerText.replace(/\\s+/g, ' ')`);
  }

  /** The value of the field that a selector finds. */
  async value(selector: string): Promise<string | null> {
    return this.read(`document.querySelector(${JSON.stringify(selector)})?.value`);
  }

  /** Clicks the button of this name. Throws if there is not exactly one. */
  async clickButton(name: string): Promise<void> {
    await this.#click({ type: 'accessibility', value: { role: 'button', name } });
  }

  /** Presses keys one after another, each down and up, in what has the focus. */
  async type(text: string): Promise<void> {
    await this.#perform('key', [...text].flatMap(press));
  }

  /** Puts `text` in the place of what a field holds. */
  async fill(selector: string, text: string): Promise<void> {
    // A pointer does not scroll: what is below the window would be clicked at by nobody.
    await this.read(
      `document.querySelector(${JSON.stringify(selector)})?.scrollIntoView({ block: 'center' })`,
    );
    await this.#click({ type: 'css', value: selector });
    const control = { value: CONTROL };
    await this.#perform('key', [
      { type: 'keyDown', ...control },
      ...press('a'),
      { type: 'keyUp', ...control },
    ]);
    await this.type(text);
  }

  /** Clicks in the middle of the one element that is found. */
  async #click(locator: Message): Promise<void> {
    const { nodes } = await this.#send('browsingContext.locateNodes', { locator });
    const [node, ...others] = nodes as Message[];
    if (node === undefined) throw new Error(`${JSON.stringify(locator)}: no such element`);
    if (others.length > 0) throw new Error(`${JSON.stringify(locator)}: ${others.length + 1} elements`);
    const origin = { type: 'element', element: { sharedId: node['sharedId'] } };
    await this.#perform('pointer', [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  }

  #perform(type: 'pointer' | 'key', actions: object[]): Promise<Message> {
    return this.#send('input.performActions', { actions: [{ type, id: type, actions }] });
  }

  #send(method: string, params: Message): Promise<Message> {
    return this.#bidi.send(
      method,
      method.startsWith('script.') ? params : { context: this.#context, ...params },
    );
  }
}

const press = (value: string) => [
  { type: 'keyDown', value },
  { type: 'keyUp', value },
];
