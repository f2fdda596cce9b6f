// SPDX-License-Identifier: MIT
/** A new worker that draws questions. */
export const newQuiz = (): Worker =>
  new Worker(new URL('./quiz.worker.ts', import.meta.url), { type: 'module', name: 'quiz' });
