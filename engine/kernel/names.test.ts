// SPDX-License-Identifier: MIT
/** The numbers here and those of the core are written down twice: they must agree. */

import { describe, expect, test } from 'vitest';
import { coreConstants } from '../../tests/core-constants.ts';
import * as errno from './errno.ts';
import { DEFAULT_REVISION } from './features.ts';
import * as names from './names.ts';

/** The codes of names are the numbers before May 2026; numbering.test.ts has those of each revision. */
const constants = (path: string) => coreConstants(`assembly/${path}`, DEFAULT_REVISION);

const fuse = constants('include/uapi/linux/fuse.ts');
const iomap = constants('include/linux/iomap.ts');
const kernelErrno = constants('include/linux/errno.ts');

/** Names of the core's that begin so, with the prefix taken off. */
function withPrefix(all: Map<string, number>, prefix: string, other: string[] = []): [string, number][] {
  return [...all]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, number] => [name.slice(prefix.length), value])
    .filter(([name]) => !other.includes(name));
}

const TABLES: [string, names.NameTable, [string, number][]][] = [
  ['FUSE_IOMAP_TYPE', names.FUSE_IOMAP_TYPE, withPrefix(fuse, 'FUSE_IOMAP_TYPE_')],
  ['FUSE_IOMAP_F', names.FUSE_IOMAP_F, withPrefix(fuse, 'FUSE_IOMAP_F_', ['SERVER'])],
  ['FUSE_IOMAP_OP', names.IOMAP_OP, withPrefix(fuse, 'FUSE_IOMAP_OP_', ['ALL'])],
  ['FUSE_BACKING_TYPE', names.FUSE_BACKING_TYPE, withPrefix(fuse, 'FUSE_BACKING_TYPE_', ['MASK'])],
  ['IOMAP_F', names.IOMAP_F, withPrefix(iomap, 'IOMAP_F_')],
  [
    'IOMAP_TYPE',
    names.IOMAP_TYPE,
    [...iomap]
      .map(([name, value]): [string, number] => [name.slice(6), value])
      .filter(([name]) => name in names.IOMAP_TYPE),
  ],
  [
    'IOMAP_OP',
    names.IOMAP_OP,
    [...iomap]
      .map(([name, value]): [string, number] => [name.slice(6), value])
      .filter(([name]) => name in names.IOMAP_OP),
  ],
  ['ERRNO', errno.ERRNO, [...kernelErrno].filter(([name]) => name.startsWith('E') && name in errno.ERRNO)],
];

test.each(TABLES)('%s: every name of the core has the same number here', (_, table, core) => {
  expect(core.length).toBeGreaterThan(1);
  expect(core).toEqual(core.map(([name]) => [name, table[name]]));
});

describe('tables whose names the core has all', () => {
  test.each([
    ['FUSE_IOMAP_TYPE', names.FUSE_IOMAP_TYPE, 'FUSE_IOMAP_TYPE_'],
    ['FUSE_IOMAP_F', names.FUSE_IOMAP_F, 'FUSE_IOMAP_F_'],
    ['FUSE_BACKING_TYPE', names.FUSE_BACKING_TYPE, 'FUSE_BACKING_TYPE_'],
  ])('%s', (_, table, prefix) => {
    for (const name of Object.keys(table)) expect(fuse.has(prefix + name), name).toBe(true);
  });
});

test('opcodes and ioctl commands', () => {
  for (const name of ['FUSE_IOMAP_BEGIN', 'FUSE_IOMAP_END'] as const) {
    expect(names.FUSE_OPCODE[name]).toBe(fuse.get(name));
  }
  for (const [name, value] of Object.entries(names.FUSE_DEV_IOC)) expect(value).toBe(fuse.get(name));
});

test('the ioctl commands are what _IOW() makes of them', () => {
  const iow = (number: number, bytes: number) => 2 ** 30 + bytes * 2 ** 16 + 229 * 2 ** 8 + number;
  expect(names.FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN).toBe(iow(1, 16));
  expect(names.FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_CLOSE).toBe(iow(2, 4));
});

test('flagNames returns names in the order of the bits, and the remaining bits as one number', () => {
  expect(names.flagNames(names.FUSE_IOMAP_F, 0)).toEqual([]);
  expect(names.flagNames(names.FUSE_IOMAP_F, 0x8481)).toEqual(['NEW', 'WANT_IOMAP_END', '0x8400']);
  expect(names.flagNames(names.IOMAP_OP, 0x8000_0001)).toEqual(['WRITE', 'WRITEBACK']);
  expect(names.flagNames(names.IOMAP_OP, 0xffff_ffff).at(-1)).toBe('0x3ffff800');
});

test('errnos read and write the same, and have one name for 117', () => {
  for (const [name, value] of Object.entries(errno.ERRNO)) {
    expect([errno.errnoText(-value), errno.errnoFromText(`-${name}`)]).toEqual([`-${name}`, -value]);
  }
  expect(errno.errnoFromText('-EUCLEAN')).toBe(-117);
  expect([errno.errnoText(5), errno.errnoText(0), errno.errnoText(-600n)]).toEqual(['5', '0', '-600']);
  expect([errno.errnoFromText('EIO'), errno.errnoFromText('-toString')]).toEqual([undefined, undefined]);
});
