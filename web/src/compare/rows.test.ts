// SPDX-License-Identifier: GPL-2.0-only
import { expect, test } from 'vitest';
import type { CheckRecord } from '../../../engine/run/types.ts';
import { anExecution } from '../../../engine/testing/parts.ts';
import { sectionsOf } from './rows.ts';

const record = (
  check: CheckRecord['check'],
  result: CheckRecord['result'],
  operands: bigint[],
): CheckRecord => ({
  check,
  which: 'read',
  result,
  operands,
});

test('a check that only the right side asked stands where it was asked, and is marked', () => {
  const left = anExecution({
    path: [record('type-unknown', 'pass', [2n]), record('length-zero', 'pass', [4096n])],
  });
  const right = anExecution({
    path: [
      record('type-unknown', 'pass', [2n]),
      record('nocache-on-begin', 'pass', [2n]),
      record('length-zero', 'fail', [0n]),
    ],
  });
  const [checks] = sectionsOf(left, right, []);
  expect(checks!.title).toBe('Checks');
  expect(checks!.rows.map(({ name, differs }) => [name, differs])).toEqual([
    ['read type-unknown', false],
    ['read nocache-on-begin', true],
    ['read length-zero', true],
  ]);
  expect(checks!.rows[1]).toMatchObject({ left: null, right: '✓ passed' });
  expect(checks!.rows[2]!.right).toMatch(/^✕ refused: /);
});

test('a field that one side lacks differs, and an equal one does not', () => {
  const iomap = { addr: 0n, offset: 0n, length: 4096n, type: 2, flags: 0, bdev: 'vda' };
  const left = anExecution({ do: 'iomap_begin', outcome: 'ok', iomap });
  const right = anExecution({ do: 'iomap_begin', outcome: 'ok', iomap: { ...iomap, bdev: null } });
  const rows = sectionsOf(left, right, []).find(({ title }) => title === 'iomap')!.rows;
  expect(rows.filter(({ differs }) => differs)).toEqual([
    { name: 'bdev', left: 'vda', right: 'NULL', differs: true },
  ]);
});
