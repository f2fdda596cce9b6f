// SPDX-License-Identifier: MIT
import { NOTATIONS, nextNotation, type Notation } from '#engine/view/numbers.ts';
import type { FieldRef } from '#engine/view/field-ref.ts';

/** How things are shown, the same all over the page: the notation of numbers, the field that is pointed at. */
export class ViewStore {
  #notation = $state.raw<Notation>(NOTATIONS[0]!);
  #field = $state.raw<FieldRef | null>(null);

  #wanted = $state.raw<{ start: number; end: number } | null>(null);

  #asked = $state.raw<readonly (readonly (string | number)[])[]>([]);

  #goalMet = $state.raw(false);

  get notation(): Notation {
    return this.#notation;
  }

  get field(): FieldRef | null {
    return this.#field;
  }

  /** Names the field under the pointer or the focus, so that card, bytes and structs show it together. */
  readonly point = (field: FieldRef | null): void => {
    this.#field = field;
  };

  /** A range of the document to show and select; null once an editor did it. */
  get wanted(): { start: number; end: number } | null {
    return this.#wanted;
  }

  want(stretch: { start: number; end: number } | null): void {
    this.#wanted = stretch;
  }

  /** Whether the reader is to find something out, which nothing else may give away. */
  get hasTask(): boolean {
    return this.#asked.length > 0;
  }

  /** Whether the reader is asked to edit a value: by a lesson, for one. */
  isAsked(path: readonly (string | number)[]): boolean {
    return this.#asked.some((place) => place.every((part, i) => path[i] === part));
  }

  /** @param places paths of the document, each with all that is below it */
  ask(places: readonly (readonly (string | number)[])[]): void {
    this.#asked = places;
    this.#goalMet = false;
  }

  /** Whether something else than what came out is asked for: a verdict does not read as "done" then. */
  get isGoalOpen(): boolean {
    return this.hasTask && !this.#goalMet;
  }

  goalIs(met: boolean): void {
    this.#goalMet = met;
  }

  /** Nothing is asked any more, if it was these places: another task may have begun meanwhile. */
  askNoMore(places: readonly (readonly (string | number)[])[]): void {
    if (this.#asked === places) this.#asked = [];
  }

  cycleNotation(): void {
    this.#notation = nextNotation(this.#notation);
  }
}
