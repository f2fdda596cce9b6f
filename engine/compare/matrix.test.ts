// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { rankOf, type Difference } from './executions.ts';
import { groupsOf } from './matrix-groups.ts';
import { matrixOf, type CellVerdict, type MatrixRow } from './matrix.ts';

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

test('rows that differ alike stand together, and what they have in common is said', () => {
  const verdicts: CellVerdict[] = [
    {
      step: 2,
      do: 'iomap_end',
      repeat: 0,
      times: 1,
      outcome: 'ok',
      check: null,
      which: null,
      ret: 0n,
      text: 'ok',
    },
  ];
  const carries = (name: string, field: string, right: string): MatrixRow => {
    const cell = { label: 'a', verdicts, stopped: null, fault: null, deciding: null, beside: null };
    const difference = { kind: 'message' as const, field, left: 'NULL_ADDR', right, step: 2, repeat: 0 };
    return {
      name,
      cells: [cell, { ...cell, label: 'b', deciding: difference, beside: difference }],
      differs: true,
    };
  };
  const rows = [
    carries('one', 'message.map.addr', '0x1000'),
    carries('other', 'message.map.dev', '1'),
    row('same', null),
    carries('two', 'message.map.addr', '0x2000'),
  ];
  const groups = groupsOf(matrixOf(rows, [{ label: 'a' }, { label: 'b' }]).rows);
  expect(groups.map(({ words, rows: own }) => [words, own.map(({ name }) => name)])).toEqual([
    ['the iomap_end now carries addr', ['one', 'two']],
    ['the iomap_end now carries dev', ['other']],
    ['', ['same']],
  ]);
});
