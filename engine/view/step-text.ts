// SPDX-License-Identifier: MIT
import { canonicalValue } from '../scenario/print.ts';
import { isObject } from '../scenario/path.ts';
import { pretty } from '../scenario/write.ts';
import type { JsonValue } from '../scenario/json.ts';

/** A step of a document as one is written, canonical; the last one if no index is given. Empty where there is none. */
export function stepText(document: JsonValue | null, index?: number): string {
  const value = document === null ? undefined : canonicalValue(document);
  const steps = isObject(value) ? value['steps'] : undefined;
  const step = Array.isArray(steps) ? steps.at(index ?? -1) : undefined;
  return step === undefined ? '' : pretty(step);
}

/** Words, signs and blanks of a text in JSON, each by itself. */
const tokensOf = (text: string): string[] => text.match(/"(?:[^"\\]|\\.)*"|[\w.-]+|\s+|[^]/g) ?? [];

/** A text in three parts: what it begins with as another does, where it differs, and what both end with. */
export function differing(text: string, other: string): [start: string, middle: string, end: string] {
  const [own, others] = [tokensOf(text), tokensOf(other)];
  const shortest = Math.min(own.length, others.length);
  let head = 0;
  while (head < shortest && own[head] === others[head]) head++;
  let tail = 0;
  while (tail < shortest - head && own.at(-1 - tail) === others.at(-1 - tail)) tail++;
  const cut = own.length - tail;
  return [own.slice(0, head).join(''), own.slice(head, cut).join(''), own.slice(cut).join('')];
}
