// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { CheckRecord, Execution } from '../run/types.ts';
import type { PairAnswer } from './search-protocol.ts';
import { aMapping, anEntry, anExecution, aReply, aState } from '../testing/parts.ts';
import { sectionsOf } from './side-sections.ts';

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

const pairOf = (left: Execution, right: Execution): PairAnswer => ({
  left,
  right,
  differences: [],
  states: [aState([]), aState([])],
  follows: [null, null],
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
  const [checks] = sectionsOf(pairOf(left, right));
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
  const rows = sectionsOf(pairOf(left, right)).find(({ title }) => title === 'iomap')!.rows;
  expect(rows.filter(({ differs }) => differs)).toEqual([
    { name: 'bdev', left: 'vda', right: 'NULL', differs: true },
  ]);
});

test('what was answered and what the table then holds stand there where the sides differ in it', () => {
  const [left, right] = [
    anExecution({ reply: aReply() }),
    anExecution({ reply: aReply(aMapping({ length: 8192n })) }),
  ];
  const same = sectionsOf(pairOf(left, left)).map(({ title }) => title);
  expect(same).not.toContain('The reply');
  expect(same).not.toContain('Backing table afterwards');
  const pair = { ...pairOf(left, right), states: [aState([anEntry(1)]), aState([])] } as PairAnswer;
  const sections = new Map(sectionsOf(pair).map(({ title, rows }) => [title, rows]));
  expect(sections.get('The reply')!.filter(({ differs }) => differs)).toEqual([
    { name: 'read.length', left: '4096', right: '8192', differs: true },
    { name: 'write.length', left: '4096', right: '8192', differs: true },
  ]);
  expect(sections.get('Backing table afterwards')!.find(({ name }) => name === 'id 1')).toEqual({
    name: 'id 1',
    left: 'IOMAP vda, fd 3, 1 reference',
    right: null,
    differs: true,
  });
});
