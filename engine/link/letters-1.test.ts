// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { END, OTHER, charOf, codeOf, readSymbol, symbolOf } from './letters-1.ts';

const SYMBOLS = Array.from({ length: END + 1 }, (_, symbol) => symbol);

function bitsOf(symbol: number): number[] {
  const { code, bits } = codeOf(symbol);
  return Array.from({ length: bits }, (_, i) => (code >> (bits - 1 - i)) & 1);
}

test('the code is complete: the lengths use up all codes, no less and no more', () => {
  const used = SYMBOLS.reduce((sum, symbol) => sum + 2 ** -codeOf(symbol).bits, 0);
  expect(used).toBe(1);
});

test('every symbol reads back', () => {
  const stream = SYMBOLS.flatMap(bitsOf);
  let at = 0;
  const read = SYMBOLS.map(() => readSymbol(() => stream[at++] ?? null));
  expect(read).toEqual(SYMBOLS);
  expect(readSymbol(() => stream[at++] ?? null)).toBeNull();
});

test('printable ASCII and the line break have symbols of their own', () => {
  for (const char of Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).concat('\n'))
    expect(charOf(symbolOf(char.charCodeAt(0)))).toBe(char);
  for (const char of ['\t', '\u007f', 'é', '\u{1f600}'])
    expect(symbolOf(char.codePointAt(0) ?? 0)).toBe(OTHER);
});
