// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FUSE_IOMAP_F } from '../kernel/names.ts';
import { errno, flags, hex, integer, parseInteger, spellInteger, u64, written } from './values.ts';

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

describe('the leaves', () => {
  const read = (schema: v.GenericSchema, value: unknown) => v.safeParse(schema, value);

  it('take no word that every object has', () => {
    const schemas = [u64('', { NULL_ADDR: 1n }), written(''), errno(''), flags(FUSE_IOMAP_F, 0xffff, '')];
    for (const word of [
      'constructor',
      'toString',
      '__proto__',
      'hasOwnProperty',
      '-constructor',
      '-toString',
    ]) {
      for (const schema of schemas) expect(read(schema, word).success, word).toBe(false);
    }
  });

  it('keep to the range, both ends in it', () => {
    const schema = integer({ min: -2n, max: 5n, description: '' });
    fc.assert(
      fc.property(fc.bigInt({ min: -10n, max: 10n }), (value) => {
        expect(read(schema, value).success).toBe(value >= -2n && value <= 5n);
        expect(read(schema, value.toString()).success).toBe(value >= -2n && value <= 5n);
      }),
    );
    for (const value of [1, 1.5, null, true, [], {}, [1n]]) expect(read(schema, value).success).toBe(false);
  });

  it('or flags together, by name and by number, up to the top bit', () => {
    const schema = flags(FUSE_IOMAP_F, 0xffff_ffff, '');
    expect(read(schema, ['NEW', 'SHARED', '0x80000000']).output).toBe(0x8000_0005);
    expect(read(schema, 'DIRTY').output).toBe(2);
    expect(read(schema, []).output).toBe(0);
    expect(read(schema, ['NEW', ['DIRTY']]).success).toBe(false);
  });

  it('know errnos by name, EUCLEAN as EFSCORRUPTED too', () => {
    expect(read(errno(''), '-EIO').output).toBe(-5);
    expect(read(errno(''), '-EUCLEAN').output).toBe(-117);
    expect(read(errno(''), 'EIO').success).toBe(false);
  });

  it('read bytes as hex, blanks between them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 16 }), fc.constantFrom('', ' ', '\n', '  '), (bytes, gap) => {
        const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(gap);
        expect(read(hex(16, ''), text).output).toEqual(bytes);
      }),
    );
    for (const text of ['0', 'gg', '00'.repeat(17), '0x00'])
      expect(read(hex(16, ''), text).success).toBe(false);
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
