// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from './parse.ts';
import type { Scenario } from './schema.ts';
import { partOf, wholeOf } from './part.ts';

const { scenario } = parseDocument(
  JSON.stringify({ format: 1, steps: Array.from({ length: 6 }, (_, id) => ({ do: 'backing_close', id })) }),
);
const chosen = fc.array(fc.nat(5), { maxLength: 8 });
const withSteps = (which: number[]): Scenario => ({
  ...scenario!,
  steps: which.map((i) => scenario!.steps[i]!),
});

test('what arrives is what was sent, scenario after scenario, and what stayed is the same object', () => {
  fc.assert(
    fc.property(fc.array(chosen, { minLength: 1, maxLength: 5 }), (sequence) => {
      let sent: Scenario | null = null;
      let arrived: Scenario | null = null;
      for (const which of sequence) {
        const now = withSteps(which);
        const before: Scenario | null = arrived;
        const part = structuredClone(partOf(now, sent));
        arrived = wholeOf(part, before);
        sent = now;
        expect(arrived).toEqual(now);
        const { head, tail } = part;
        for (let i = 0; i < head; i++) expect(arrived.steps[i]).toBe(before!.steps[i]);
        for (let i = 1; i <= tail; i++) expect(arrived.steps.at(-i)).toBe(before!.steps.at(-i));
      }
    }),
  );
});

test('one edited step of many is sent alone', () => {
  const before = withSteps([0, 1, 2, 3, 4]);
  const part = partOf(withSteps([0, 1, 5, 3, 4]), before);
  expect([part.head, part.scenario.steps, part.tail]).toEqual([2, [scenario!.steps[5]], 2]);
});
