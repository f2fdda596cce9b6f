// SPDX-License-Identifier: MIT
/**
 * A worker that closes itself, or that the browser ends for want of memory, tells nobody. But it leaves its locks: it
 * holds one while it lives, the page asks for the same one, and gets it when the worker is gone.
 *
 *   worker   holds the lock, says its name ------- gone
 *   page                       asks for the lock ----- has it: the worker is gone
 *
 * Locks are there on https and on this machine only; without them such a worker stays silent as before.
 */

/** What a worker says of its lock. */
export interface Alive {
  alive: string;
}

/** In the worker: holds a lock for as long as the worker lives, and tells the page its name. */
export function tellAlive(): void {
  const alive = `alive ${Math.random()} ${performance.timeOrigin}`;
  void navigator.locks?.request(alive, () => {
    postMessage({ alive } satisfies Alive);
    return new Promise(() => {});
  });
}

/**
 * In the page: calls back once the worker is gone, however it went.
 *
 * @param alive the name of the worker's lock
 */
export function whenGone(alive: string, gone: () => void): void {
  void navigator.locks?.request(alive, gone);
}
