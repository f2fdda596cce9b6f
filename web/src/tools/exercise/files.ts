// SPDX-License-Identifier: MIT
import { openLinked } from '#engine/exercises/link.ts';
import { EXERCISES, isLinked } from '#engine/exercises/names.ts';
import { readExercise, type ReadExercise } from '#engine/exercises/read.ts';
import type { Difficulty } from '#engine/exercises/types.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import { at } from '#engine/scenario/path.ts';
import { readJson } from '#engine/scenario/json.ts';

const FILES = import.meta.glob<string>('../../../../exercises/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const textOf = (id: string) => FILES[`../../../../exercises/${id}.json`]!;

/** What lists show of an exercise. */
export interface Outline {
  id: string;
  title: string;
  difficulty: Difficulty;
  check: CheckId | null;
  about: string | null;
}

/** All exercises, the easiest first. */
export const OUTLINES: readonly Outline[] = EXERCISES.map((id) => {
  const value = readJson(textOf(id)).root?.value;
  const [title, check, about] = ['title', 'check', 'about'].map((key) => {
    const text = at(value, [key]);
    return typeof text === 'string' ? text : null;
  });
  const difficulty = Number(at(value, ['difficulty'])) as Difficulty;
  return { id, title: title ?? id, difficulty, check: check as CheckId | null, about: about ?? null };
}).sort((a, b) => a.difficulty - b.difficulty);

/** The exercises that name a check. */
export const exercisesOf = (check: CheckId): readonly Outline[] =>
  OUTLINES.filter((outline) => outline.check === check);

/** The exercise after one in the list; null at the end, and for one that came in a link. */
export function nextAfter(id: string): Outline | null {
  const index = OUTLINES.findIndex((outline) => outline.id === id);
  return index < 0 ? null : (OUTLINES[index + 1] ?? null);
}

const known = new Map<string, ReadExercise>();

/** An exercise by the part of its address, read when it is first asked for; in a link it may be anything. */
export function exerciseAt(part: string): ReadExercise {
  let read = known.get(part);
  if (read === undefined) {
    read = isLinked(part) ? openLinked(part) : readExercise(textOf(part));
    known.set(part, read);
  }
  return read;
}
