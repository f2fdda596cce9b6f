// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInteger, parseNumeral, spellInteger } from './integers.ts';

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
        expect(parseNumeral(text)).toBe(parseInteger(text));
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

describe('a product', () => {
  const numeral = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map((value) => `0x${value.toString(16)}`),
    fc.tuple(fc.nat(9999), fc.constantFrom(...'sKMG')).map((parts) => parts.join('')),
  );

  it('is its factors multiplied, with or without blanks', () => {
    fc.assert(
      fc.property(
        fc.array(numeral, { minLength: 2, maxLength: 4 }),
        fc.constantFrom('*', ' * '),
        fc.boolean(),
        (factors, times, negative) => {
          const product = factors.reduce((all, factor) => all * parseNumeral(factor)!, negative ? -1n : 1n);
          expect(parseInteger(`${negative ? '-' : ''}${factors.join(times)}`)).toBe(product);
        },
      ),
    );
    expect(parseInteger('2049*512')).toBe(1_049_088n);
  });

  it('has at most four factors, each a numeral, and a sign in front alone', () => {
    for (const text of [
      '*',
      '2*',
      '*2',
      '2**3',
      '2*-3',
      '2*x',
      ' 2*3',
      '2*3 ',
      '2*4b',
      '1*2*3*4*5',
      `2*${'9'.repeat(25)}`,
      '2*'.repeat(100_000),
    ])
      expect(parseInteger(text), text.slice(0, 30)).toBeUndefined();
    expect(parseNumeral('2*3')).toBeUndefined();
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
