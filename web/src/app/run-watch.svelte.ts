// SPDX-License-Identifier: MIT

/** After this long the reader is told, and offered to stop it. */
const SLOW_MS = 1_500;

/** What takes long: the loading of a core, which only the connection ends, or the run itself. */
export type Slow = 'loading' | 'running' | null;

/** Whether the reader is to be told that the engine takes long. */
export class RunWatch {
  #slow = $state.raw<Slow>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The answer takes long, and why. A run can be stopped. */
  get slow(): Slow {
    return this.#slow;
  }

  /** A core may be loading: that takes as long as the connection takes. */
  loading(): void {
    this.calm();
    this.#timer = setTimeout(() => (this.#slow = 'loading'), SLOW_MS);
  }

  /** A run has begun. @param slow called when it takes long */
  running(slow: () => void): void {
    this.calm();
    this.#timer = setTimeout(() => {
      this.#slow = 'running';
      slow();
    }, SLOW_MS);
  }

  /** There is an answer, or none is wanted any more. */
  calm(): void {
    clearTimeout(this.#timer);
    this.#slow = null;
  }
}
