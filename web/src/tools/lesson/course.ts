// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';
import type { LessonStep } from '#engine/lessons/types.ts';
import type { StepWork } from './kept-steps.ts';
import type { Progress, StepPlace } from './progress.svelte.ts';

/** Where the steps come from, and the tool that shows them. */
export interface Course<Place extends StepPlace> {
  tool: 'lesson' | 'exercise';
  /** `open a lesson`: what opening one does to the document. */
  action: string;
  progress: Progress<Place>;
  /** The place that a part of an address names; null if there is none. */
  placeOf: (subject: string) => Place | null;
  subjectOf: (place: Place) => string;
  stepOf: (place: Place) => { step: LessonStep; revision: Revision };
  /** What is kept of a step, or else how it begins. */
  work: (place: Place) => StepWork;
}
