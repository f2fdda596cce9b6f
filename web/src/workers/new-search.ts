// SPDX-License-Identifier: MIT
/** A new worker for searches and comparisons; its core loads with the first question. */
export const newSearchWorker = (): Worker =>
  new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module', name: 'search' });
