// SPDX-License-Identifier: MIT
/** The stretch in which two texts differ, in offsets of the first. */
export interface Difference {
  start: number;
  removed: string;
  inserted: string;
}

/** How much is compared in one go: whole stretches are compared far faster than one character after the other. */
const STRIDE = 1024;

/** The smallest stretch in which two texts differ; empty on both sides if they are the same. */
export function difference(from: string, to: string): Difference {
  const shortest = Math.min(from.length, to.length);
  let start = 0;
  while (start + STRIDE <= shortest && from.slice(start, start + STRIDE) === to.slice(start, start + STRIDE))
    start += STRIDE;
  while (start < shortest && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  const rest = shortest - start;
  let tail = 0;
  const same = (by: number) =>
    from.slice(from.length - tail - by, from.length - tail) ===
    to.slice(to.length - tail - by, to.length - tail);
  while (tail + STRIDE <= rest && same(STRIDE)) tail += STRIDE;
  while (tail < rest && same(1)) tail++;
  return {
    start,
    removed: from.slice(start, from.length - tail),
    inserted: to.slice(start, to.length - tail),
  };
}
