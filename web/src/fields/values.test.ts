// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';
import { inline } from '#engine/scenario/path.ts';
import { textOf, valueOf } from './values.ts';

describe('a field between text and JSON', () => {
  test('any integer of 64 bits keeps its value through the document', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }), (number) => {
        const value = valueOf(String(number), 'number');
        expect(value).toBe(number);
        expect(parseDocument(`[${inline(value!)}]`).value).toEqual([number]);
        expect(textOf(value, 'number')).toBe(String(number));
      }),
    );
  });

  test('what is not a plain integer stays as it is spelled', () => {
    for (const text of ['0x1000', '4K', 'NULL_ADDR', '-EIO', '007'])
      expect(valueOf(text, 'number')).toBe(text);
    expect(valueOf('  ', 'number')).toBeUndefined();
  });

  test('flags are words and numbers in any spelling of a list', () => {
    expect(valueOf('NEW | SHARED, 0x4 8', 'flags')).toEqual(['NEW', 'SHARED', '0x4', 8n]);
    expect(textOf(['NEW', 8n], 'flags')).toBe('NEW 8');
    expect(textOf(undefined, 'flags')).toBe('');
  });
});
