// SPDX-License-Identifier: MIT
/** A new engine; it begins to load its core at once. */
export const newWorker = (): Worker =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
