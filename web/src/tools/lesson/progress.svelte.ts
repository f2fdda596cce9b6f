// SPDX-License-Identifier: MIT
import { LESSONS, type LessonId } from '#engine/lessons/names.ts';
import { readLocal, writeLocal } from '../../boot/storage.ts';
import type { Place } from './files.ts';

/** What is kept of a step. */
export interface StepWork {
  /** The document that it began with, and as it is now. */
  start: string;
  text: string;
  /** Whether the goal was met once. */
  met: boolean;
}

const nameOf = (id: LessonId) => `lesson.${id}`;

/** Raised when an older page could not read what is written; it leaves that alone then. */
const FORMAT = 1;

/** How far the reader has come in each lesson, and the work in each step: kept in this browser, for all tabs. */
export class Progress {
  #works = $state.raw<Readonly<Partial<Record<LessonId, readonly (StepWork | null)[]>>>>({});
  /** Something is written by a newer page, or the browser keeps nothing. */
  #trouble = $state.raw(false);

  constructor() {
    this.#works = Object.fromEntries(LESSONS.map((id) => [id, this.#read(id)]));
    // Another tab went on with a lesson.
    addEventListener('storage', ({ key }) => {
      const id = LESSONS.find((one) => key?.endsWith(`:${nameOf(one)}`));
      if (id) this.#works = { ...this.#works, [id]: this.#read(id) };
    });
  }

  /** Whether the last work could not be kept. */
  get trouble(): boolean {
    return this.#trouble;
  }

  of({ id, step }: Place): StepWork | null {
    return this.#works[id]?.[step] ?? null;
  }

  /** How many steps of a lesson were met. */
  metIn(id: LessonId): number {
    return (this.#works[id] ?? []).filter((work) => work?.met).length;
  }

  /** The step that a text is the work of; null if it is of none. */
  find(text: string): Place | null {
    for (const id of LESSONS) {
      const step = (this.#works[id] ?? []).findIndex((work) => work?.text === text);
      if (step >= 0) return { id, step };
    }
    return null;
  }

  keep({ id, step }: Place, work: StepWork): void {
    const before = this.#works[id] ?? [];
    const works = Array.from({ length: Math.max(before.length, step + 1) }, (_, i) =>
      i === step ? work : (before[i] ?? null),
    );
    this.#works = { ...this.#works, [id]: works };
    const newer = readFormat(readLocal(nameOf(id))) > FORMAT;
    this.#trouble = newer || !writeLocal(nameOf(id), JSON.stringify({ format: FORMAT, steps: works }));
  }

  #read(id: LessonId): (StepWork | null)[] {
    return worksOf(readLocal(nameOf(id)));
  }
}

function readFormat(text: string | null): number {
  try {
    return Number((JSON.parse(text ?? 'null') as { format?: unknown } | null)?.format ?? 0);
  } catch {
    return 0;
  }
}

/** What was kept of a lesson's steps; what is not as it should be counts as not begun. */
export function worksOf(text: string | null): (StepWork | null)[] {
  if (text === null || readFormat(text) > FORMAT) return [];
  try {
    const { steps } = JSON.parse(text) as { steps?: unknown };
    if (!Array.isArray(steps)) return [];
    return steps.slice(0, 9).map((one) => {
      const work = (one ?? {}) as Partial<StepWork>;
      const fits = typeof work.start === 'string' && typeof work.text === 'string';
      return fits ? { start: work.start!, text: work.text!, met: work.met === true } : null;
    });
  } catch {
    return [];
  }
}
