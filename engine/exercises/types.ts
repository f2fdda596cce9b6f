// SPDX-License-Identifier: MIT
/** An exercise as it was read from its file or its link: see docs/FORMATS.md. */
import type { CheckId } from '../kernel/checks.ts';
import type { Revision } from '../kernel/features.ts';
import type { LessonStep } from '../lessons/types.ts';

export interface Exercise {
  id: string;
  title: string;
  /** From 1, which a beginner can do. */
  difficulty: Difficulty;
  /** The check that it is about; null if it is about none. */
  check: CheckId | null;
  /** What else it is about: `consequence`; null for nothing in particular. */
  about: string | null;
  /** The revision that answers. */
  revision: Revision;
  /** Text, start, goal, hints and solution; that has no edit if the exercise comes without one. */
  step: LessonStep;
  /** The document that it begins with. */
  start: string;
}

export type Difficulty = 1 | 2 | 3;
