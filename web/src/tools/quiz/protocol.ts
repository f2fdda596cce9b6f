// SPDX-License-Identifier: MIT
import type { QuizQuestion } from '#engine/quiz/quiz.ts';

/** What the page asks of the worker that draws questions. */
export interface DrawQuestion {
  seed: number;
}

export type DrawAnswer =
  | { kind: 'drawn'; seq: number; questions: QuizQuestion[] }
  | { kind: 'failed'; seq: number; message: string };
