// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import { editDocument } from '../scenario/edit.ts';
import type { JsonValue } from '../scenario/json.ts';
import { at, isObject, type JsonObject } from '../scenario/path.ts';
import { parseDocument } from '../scenario/parse.ts';
import { canonicalValue, printScenario } from '../scenario/print.ts';
import { minify } from '../scenario/write.ts';
import { isWithin } from './pointer.ts';
import type { Lesson, LessonEdit, LessonStep } from './types.ts';

type Path = (string | number)[];

/**
 * The document that a step begins with.
 *
 * @param before what the step before left; left out, its solution
 */
export function startOf(lesson: Lesson, index: number, before?: string): string {
  const step = lesson.steps[index]!;
  const title = `${lesson.title}: ${step.title}`;
  if (step.start === 'continue') {
    const text = before ?? solutionOf(lesson, index - 1);
    return edited(text, [{ path: ['title'], value: title }]);
  }
  return beginning(step.start, title, lesson.revision);
}

/** A start as a document, with what its file leaves out. */
export function beginning({ kernel, ...rest }: JsonObject, title: string, revision: Revision): string {
  const own = { ...(isObject(kernel) ? kernel : {}), revision };
  return printScenario({ format: 1n, title, kernel: own, ...rest });
}

/** A document that meets the goal of a step: its start with the solution filled in. */
export const solutionOf = (lesson: Lesson, index: number, start = startOf(lesson, index)): string =>
  edited(start, lesson.steps[index]!.solution);

/** A document with edits carried out in their order. */
export const edited = (text: string, edits: readonly LessonEdit[]): string =>
  editDocument(text, edits).json.text;

/** What tells nothing of an answer: titles, remarks, what somebody expects of it. */
const BESIDE = [['title'], ['notes']];
const BESIDE_IN_STEP = ['note', 'expect', 'expectOn'];

/** Where an answer differs from the start outside of what the step lets be edited: paths, in order. */
export function strayed(step: LessonStep, start: string, answer: string): Path[] {
  const [before, now] = [start, answer].map((text) => {
    const { value } = parseDocument(text);
    return value === null ? null : canonicalValue(value);
  });
  const paths = differences(before ?? null, now ?? null);
  const beside = ([first, , third]: Path) =>
    BESIDE.some(([name]) => first === name) || (first === 'steps' && BESIDE_IN_STEP.includes(String(third)));
  return paths.filter((path) => !beside(path) && !step.edit.some((place) => isWithin(path, place)));
}

/** Paths of the innermost values that differ; of lists of another length each item that is too many or too few. */
function differences(one: JsonValue | undefined, other: JsonValue | undefined, path: Path = []): Path[] {
  if (one !== undefined && other !== undefined && minify(one) === minify(other)) return [];
  const both = Array.isArray(one) && Array.isArray(other);
  if (both) {
    return Array.from({ length: Math.max(one.length, other.length) }, (_, i) => i).flatMap((i) =>
      differences(one[i], other[i], [...path, i]),
    );
  }
  // One that is left out has no field: those of the other stand there alone.
  if (isObject(one ?? {}) && isObject(other ?? {}) && (isObject(one) || isObject(other))) {
    const keys = new Set([one, other].flatMap((side) => (isObject(side) ? Object.keys(side) : [])));
    return [...keys].flatMap((key) => differences(at(one, [key]), at(other, [key]), [...path, key]));
  }
  return one === undefined && other === undefined ? [] : [path];
}
