// SPDX-License-Identifier: MIT
import { EXERCISES, isLinked } from '#engine/exercises/names.ts';
import type { Tool } from '../../app/tool.ts';

/** Opened on the id of an exercise, or on one that is in the address itself. */
export const tool: Tool = {
  id: 'exercise',
  title: 'Exercise',
  place: {
    name: 'exercise',
    part: {
      noun: 'exercise',
      example: EXERCISES[0]!,
      has: (part) => EXERCISES.includes(part) || isLinked(part),
    },
  },
  opens: 'beside',
  load: () => import('./ExercisePanel.svelte'),
  takes: () => import('./take.ts'),
};
