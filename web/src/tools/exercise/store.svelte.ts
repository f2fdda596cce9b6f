// SPDX-License-Identifier: MIT
import { EXERCISES, isLinked } from '#engine/exercises/names.ts';
import type { App } from '../../app/app.svelte.ts';
import { Progress, type StepPlace } from '../lesson/progress.svelte.ts';
import { StepStore } from '../lesson/step-store.svelte.ts';
import { exerciseAt } from './files.ts';
import { note, workName } from './linked-works.ts';

const exerciseOf = ({ id }: StepPlace) => exerciseAt(id).exercise!;

/** An exercise as a place: its only step. */
export const placeOf = (part: string): StepPlace => ({ id: part, step: 0 });

/** The exercise that lies open, and which are done. Those that came in links are kept by their content. */
export class ExerciseStore extends StepStore<StepPlace> {
  constructor(app: App) {
    const nameOf = (id: string) => (isLinked(id) ? workName(id) : `exercise.${id}`);
    const progress = new Progress<StepPlace>(EXERCISES, nameOf, (id) => {
      if (isLinked(id)) note(workName(id));
    });
    super(app, {
      tool: 'exercise',
      action: 'open an exercise',
      progress,
      placeOf: (part) => (exerciseAt(part).exercise === null ? null : placeOf(part)),
      subjectOf: ({ id }) => id,
      stepOf: (place) => ({ step: exerciseOf(place).step, revision: exerciseOf(place).revision }),
      work: (place) => {
        const kept = progress.of(place);
        const { start } = exerciseOf(place);
        // Another version of the exercise began otherwise: what was answered to it does not count here.
        return kept?.start === start ? kept : { start, text: start, met: kept?.met ?? false };
      },
    });
  }
}
