// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '#engine/scenario/path.ts';
import { StepsThen } from './steps-then.ts';

const begin = (pos: bigint): JsonValue => ({ do: 'iomap_begin', pos });
const all = (then: JsonValue[], now: JsonValue[]) => {
  const steps = new StepsThen(then, now);
  return now.map((_, i) => steps.of(i));
};

test('a step that was added is new, and those after it keep their identity', () => {
  const [a, b, c] = [begin(0n), begin(1n), begin(2n)];
  expect(all([a, b], [a, c, b])).toEqual([0, null, 1]);
  expect(all([a, b], [a, b, { do: 'unmount' }])).toEqual([0, 1, null]);
});

test('a copy beside its original is new', () => {
  const a = begin(0n);
  expect(all([a], [a, begin(0n)]).filter((step) => step === null)).toHaveLength(1);
});

test('a step that was removed takes no answer of another with it', () => {
  expect(all([begin(0n), begin(1n), begin(2n)], [begin(0n), begin(2n)])).toEqual([0, 2]);
});

test('a step edited in its place keeps its identity, unless its kind changed', () => {
  expect(all([begin(0n), begin(1n)], [begin(0n), begin(9n)])).toEqual([0, 1]);
  expect(all([begin(0n), begin(1n)], [begin(0n), { do: 'unmount' }])).toEqual([0, null]);
});

test('steps that changed places keep their answers', () => {
  expect(all([begin(0n), begin(1n), begin(2n)], [begin(2n), begin(1n), begin(0n)])).toEqual([2, 1, 0]);
});

test('no answer is given to two steps', () => {
  const steps = fc.array(fc.nat(3).map((pos) => begin(BigInt(pos))));
  fc.assert(
    fc.property(steps, steps, (then, now) => {
      const given = all(then, now).filter((step) => step !== null);
      expect(new Set(given).size).toBe(given.length);
      expect(given.every((step) => step >= 0 && step < then.length)).toBe(true);
    }),
  );
});
