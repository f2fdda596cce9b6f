// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { digestOf, type Piece } from './piece.ts';
import { looksLikeWork, printWork, readWork } from './work-file.ts';

const PIECE: Piece = {
  ...{ id: 'x', kind: 'tab', text: '{"format":1}\u2028\n', title: 'Mine', step: 2, hash: '#1.x' },
  ...{ savedAt: 1_700_000_000_123, seq: 7, own: false, entry: 'e' },
};

test('what is written is read again, named by its text', () => {
  const file = printWork([PIECE]);
  expect(looksLikeWork(file.slice(0, 100))).toBe(true);
  const { text, title, step, savedAt, own } = PIECE;
  expect(readWork(`\ufeff${file}`)).toEqual([
    {
      ...{ text, title, step, savedAt, own },
      ...{ id: `file.${digestOf(text)}`, kind: 'aside', hash: '', seq: 0, entry: '' },
    },
  ]);
});

test('a scenario is no such file', () => {
  expect(looksLikeWork('{"format":1,"title":"\\"iomap-playground\\": \\"earlier work\\""}')).toBe(false);
});

test.each([
  ['cut off', printWork([PIECE]).slice(0, -10), 'cut off or damaged'],
  ['of a newer page', printWork([PIECE]).replace('"format": 1', '"format": 2'), 'A newer version'],
  ['without a list', '{"iomap-playground":"earlier work","format":1}', 'no list'],
  [
    'of too many pieces',
    printWork(Array.from({ length: 1001 }, () => PIECE)),
    '1001 pieces; at most 1000 are',
  ],
  ['with a piece that is none', printWork([PIECE]).replace('"text"', '"test"'), '1 of 1 pieces'],
])('a file %s is refused as a whole, in words', (_, file, why) => {
  expect(readWork(file)).toContain(why);
});

test('a title from a file has neither controls nor what turns its direction', () => {
  const [piece] = readWork(
    printWork([{ ...PIECE, title: `a\u202eb\u0007${'x'.repeat(300)}`, step: -1.5 }]),
  ) as Piece[];
  expect(piece!.title).toBe(`ab${'x'.repeat(198)}`);
  expect(piece!.step).toBe(0);
});

test('no piece of a file is from a later time than now', () => {
  const [late, early] = readWork(
    printWork([
      { ...PIECE, savedAt: 4_000_000_000_000 },
      { ...PIECE, savedAt: 5 },
    ]),
    1_800_000_000_000,
  ) as Piece[];
  expect([late!.savedAt, early!.savedAt]).toEqual([1_800_000_000_000, 5]);
});
