// SPDX-License-Identifier: MIT
/** A new worker that judges answers; its cores load with the first question. */
export const newJudge = (): Worker =>
  new Worker(new URL('./judge.worker.ts', import.meta.url), { type: 'module', name: 'judge' });
