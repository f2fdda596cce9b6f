// SPDX-License-Identifier: MIT
import { startOf } from '#engine/lessons/documents.ts';
import { LESSONS } from '#engine/lessons/names.ts';
import type { App } from '../../app/app.svelte.ts';
import { lessonOf, placeOf, subjectOf, type Place } from './files.ts';
import { lessonKey, type StepWork } from './kept-steps.ts';
import { Progress } from './progress.svelte.ts';
import { StepStore } from './step-store.svelte.ts';

/** The step of a lesson that lies open, and how far the reader is in all of them. */
export class LessonStore extends StepStore<Place> {
  constructor(app: App) {
    const progress = new Progress<Place>(LESSONS, lessonKey);
    super(app, {
      tool: 'lesson',
      action: 'open a lesson',
      progress,
      placeOf,
      subjectOf,
      stepOf: ({ id, step }) => ({ step: lessonOf(id).steps[step]!, revision: lessonOf(id).revision }),
      work: (place) => workOf(progress, place),
    });
  }
}

function workOf(progress: Progress<Place>, place: Place): StepWork {
  const kept = progress.of(place);
  const lesson = lessonOf(place.id);
  const before = place.step > 0 ? progress.of({ ...place, step: place.step - 1 }) : null;
  const start = startOf(lesson, place.step, before?.met ? before.text : undefined);
  // Another version of the lesson began otherwise: what was answered to it does not count here.
  const same = kept && (kept.start === start || lesson.steps[place.step]!.start === 'continue');
  return same ? kept : { start, text: start, met: kept?.met ?? false };
}
