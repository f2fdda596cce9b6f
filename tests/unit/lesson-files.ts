// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import type { Revision } from '#engine/kernel/features.ts';
import { readLesson } from '#engine/lessons/read.ts';
import type { Lesson } from '#engine/lessons/types.ts';
import { loadCore } from '../core-module.ts';

const FOLDER = new URL('../../lessons/', import.meta.url);

/** The names of all lessons in the folder, without the ending of their files. */
export const LESSON_FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/, ''));

export const core = (revision: Revision) => loadCore('trace', revision);

export const textOf = (id: string): string => readFileSync(new URL(`${id}.json`, FOLDER), 'utf8');

/** A lesson by its id; throws its problems, in words. */
export function lessonOf(id: string): Lesson {
  const { lesson, problems } = readLesson(textOf(id));
  if (lesson === null) throw new Error(problems.join('\n'));
  return lesson;
}
