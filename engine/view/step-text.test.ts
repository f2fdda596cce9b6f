// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { JsonValue } from '../scenario/json.ts';
import { differing, stepText } from './step-text.ts';

const DOCUMENT: JsonValue = { format: 1, steps: [{ do: 'backing_close', id: 5 }, { do: 'fsync' }] };

it('writes a step of a document, the last one if none is named', () => {
  expect(stepText(DOCUMENT, 0)).toBe('{ "do": "backing_close", "id": 5 }');
  expect(stepText(DOCUMENT)).toBe('{ "do": "fsync" }');
  expect(stepText(DOCUMENT, 7)).toBe('');
  expect(stepText(null)).toBe('');
});

it('marks whole words where two texts differ, and nothing where one only has more', () => {
  const [short, long] = ['{ "addr": "NULL" }', '{ "length": 4096, "addr": "NULL" }'];
  expect(differing(long, short)).toEqual(['{ ', '"length": 4096, ', '"addr": "NULL" }']);
  expect(differing(short, long)).toEqual(['{ ', '', '"addr": "NULL" }']);
  expect(differing('{ "id": 15 }', '{ "id": 16 }')).toEqual(['{ "id": ', '15', ' }']);
  expect(differing(short, short)).toEqual([short, '', '']);
});

it('loses no character', () => {
  const odd = '{ "a\\"b": [1,-2.5e3], \n "": "ü" x';
  expect(differing(odd, '{}').join('')).toBe(odd);
});
