// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coreConstants } from '../../tests/core-constants.ts';
import { REVISIONS } from './features.ts';
import { FUSE_IOMAP_TYPE, IOMAP_OP, type NameTable } from './names.ts';
import { joinOps, opNames, rawOpCode, rawTypeCode, typeNumber } from './codes.ts';
import { numberingOf, otherMeaning } from './numbering.ts';

const MAY = numberingOf('2026-05');
const OLD = numberingOf('late');

/** Those of all types of which something holds: one question to the test runner instead of 65,536. */
const typesThat = (holds: (type: number) => boolean) =>
  Array.from({ length: 0x1_0000 }, (_, type) => type).filter(holds);

describe.each(REVISIONS)('on %s', (revision) => {
  const { typeOf, typeCode, opOf, opCode } = numberingOf(revision);

  test('every name has the number that it has in the core', () => {
    const core = coreConstants('assembly/include/uapi/linux/fuse.ts', revision);
    const numbers = (prefix: string, table: NameTable, numberOf: (code: number) => number) =>
      Object.entries(table).flatMap(([name, code]) =>
        core.has(prefix + name) ? [[prefix + name, numberOf(code)] as const] : [],
      );
    const types = numbers('FUSE_IOMAP_TYPE_', FUSE_IOMAP_TYPE, typeOf);
    expect(types).toHaveLength(Object.keys(FUSE_IOMAP_TYPE).length);
    const ops = numbers('FUSE_IOMAP_OP_', IOMAP_OP, opOf);
    expect(ops.map(([name]) => name)).toContain('FUSE_IOMAP_OP_WRITEBACK');
    for (const [name, number] of [...types, ...ops]) expect(number, name).toBe(core.get(name));
  });

  test('a type that is read is written as the same number', () => {
    expect(typesThat((type) => typeOf(typeCode(type)) !== type)).toEqual([]);
  });

  test('a type that an author gives as a number is sent as that number', () => {
    expect(typesThat((type) => typeOf(rawTypeCode(type)) !== type)).toEqual([]);
    expect(typesThat((type) => typeNumber(rawTypeCode(type)) !== type)).toEqual([]);
  });

  test('op flags that an author gives as a number are handed over as that number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (op) => {
        expect(opOf(rawOpCode(op))).toBe(op);
        expect(opOf(joinOps(rawOpCode(op), IOMAP_OP.WRITE))).toBe((op | 1) >>> 0);
      }),
    );
  });

  test('op flags that are read have the names that they have there', () => {
    expect(opNames(opCode(opOf(IOMAP_OP.WRITEBACK)))).toEqual(['WRITEBACK']);
    expect(opNames(opCode(opOf(IOMAP_OP.SWAPFILE)))).toEqual(['SWAPFILE']);
  });
});

test('255 is no name from May 2026 on, and 65535 none before', () => {
  expect(MAY.typeCode(65535)).toBe(FUSE_IOMAP_TYPE.PURE_OVERWRITE);
  expect(typeNumber(MAY.typeCode(255))).toBe(255);
  expect(MAY.typeCode(255)).not.toBe(FUSE_IOMAP_TYPE.PURE_OVERWRITE);
  expect(OLD.typeCode(65535)).toBe(65535);
  expect(otherMeaning(255)).toEqual({ name: 'PURE_OVERWRITE', since: false });
  expect(otherMeaning(65534)).toEqual({ name: 'RETRY_CACHE', since: true });
  expect(otherMeaning(5)).toBeNull();
});

test('a flag by number keeps its number beside a flag by name', () => {
  const code = joinOps(rawOpCode(0x8000_1000), IOMAP_OP.WRITEBACK);
  expect(opNames(code)).toEqual(['WRITEBACK', '0x80001000']);
  expect([OLD.opOf(code), MAY.opOf(code)]).toEqual([0x8000_1000, 0x8000_1800]);
});
