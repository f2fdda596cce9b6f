// SPDX-License-Identifier: MIT
/** The exercise, or the part of a lesson, that the address of an embed names. Loaded for those alone. */
import { EXERCISES, isLinked } from '#engine/exercises/names.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { startOf } from '#engine/lessons/documents.ts';
import type { LessonStep } from '#engine/lessons/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { at } from '#engine/scenario/path.ts';
import { exerciseAt } from '../tools/exercise/files.ts';
import { lessonOf, placeOf } from '../tools/lesson/files.ts';

export interface Task {
  step: LessonStep;
  /** The revision that answers. */
  revision: Revision;
  /** The document that it begins with. */
  start: string;
}

export type TaskKind = 'exercise' | 'lesson';

/** What a part of an address names; in words why it can't be shown, if it can't. */
export function taskAt(kind: TaskKind, part: string): Task | string {
  const task = kind === 'lesson' ? partOfLesson(part) : exercise(part);
  if (typeof task === 'string') return task;
  // A frame runs no code of others, whoever it comes from.
  return at(parseDocument(task.start).value, ['server']) === undefined
    ? task
    : 'This exercise has code of a server. An embed runs none of that.';
}

function partOfLesson(part: string): Task | string {
  const place = placeOf(part);
  if (place === null) return 'The address of this embed names no part of a lesson.';
  const lesson = lessonOf(place.id);
  return {
    step: lesson.steps[place.step]!,
    revision: lesson.revision,
    start: startOf(lesson, place.step),
  };
}

function exercise(part: string): Task | string {
  if (!isLinked(part) && !EXERCISES.includes(part)) return 'The address of this embed names no exercise.';
  const { exercise: read, problems } = exerciseAt(part);
  return read ?? problems.join(' ');
}
