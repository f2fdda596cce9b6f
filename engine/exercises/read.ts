// SPDX-License-Identifier: MIT
import { beginning } from '../lessons/documents.ts';
import { askOf, readWith, stepOf, told } from '../lessons/read.ts';
import type { JsonValue } from '../scenario/json.ts';
import { isObject } from '../scenario/path.ts';
import { exerciseSchema, type ExerciseFile } from './schema.ts';
import type { Difficulty, Exercise } from './types.ts';

export interface ReadExercise {
  /** Null if there is any problem. */
  exercise: Exercise | null;
  /** Each with its place, in words. */
  problems: string[];
}

/** Reads the file of an exercise, by the rules for a step of a lesson. */
export function readExercise(text: string): ReadExercise {
  const { made, problems } = readWith(exerciseSchema, text, exerciseOf);
  return { exercise: made, problems };
}

function exerciseOf(file: ExerciseFile, raw: JsonValue, problems: string[]): Exercise | null {
  const { id, title, difficulty, check = null, about = null, revision, start } = file;
  if (!isObject(start)) {
    problems.push(told(['start'], 'Expected a scenario.'));
    return null;
  }
  const step = stepOf(file, start);
  const text = beginning(start, title, revision);
  askOf(step, file, text, raw, [], problems);
  return {
    id,
    title,
    difficulty: difficulty as Difficulty,
    check,
    about,
    revision,
    step,
    start: text,
  };
}
