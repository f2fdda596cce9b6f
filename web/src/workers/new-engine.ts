// SPDX-License-Identifier: MIT
/** A new engine; its core loads with the first question. */
export const newWorker = (): Worker =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
