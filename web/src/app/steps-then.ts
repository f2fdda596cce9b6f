// SPDX-License-Identifier: MIT
import { inline, isObject, type JsonValue } from '#engine/scenario/path.ts';

/**
 * Which steps of an earlier document the steps of a later one were: the answers of a run belong to the document
 * that it ran, and say nothing of steps that came since.
 */
export class StepsThen {
  #then: readonly JsonValue[];
  #now: readonly JsonValue[];
  /** How many steps are the same from the front, and from the back. */
  #head = 0;
  #tail = 0;
  /** For the steps between them, the earlier step or null. */
  #between: (number | null)[];

  /** @param then the steps that ran @param now the steps that are written */
  constructor(then: readonly JsonValue[], now: readonly JsonValue[]) {
    this.#then = then;
    this.#now = now;
    const most = Math.min(then.length, now.length);
    while (this.#head < most && same(then[this.#head]!, now[this.#head]!)) this.#head++;
    while (this.#tail < most - this.#head && same(then.at(-1 - this.#tail)!, now.at(-1 - this.#tail)!))
      this.#tail++;
    this.#between = this.#match();
  }

  /** The earlier step that a later step corresponds to; null for a new one. */
  of(step: number): number | null {
    const fromEnd = this.#now.length - step;
    if (step < this.#head) return step;
    if (fromEnd <= this.#tail) return this.#then.length - fromEnd;
    return this.#between[step - this.#head] ?? null;
  }

  /** First what only moved, then, if none came or went, what was edited in its place. */
  #match(): (number | null)[] {
    const now = this.#now.slice(this.#head, this.#now.length - this.#tail);
    const free = new Map<string, number[]>();
    for (let i = this.#head; i < this.#then.length - this.#tail; i++) {
      const text = inline(this.#then[i]!);
      free.set(text, [...(free.get(text) ?? []), i]);
    }
    const found = now.map((step) => free.get(inline(step))?.shift() ?? null);
    // A step that was edited while others came and went can't be told from a new one.
    if (this.#then.length !== this.#now.length) return found;
    const taken = new Set(found);
    return found.map((match, i) => {
      const here = this.#head + i;
      if (match !== null || taken.has(here)) return match;
      return kindOf(this.#then[here]) === kindOf(now[i]) ? here : null;
    });
  }
}

const kindOf = (step: JsonValue | undefined) => (isObject(step) ? step['do'] : undefined);

function same(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]!));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key]!, b[key]!))
  );
}
