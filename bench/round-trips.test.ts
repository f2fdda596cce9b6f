// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { roundTrips } from './round-trips.ts';

const span = (start: number, end: number) => ({ start, end });

test('what goes on together is one round trip, what waits for it another', () => {
  expect(roundTrips([])).toBe(0);
  expect(roundTrips([span(0, 10)])).toBe(1);
  expect(roundTrips([span(12, 30), span(0, 10), span(11, 40), span(10, 20)])).toBe(2);
  expect(roundTrips([span(0, 10), span(10, 20), span(21, 30), span(22, 40)])).toBe(3);
});
