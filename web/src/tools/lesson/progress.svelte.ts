// SPDX-License-Identifier: MIT
import { readLocal, writeLocal } from '../../boot/storage.ts';
import { KEPT_FORMAT, ownerOf, readFormat, worksOf, type StepWork } from './kept-steps.ts';

/** A step of a lesson, or an exercise, which is one step. */
export interface StepPlace {
  id: string;
  /** An index, from 0. */
  step: number;
}

/** How far the reader has come, and the work in each step: kept in this browser, for all tabs. */
export class Progress<Place extends StepPlace> {
  readonly #ids: readonly Place['id'][];
  readonly #nameOf: (id: Place['id']) => string;
  readonly #kept: (id: Place['id']) => void;
  #works = $state.raw<Readonly<Record<string, readonly (StepWork | null)[]>>>({});
  /** Something is written by a newer page, or the browser keeps nothing. */
  #trouble = $state.raw(false);

  /**
   * @param ids those that are known from the start; others may come in links
   * @param nameOf the name under which the steps of an id are kept
   * @param kept is told when the steps of an id were kept
   */
  constructor(
    ids: readonly Place['id'][],
    nameOf: (id: Place['id']) => string,
    kept: (id: Place['id']) => void = () => {},
  ) {
    this.#ids = ids;
    this.#nameOf = nameOf;
    this.#kept = kept;
    this.#works = Object.fromEntries(ids.map((id) => [id, this.#read(id)]));
    // Another tab went on.
    addEventListener('storage', ({ key }) => {
      const id = [...ids, ...Object.keys(this.#works)].find((one) => key?.endsWith(`:${nameOf(one)}`));
      if (id !== undefined) this.#works = { ...this.#works, [id]: this.#read(id) };
    });
  }

  /** Whether the last work could not be kept. */
  get trouble(): boolean {
    return this.#trouble;
  }

  of({ id, step }: Place): StepWork | null {
    return (this.#works[id] ?? this.#read(id))[step] ?? null;
  }

  /** How many steps of an id were met. */
  metIn(id: Place['id']): number {
    return (this.#works[id] ?? []).filter((work) => work?.met).length;
  }

  /** The step that a text is the work of; null if it is of none. */
  find(text: string): Place | null {
    for (const id of Object.keys(this.#works)) {
      const step = (this.#works[id] ?? []).findIndex((work) => work?.text === text);
      if (step >= 0) return { id, step } as Place;
    }
    return null;
  }

  keep({ id, step }: Place, work: StepWork): void {
    const before = this.#works[id] ?? [];
    const works = Array.from({ length: Math.max(before.length, step + 1) }, (_, i) =>
      i === step ? work : (before[i] ?? null),
    );
    this.#works = { ...this.#works, [id]: works };
    const name = this.#nameOf(id);
    const newer = readFormat(readLocal(name)) > KEPT_FORMAT;
    const written = !newer && writeLocal(name, JSON.stringify({ format: KEPT_FORMAT, steps: works }));
    this.#trouble = !written;
    if (written) this.#kept(id);
  }

  #read(id: Place['id']): (StepWork | null)[] {
    const text = readLocal(this.#nameOf(id));
    if (text !== null || this.#ids.includes(id)) return worksOf(text);
    // Pages of before kept the last exercise of a link alone, under one name.
    const before = readLocal('exercise-in-link');
    return ownerOf(before) === id ? worksOf(before) : [];
  }
}
