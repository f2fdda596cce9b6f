// SPDX-License-Identifier: MIT
const TICK_MS = 500;
/** Time to notice that something is there, and to read a character of it. */
const NOTICE_MS = 6_000;
const CHARACTER_MS = 70;

/**
 * Lets messages leave by themselves when there was time to read them. It counts only while anything is to leave, and not
 * while it is held.
 */
export class Leaving {
  readonly #close: (id: number) => void;
  /** How long each message that is to leave has yet to stay. */
  readonly #left = new Map<number, number>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #held = false;

  /** @param close is given the message that leaves */
  constructor(close: (id: number) => void) {
    this.#close = close;
  }

  /** From now on the message has the time that its text takes; one that is leaving already goes on. */
  begin(id: number, text: string): void {
    if (this.#left.has(id)) return;
    this.#left.set(id, NOTICE_MS + CHARACTER_MS * text.length);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
  }

  /** The message is gone, for whatever reason. */
  forget(id: number): void {
    this.#left.delete(id);
    if (this.#left.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Nothing leaves while it is looked at, or while nobody can see it. */
  hold(held: boolean): void {
    this.#held = held;
  }

  #tick(): void {
    if (this.#held) return;
    for (const [id, left] of [...this.#left]) {
      if (left > TICK_MS) {
        this.#left.set(id, left - TICK_MS);
        continue;
      }
      this.forget(id);
      this.#close(id);
    }
  }
}
