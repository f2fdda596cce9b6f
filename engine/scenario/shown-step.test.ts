// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { JsonValue } from './path.ts';
import { namedStep, shownStep } from './shown-step.ts';

const steps: JsonValue = [{ do: 'unmount' }, { do: 'unmount', expect: {} }, { do: 'unmount' }];

it.each<[JsonValue, number | null]>([
  [0n, 0],
  ['0x2', 2],
  [3n, null],
  [-1n, null],
  ['x', null],
])('reads %o as the named step', (show, step) => expect(namedStep({ show, steps })).toBe(step));

it('reads no named step where there is none', () => {
  expect(namedStep({ steps })).toBeNull();
  expect(namedStep({ show: 0n, steps: 7n })).toBeNull();
  expect(namedStep(null)).toBeNull();
});

it('shows the named step, else the last that expects, else the last', () => {
  expect(shownStep({ show: 0n, steps })).toBe(0);
  expect(shownStep({ show: 9n, steps })).toBe(1);
  expect(shownStep({ steps })).toBe(1);
  expect(shownStep({ steps: [{}, { expectOn: {} }, {}] })).toBe(1);
  expect(shownStep({ steps: [{}, {}] })).toBe(1);
  expect(shownStep({ steps: [] })).toBe(0);
  expect(shownStep('no document')).toBe(0);
});
