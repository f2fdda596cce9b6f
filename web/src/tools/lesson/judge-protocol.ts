// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import type { Judgement } from '#engine/lessons/judge.ts';
import type { LessonStep } from '#engine/lessons/types.ts';

/** What the page asks of the worker that judges answers. */
export interface JudgeQuestion {
  step: LessonStep;
  /** The lesson's revision. */
  revision: Revision;
  /** The documents: the one that the step began with, and the answer. */
  start: string;
  text: string;
  /** The core that the reader edited, where it answers on the page and is of the answer's revision. */
  edited?: WebAssembly.Module | null;
}

export type JudgeAnswer =
  | { kind: 'judged'; seq: number; judgement: Judgement | null }
  | { kind: 'failed'; seq: number; message: string };
