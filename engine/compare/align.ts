// SPDX-License-Identifier: MIT
import { sameValue } from '../run/same-value.ts';
import type { Step } from '../scenario/schema.ts';

/** Two steps that belong together, by their indexes; null where a side has none that does. */
export interface StepPair {
  left: number | null;
  right: number | null;
}

/** At most so many steps are compared with each other; beyond that, steps at the same index belong together. */
const MAX_CELLS = 1_000_000;

/** What a pair of steps is worth. Steps of different kinds never belong together. */
const EQUAL = 5;
const ALIKE = 3;
const SAME_KIND = 2;

/**
 * Which steps of two scenarios belong together: equal ones first of all, then those of the same kind, in the order
 * of both. A step that only one side has gets a pair of its own, so that what comes after it still stands beside
 * its counterpart.
 */
export function alignSteps(left: readonly Step[], right: readonly Step[]): StepPair[] {
  let head = 0;
  while (head < left.length && head < right.length && equal(left[head]!, right[head]!)) head++;
  let tail = 0;
  while (
    head + tail < left.length &&
    head + tail < right.length &&
    equal(left[left.length - 1 - tail]!, right[right.length - 1 - tail]!)
  )
    tail++;
  const rows = left.length - head - tail;
  const columns = right.length - head - tail;
  const middle =
    rows * columns > MAX_CELLS
      ? byPlace(rows, columns)
      : best(rows, columns, (l, r) => worth(left[head + l]!, right[head + r]!));
  const shifted = middle.map(({ left: l, right: r }) => ({
    left: l === null ? null : l + head,
    right: r === null ? null : r + head,
  }));
  const same = (count: number, l: number, r: number) =>
    Array.from({ length: count }, (_, i): StepPair => ({ left: l + i, right: r + i }));
  return [...same(head, 0, 0), ...shifted, ...same(tail, left.length - tail, right.length - tail)];
}

/** The expectations and the note of a step do not change what it does. */
function equal(a: Step, b: Step): boolean {
  const { expect: _, expectOn: ____, note: __, ...l } = a;
  const { expect: ___, expectOn: _____, note: ______, ...r } = b;
  return sameValue(l, r);
}

function worth(a: Step, b: Step): number {
  if (a.do !== b.do) return 0;
  if (equal(a, b)) return EQUAL;
  const place = (step: Step) => ('pos' in step ? step.pos : 'fd' in step ? step.fd : null);
  return sameValue(place(a), place(b)) ? ALIKE : SAME_KIND;
}

function byPlace(rows: number, columns: number): StepPair[] {
  return Array.from({ length: Math.max(rows, columns) }, (_, i) => ({
    left: i < rows ? i : null,
    right: i < columns ? i : null,
  }));
}

/** The alignment of the greatest worth; of several the one that pairs the earliest. */
function best(rows: number, columns: number, worthOf: (l: number, r: number) => number): StepPair[] {
  const width = columns + 1;
  const total = new Uint32Array((rows + 1) * width);
  const worths = new Uint8Array(rows * columns);
  for (let l = rows - 1; l >= 0; l--)
    for (let r = columns - 1; r >= 0; r--) {
      const own = worthOf(l, r);
      worths[l * columns + r] = own;
      const paired = own === 0 ? 0 : own + total[(l + 1) * width + r + 1]!;
      total[l * width + r] = Math.max(paired, total[(l + 1) * width + r]!, total[l * width + r + 1]!);
    }
  const pairs: StepPair[] = [];
  let [l, r] = [0, 0];
  while (l < rows || r < columns) {
    const here = total[l * width + r]!;
    const own = l < rows && r < columns ? worths[l * columns + r]! : 0;
    if (own > 0 && here === own + total[(l + 1) * width + r + 1]!) pairs.push({ left: l++, right: r++ });
    else if (l < rows && (r >= columns || here === total[(l + 1) * width + r]!))
      pairs.push({ left: l++, right: null });
    else pairs.push({ left: null, right: r++ });
  }
  return pairs;
}
