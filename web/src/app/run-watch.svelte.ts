// SPDX-License-Identifier: MIT

/** How long a run may take before it is stopped. The largest scenarios need about a second. */
const PATIENCE_MS = 10_000;
/** After this long the reader is told, and offered to stop it. */
const SLOW_MS = 1_500;

/** What takes long: the loading of a core, which only the connection ends, or the run itself. */
export type Slow = 'loading' | 'running' | null;

/** Keeps the time of what the engine does. */
export class RunWatch {
  #slow = $state.raw<Slow>(null);
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;

  /** The answer takes long, and why. A run can be stopped. */
  get slow(): Slow {
    return this.#slow;
  }

  /** A core may be loading: that takes as long as the connection takes. */
  loading(): void {
    this.#slowTimer = setTimeout(() => (this.#slow = 'loading'), SLOW_MS);
  }

  /**
   * A run has begun: its time counts, not that of a core on its way through a slow net.
   * @param slow called when it takes long
   * @param over called with the number of seconds when it takes too long
   */
  running(slow: () => void, over: (seconds: number) => void): void {
    this.calm();
    this.#slowTimer = setTimeout(() => {
      this.#slow = 'running';
      slow();
    }, SLOW_MS);
    this.#watchdog = setTimeout(() => over(PATIENCE_MS / 1000), PATIENCE_MS);
  }

  /** There is an answer, or nobody waits for one. */
  calm(): void {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#slowTimer);
    this.#slow = null;
  }
}
