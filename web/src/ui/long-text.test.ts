// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { isLong, linesAround } from './long-text.ts';

test('a text is long by its characters or its lines', () => {
  expect(isLong('a'.repeat(50_000))).toBe(false);
  expect(isLong('a'.repeat(50_001))).toBe(true);
  expect(isLong('\n'.repeat(2_999))).toBe(false);
  expect(isLong('\n'.repeat(3_000))).toBe(true);
});

test('the lines around one are shown, cut where they are long', () => {
  const text = Array.from({ length: 100 }, (_, i) => `line ${i + 1}`).join('\n');
  expect(linesAround(text, 1)).toMatchObject({
    first: 1,
    lines: expect.arrayContaining(['line 1', 'line 9']),
  });
  expect(linesAround(text, 50)).toMatchObject({ first: 46 });
  expect(linesAround(text, 50).lines[4]).toBe('line 50');
  expect(linesAround(text, 100).lines).toEqual(['line 96', 'line 97', 'line 98', 'line 99', 'line 100']);
  expect(linesAround('a'.repeat(300), 1).lines).toEqual([`${'a'.repeat(200)}…`]);
});
