// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import { LESSONS, type LessonId } from '#engine/lessons/names.ts';
import { readLesson } from '#engine/lessons/read.ts';
import type { Lesson } from '#engine/lessons/types.ts';
import { readJson } from '#engine/scenario/json.ts';
import { at } from '#engine/scenario/path.ts';
import { wordsIn } from './words.ts';

const FILES = import.meta.glob<string>('../../../../lessons/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const textOf = (id: LessonId) => FILES[`../../../../lessons/${id}.json`]!;

/** A step of a lesson. `step` is an index, from 0. */
export interface Place {
  id: LessonId;
  step: number;
}

/** What the map shows of a lesson. */
export interface Outline {
  id: LessonId;
  title: string;
  needs: string;
  learned: string;
  steps: string[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** All lessons, in their order. */
export const OUTLINES: readonly Outline[] = LESSONS.map((id) => {
  const value = readJson(textOf(id)).root?.value;
  const [title, needs, learned] = ['title', 'needs', 'learned'].map((key) => text(at(value, [key])));
  const steps = at(value, ['steps']);
  const titles = Array.isArray(steps) ? steps.map((step) => text(at(step, ['title']))) : [];
  return { id, title: title!, needs: needs!, learned: learned!, steps: titles };
});

/** The steps whose text marks each word, by the word's id. */
const USES: ReadonlyMap<string, readonly Place[]> = (() => {
  const uses = new Map<string, Place[]>();
  for (const id of LESSONS) {
    const steps = at(readJson(textOf(id)).root?.value, ['steps']);
    (Array.isArray(steps) ? steps : []).forEach((one, step) => {
      const told = at(one, ['text']);
      const marked = wordsIn(Array.isArray(told) ? told.map(text).join(' ') : text(told));
      for (const word of new Set(marked)) uses.set(word, [...(uses.get(word) ?? []), { id, step }]);
    });
  }
  return uses;
})();

/** The steps of lessons that speak of a word, in their order. */
export const placesWith = (word: string): readonly Place[] => USES.get(word) ?? [];

/** The steps of lessons whose goal or hints are about a check, in their order. */
export const placesOfCheck = (check: string): readonly Place[] =>
  LESSONS.flatMap((id) => {
    const steps = at(readJson(textOf(id)).root?.value, ['steps']);
    return (Array.isArray(steps) ? steps : []).flatMap((one, step) =>
      JSON.stringify(one, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ).includes(`"check":"${check}"`)
        ? [{ id, step }]
        : [],
    );
  });

/** The title of a step, with its number: `8.2 What srcmap is for`. */
export const titleOf = (place: Place): string =>
  `${numberOf(place)} ${OUTLINES.find(({ id }) => id === place.id)!.steps[place.step]!}`;

const known = new Map<LessonId, Lesson>();

/** A lesson, read when it is first asked for. */
export function lessonOf(id: LessonId): Lesson {
  let lesson = known.get(id);
  if (lesson === undefined) {
    const { lesson: read, problems } = readLesson(textOf(id));
    if (read === null) throw new Error(problems.join(' '));
    known.set(id, (lesson = read));
  }
  return lesson;
}

/** The part of an address that names a place, and the other way round; null for a step that is not there. */
export const subjectOf = ({ id, step }: Place): string => `${id}/${ordinal(step)}`;

export function placeOf(subject: string): Place | null {
  const [id, number] = subject.split('/');
  const outline = OUTLINES.find((one) => one.id === id);
  const step = Number(number) - 1;
  return outline && outline.steps[step] !== undefined ? { id: outline.id, step } : null;
}

/** `1.2`, as texts name a step. */
export const numberOf = ({ id, step }: Place): string => `${ordinal(LESSONS.indexOf(id))}.${ordinal(step)}`;

/** The step after or before one, in the next or the last lesson too; null at the ends. */
export function neighbour({ id, step }: Place, by: 1 | -1): Place | null {
  const all = OUTLINES.flatMap((outline) => outline.steps.map((_, i) => ({ id: outline.id, step: i })));
  return all[all.findIndex((one) => one.id === id && one.step === step) + by] ?? null;
}
