// SPDX-License-Identifier: MIT
/** A new worker for acceptance maps; its core loads with the first question. */
export const newMapWorker = (): Worker =>
  new Worker(new URL('./map.worker.ts', import.meta.url), { type: 'module', name: 'map' });
