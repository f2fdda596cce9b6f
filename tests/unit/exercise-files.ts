// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { readExercise } from '#engine/exercises/read.ts';
import type { Exercise } from '#engine/exercises/types.ts';

const FOLDER = new URL('../../exercises/', import.meta.url);

/** The names of all exercises in the folder, without the ending of their files. */
export const EXERCISE_FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/, ''));

export const exerciseText = (id: string): string => readFileSync(new URL(`${id}.json`, FOLDER), 'utf8');

/** An exercise by its id; throws its problems, in words. */
export function exerciseOf(id: string): Exercise {
  const { exercise, problems } = readExercise(exerciseText(id));
  if (exercise === null) throw new Error(`${id}: ${problems.join('\n')}`);
  return exercise;
}
