// SPDX-License-Identifier: MIT
import { LESSONS, type LessonId } from '#engine/lessons/names.ts';
import { readLocal, writeLocal } from '../../boot/storage.ts';
import type { Place } from './files.ts';
import { KEPT_FORMAT, readFormat, worksOf, type StepWork } from './kept-steps.ts';

const nameOf = (id: LessonId) => `lesson.${id}`;

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
    const newer = readFormat(readLocal(nameOf(id))) > KEPT_FORMAT;
    this.#trouble = newer || !writeLocal(nameOf(id), JSON.stringify({ format: KEPT_FORMAT, steps: works }));
  }

  #read(id: LessonId): (StepWork | null)[] {
    return worksOf(readLocal(nameOf(id)));
  }
}
