// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { rankOf, type Difference } from './executions.ts';
import { matrixOf, type MatrixRow } from './matrix.ts';

const row = (name: string, kind: Difference['kind'] | null): MatrixRow => {
  const cell = { label: '', verdicts: [], stopped: null, fault: null, deciding: null, beside: null };
  const deciding = kind && { kind, field: '', left: '', right: '', step: 0, repeat: 0 };
  return { name, cells: [cell, { ...cell, deciding, beside: deciding }], differs: kind !== null };
};

test('another verdict tells more than a call that only one side made on the way', () => {
  const difference = (kind: Difference['kind']) => ({ kind, field: '', left: '', right: '' });
  expect(rankOf(difference('verdict'))).toBeLessThan(rankOf(difference('missing')));
});

test('rows whose verdict changes come before those that only send another message', () => {
  const rows = [row('same', null), row('b', 'message'), row('c', 'verdict'), row('a', 'message')];
  const { rows: ordered, changed } = matrixOf(rows, []);
  expect(ordered.map(({ name }) => name)).toEqual(['c', 'b', 'a', 'same']);
  expect(changed).toBe(3);
});
