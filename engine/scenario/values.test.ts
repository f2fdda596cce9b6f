// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FUSE_IOMAP_F } from '../kernel/names.ts';
import { integer } from './integer-leaf.ts';
import { flags } from './named-values.ts';
import { errno, hex, u64, written } from './values.ts';

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
