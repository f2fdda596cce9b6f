// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInteger, spellInteger } from './integers.ts';

const SUFFIXES = 'KMGTPE';
const any64 = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n });

describe('parseInteger', () => {
  it('agrees with BigInt on decimal and hex, with and without a sign', () => {
    fc.assert(
      fc.property(any64, fc.boolean(), (value, upper) => {
        const size = value < 0n ? -value : value;
        const hexText = size.toString(16);
        expect(parseInteger(value.toString())).toBe(value);
        expect(parseInteger(`${value < 0n ? '-' : ''}0x${upper ? hexText.toUpperCase() : hexText}`)).toBe(
          value,
        );
      }),
    );
  });

  it('multiplies by powers of 1024 for K to E', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -9999n, max: 9999n }), fc.nat(5), fc.boolean(), (value, i, lower) => {
        const letter = lower ? SUFFIXES[i]!.toLowerCase() : SUFFIXES[i]!;
        expect(parseInteger(`${value}${letter}`)).toBe(value * 1024n ** BigInt(i + 1));
      }),
    );
  });

  it('takes nothing that is not such a number', () => {
    const pattern = /^-?(0x[0-9a-f]+|[0-9]+[KMGTPE]?)$/i;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789xXabefKMGTPE-+._ n') }), (text) => {
        expect(parseInteger(text) !== undefined).toBe(pattern.test(text) && text.length <= 24);
      }),
    );
    for (const text of [
      '',
      ' 1',
      '1 ',
      '+1',
      '1_000',
      '0b1',
      '0o7',
      '1.0',
      '1e3',
      '0x',
      '1KB',
      'constructor',
    ]) {
      expect(parseInteger(text), text).toBeUndefined();
    }
    expect(parseInteger('9'.repeat(25))).toBeUndefined();
  });
});

it('spells an integer so that it reads back, in JSON digits only where a double holds it', () => {
  fc.assert(
    fc.property(any64, (value) => {
      const spelt = spellInteger(value);
      expect(typeof spelt === 'string' ? parseInteger(spelt) : spelt).toBe(value);
      expect(typeof spelt === 'bigint').toBe(Number.isSafeInteger(Number(value)));
    }),
  );
});
