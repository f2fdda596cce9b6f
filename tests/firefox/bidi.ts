// SPDX-License-Identifier: MIT

/** What a command returned, or what an event carries. */
export type Message = Record<string, unknown>;

type Answer = { resolve: (result: Message) => void; reject: (error: Error) => void };

/** One WebDriver BiDi session: https://www.w3.org/TR/webdriver-bidi/. */
export class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Answer>();
  readonly #listeners = new Map<string, (params: Message) => void>();
  #sent = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data)) as Message));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser is gone'));
      this.#waiting.clear();
    });
  }

  /** Connects to a browser that waits at `url`, and starts the session. */
  static async connect(url: string): Promise<Bidi> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`${url}: no connection`)), { once: true });
    });
    const bidi = new Bidi(socket);
    await bidi.send('session.new', { capabilities: {} });
    return bidi;
  }

  /** Sends a command and returns its result. Throws what the browser says against it. */
  send(method: string, params: Message = {}): Promise<Message> {
    const id = ++this.#sent;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Calls `listener` at each event of this name from now on. */
  async on(event: string, listener: (params: Message) => void): Promise<void> {
    this.#listeners.set(event, listener);
    await this.send('session.subscribe', { events: [event] });
  }

  #take(message: Message): void {
    if (message['type'] === 'event') {
      this.#listeners.get(message['method'] as string)?.(message['params'] as Message);
      return;
    }
    const answer = this.#waiting.get(message['id'] as number);
    this.#waiting.delete(message['id'] as number);
    if (message['type'] === 'success') answer?.resolve(message['result'] as Message);
    else answer?.reject(new Error(`${String(message['error'])}: ${String(message['message'])}`));
  }
}
