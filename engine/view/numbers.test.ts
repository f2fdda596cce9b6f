// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { NULL_ADDR } from '../kernel/names.ts';
import {
  NOTATIONS,
  blockAt,
  blockCount,
  everyNotation,
  grouped,
  hex,
  inNotation,
  nextNotation,
  readable,
  sectorAt,
  sizeText,
} from './numbers.ts';

describe('numbers', () => {
  it('groups from five digits on', () => {
    expect(grouped(4096n)).toBe('4096');
    expect(grouped(65536n)).toBe(`65,536`);
    expect(grouped(-1048576)).toBe(`-1,048,576`);
  });

  it('loses no digit by grouping', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }), (value) => {
        expect(BigInt(grouped(value).replaceAll(',', ''))).toBe(value);
      }),
    );
  });

  it('writes in hex what would be too long to read', () => {
    expect(readable((1n << 40n) - 1n)).toBe(`1,099,511,627,775`);
    expect(readable(1n << 40n)).toBe('0x10000000000');
  });

  it('writes hex with a sign and a width', () => {
    expect(hex(4096n)).toBe('0x1000');
    expect(hex(4, 4)).toBe('0x0004');
    expect(hex(-28)).toBe('-0x1c');
  });

  it('says what does not fit a block or a sector', () => {
    expect(blockAt(8192n, 4096)).toBe('block 2');
    expect(blockAt(4196n, 4096)).toBe('block 1 + 100 B');
    expect(blockCount(4096n, 4096)).toBe('1 block');
    expect(blockCount(0n, 4096)).toBe('0 blocks');
    expect(blockCount(81920000n, 4096)).toBe('20000 blocks');
    expect(sectorAt(0x100100n)).toBe('sector 2048 + 256 B');
  });

  it('never passes a rounded size off as exact', () => {
    expect(sizeText(512n)).toBe('512 B');
    expect(sizeText(1n << 20n)).toBe('1 MiB');
    expect(sizeText(3n << 29n)).toBe('1.5 GiB');
    expect(sizeText(0x7fff_ffff_ffff_fe00n)).toBe('8 EiB - 512 B');
    expect(sizeText(0xffff_ffff_ffff_f000n)).toBe('16 EiB - 4096 B');
    expect(sizeText(1_000_000_000n)).toBe('≈ 953.67 MiB');
  });

  it('cycles through every notation', () => {
    let notation = NOTATIONS[0]!;
    const seen = NOTATIONS.map(() => (notation = nextNotation(notation)));
    expect(new Set(seen)).toEqual(new Set(NOTATIONS));
  });

  it('writes addresses in sectors and keeps NULL_ADDR a name', () => {
    expect(inNotation(0x100000n, 'blocks', 'address')).toBe('sector 2048');
    expect(inNotation(0x100000n, 'usual', 'address')).toBe('0x100000');
    expect(inNotation(65536n, 'usual', 'length')).toBe('65536');
    expect(inNotation(NULL_ADDR, 'hex', 'address')).toBe('NULL_ADDR');
    expect(inNotation(NULL_ADDR, 'hex', 'length')).toBe('0xffffffffffffffff');
    expect(everyNotation(8192n, 'length')).toBe('8192 · 0x2000 · 2 blocks');
  });
});
