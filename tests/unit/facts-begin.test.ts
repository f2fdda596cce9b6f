// SPDX-License-Identifier: GPL-2.0-only
/** iomap_begin, field by field and row by row. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Machine } from '#engine/core/machine.ts';
import {
  FD,
  S64_MAX,
  U64_MAX,
  answer,
  bytesOf,
  mappings,
  newMachine,
  openIomap,
  openPassthrough,
  overwrite,
  type Mapping,
} from '../core-machine.ts';
import { loadCore } from '../core-module.ts';

let module: WebAssembly.Module;
beforeAll(() => {
  module = loadCore();
});

const MIB = 0x100000n;
const NULL_ADDR = U64_MAX;
const [HOLE, MAPPED, UNWRITTEN, PURE_OVERWRITE] = [0, 2, 3, 255];
const READ = 0;
const WRITE = 1;

function map(
  offset: bigint,
  length: bigint,
  addr: bigint,
  type: number,
  flags: number,
  dev: number,
): Mapping {
  return { offset, length, addr, type, flags, dev };
}

/** Id 1 is vda, id 2 a passthrough file, id 3 vdb. */
function prepared(): Machine {
  const machine = newMachine(module);
  expect([openIomap(machine), openPassthrough(machine), openIomap(machine, FD.vdb)]).toEqual([1, 2, 3]);
  return machine;
}

const GOOD = map(4096n, 4096n, MIB, MAPPED, 0, 1);
const ZEROS = map(0n, 0n, 0n, HOLE, 0, 0);
const TWO_64 = 1n << 64n;

/** The write mapping left out is the pure overwrite of read. */
const ROWS: [name: string, read: Mapping, write: Mapping | null, op: number, result: string][] = [
  ['good', GOOD, null, READ, 'ok'],
  ['a hole for a buffered write', map(4096n, 4096n, NULL_ADDR, HOLE, 0, 0), null, WRITE, 'ok'],
  ['a hole for a direct write', map(4096n, 4096n, NULL_ADDR, HOLE, 0, 0), null, WRITE | 0x10, 'ok'],
  ['type before flags and length', map(4096n, 0n, MIB, 5, 0x100, 1), null, READ, 'type-unknown read'],
  ['flags before length', map(4096n, 0n, MIB, MAPPED, 0x100, 1), null, READ, 'flags-unknown read'],
  ['length before alignment', map(100n, 0n, MIB, MAPPED, 0, 1), null, READ, 'length-zero read'],
  ['offset before length', map(100n, 100n, MIB, MAPPED, 0, 1), null, READ, 'offset-unaligned read'],
  [
    'a sum of 2^64',
    map(4096n, TWO_64 - 4096n, NULL_ADDR, HOLE, 0, 0),
    null,
    READ,
    'file-range-overflow read',
  ],
  ['the longest mapping', map(0n, TWO_64 - 4096n, NULL_ADDR, HOLE, 0, 0), null, READ, 'ok'],
  ['maxbytes before pos', map(1n << 63n, 4096n, MIB, MAPPED, 0, 1), null, READ, 'offset-past-maxbytes read'],
  ['dev before addr', map(4096n, 4096n, NULL_ADDR, MAPPED, 0, 0), null, READ, 'dev-missing read'],
  ['a hole with a dev', map(4096n, 4096n, 0n, HOLE, 0, 1), null, READ, 'dev-forbidden read'],
  ['0 is an address', map(4096n, 4096n, 0n, HOLE, 0, 0), null, READ, 'addr-forbidden read'],
  [
    'a pure overwrite as read',
    map(4096n, 4096n, NULL_ADDR, PURE_OVERWRITE, 0, 0),
    null,
    WRITE,
    'overwrite-on-read read',
  ],
  [
    'an address near the end',
    map(4096n, 8192n, TWO_64 - 4096n, MAPPED, 0, 1),
    null,
    READ,
    'device-range-overflow read',
  ],
  ['pos before the device', map(8192n, 4096n, MIB, MAPPED, 0, 99), null, READ, 'read-after-pos read'],
  [
    'an end at pos',
    map(0n, 4096n, MIB, MAPPED, 0, 1),
    overwrite(map(0n, 8192n, 0n, 0, 0, 0)),
    READ,
    'read-before-pos read',
  ],
  ['both start late', map(8192n, 4096n, MIB, MAPPED, 0, 1), null, READ, 'read-after-pos read'],
  [
    'write start before read end',
    map(0n, 4096n, MIB, MAPPED, 0, 1),
    overwrite(map(8192n, 4096n, 0n, 0, 0, 0)),
    READ,
    'write-after-pos write',
  ],
  ['a write that ends at pos', GOOD, overwrite(map(0n, 4096n, 0n, 0, 0, 0)), READ, 'write-before-pos write'],
  ['a passthrough id', map(4096n, 4096n, MIB, MAPPED, 0, 2), null, READ, 'dev-not-found read'],
  ['no lookup at INT_MAX', map(4096n, 4096n, MIB, MAPPED, 0, 0x7fff_ffff), null, READ, 'dev-not-found read'],
  ['a bogus write dev on a read', GOOD, map(4096n, 4096n, MIB, MAPPED, 0, 99), READ, 'ok'],
  ['a bogus write dev on a write', GOOD, map(4096n, 4096n, MIB, MAPPED, 0, 99), WRITE, 'dev-not-found write'],
  ['a zeroed write slot', GOOD, ZEROS, READ, 'length-zero write'],
  ['an overwrite that is not looked at', GOOD, map(4096n, 4096n, 0n, PURE_OVERWRITE, 1, 7), WRITE, 'ok'],
  ['an address off the sector', map(4096n, 4096n, MIB + 256n, MAPPED, 0, 1), null, READ, 'ok'],
  ['read is checked before write', map(4096n, 4096n, MIB, MAPPED, 0, 0), ZEROS, WRITE, 'dev-missing read'],
  [
    'an unwritten mapping needs an address',
    map(4096n, 4096n, NULL_ADDR, UNWRITTEN, 0, 1),
    null,
    READ,
    'addr-missing read',
  ],
];

test.each(ROWS)('13.4: %s', (_, read, write, op, result) => {
  const machine = prepared();
  const call = machine.iomapBegin('a', 4096n, 4096n, op, mappings(read, write ?? overwrite(read)));
  const { ret, decided } = call;
  expect(decided === null ? 'ok' : `${decided.check} ${decided.which}`).toBe(result);
  expect(ret).toBe(result === 'ok' ? 0 : -117);
  expect(call.srcmap).toBeNull();
  if (result === 'ok') {
    const { addr, offset, length, type } = read;
    expect(call.iomap).toEqual({ addr, offset, length, type, flags: 0, bdev: type === HOLE ? null : 'vda' });
  } else expect(call.iomap).toBeNull();
});

describe('the wire', () => {
  test('fuse_iomap_begin_in and its header (1.1): every field at its place', () => {
    const machine = newMachine(module);
    const seen: Uint8Array[] = [];
    const pos = 0x1817161514131211n;
    const count = 0x2827262524232221n;
    const { request } = machine.iomapBegin('a', pos, count, 0xffff_ffff, {
      answer: (asked) => {
        seen.push(asked.bytes);
        return null;
      },
    });
    // opflags: bits 0 to 10; reserved; attr_ino 12; pos; count.
    expect(seen[0]).toEqual(bytesOf('ff070000 00000000 0c00000000000000 1112131415161718 2122232425262728'));
    expect(request).toMatchObject({ opcode: 4094, nodeid: 112n, opflags: 0x7ff, attr_ino: 12n, pos, count });
  });

  test('fuse_iomap_begin_out (13.1): read at 0, write at 32, every field at its place', () => {
    const machine = prepared();
    const out = bytesOf(`0010000000000000 0020000000000000 0000100000000000 0200 0100 01000000
                         0000000000000000 0030000000000000 0000300000000000 0300 0400 03000000`);
    const server = { answer: ({ unique }: { unique: bigint }) => ({ bytes: answer(unique, 0, out) }) };
    const { ret, iomap, srcmap, reply } = machine.iomapBegin('a', 4096n, 1n, WRITE, server);
    expect(ret).toBe(0);
    expect(srcmap).toEqual({ offset: 4096n, length: 8192n, addr: MIB, type: MAPPED, flags: 1, bdev: 'vda' });
    expect(iomap).toEqual({
      offset: 0n,
      length: 12288n,
      addr: 3n * MIB,
      type: UNWRITTEN,
      flags: 4,
      bdev: 'vdb',
    });
    expect(reply?.read).toEqual(map(4096n, 8192n, MIB, MAPPED, 1, 1));
    expect(reply?.write).toEqual(map(0n, 12288n, 3n * MIB, UNWRITTEN, 4, 3));
  });
});

describe('conversion from the server (2.2)', () => {
  const KERNEL_BIT = [0, 1, 2, 3, 6, 7, 8, 12];

  test.each(KERNEL_BIT.map((to, from) => [from, to]))('flag bit %i becomes kernel bit %i', (from, to) => {
    const read = { ...GOOD, flags: 1 << from };
    const { iomap } = prepared().iomapBegin('a', 4096n, 1n, READ, mappings(read, overwrite(read)));
    expect(iomap?.flags).toBe(1 << to);
  });

  test.each([0, 1, 2, 3, 4])('type %i stays', (type) => {
    const onDevice = type === MAPPED || type === UNWRITTEN;
    const read = map(4096n, 4096n, onDevice ? MIB : NULL_ADDR, type, 0, onDevice ? 3 : 0);
    const { iomap } = prepared().iomapBegin('a', 4096n, 1n, READ, mappings(read, overwrite(read)));
    expect([iomap?.type, iomap?.bdev]).toEqual([type, onDevice ? 'vdb' : null]);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('op bit %i is told', (bit) => {
    const { request } = newMachine(module).iomapBegin('a', 0n, 1n, 1 << bit, { answer: () => null });
    expect(request?.opflags).toBe(1 << bit);
  });

  test('only WRITE, ZERO and UNSHARE use the write mapping', () => {
    const machine = prepared();
    const write = { ...GOOD, addr: 5n * MIB };
    const using = Array.from({ length: 32 }, (_, bit) => bit).filter(
      (bit) => machine.iomapBegin('a', 4096n, 1n, (1 << bit) >>> 0, mappings(GOOD, write)).srcmap !== null,
    );
    expect(using).toEqual([0, 1, 7]);
  });
});

describe('references on each path (3.8)', () => {
  const run = (read: Mapping, write: Mapping, op: number) => {
    const machine = prepared();
    const { events, ret } = machine.iomapBegin('a', 4096n, 1n, op, mappings(read, write));
    expect([1, 2, 3].map((id) => machine.entry(id)?.refs)).toEqual([1, 1, 1]);
    return [
      ret,
      events.map((event) =>
        event.kind === 'get' || event.kind === 'put'
          ? `${event.kind} ${event.serial} ${event.refs}`
          : event.kind,
      ),
    ];
  };
  const other = { ...GOOD, dev: 3 };
  const bogus = { ...GOOD, dev: 99 };

  test('a failed check takes none', () => expect(run(GOOD, ZEROS, WRITE)).toEqual([-117, []]));
  test('a read device that is not there takes none', () =>
    expect(run(bogus, other, WRITE)).toEqual([-117, []]));
  test('a write device that is not there puts the read device', () =>
    expect(run(GOOD, bogus, WRITE)).toEqual([-117, ['get 1 2', 'put 1 1']]));
  test('in place: one', () => expect(run(GOOD, overwrite(GOOD), WRITE)).toEqual([0, ['get 1 2', 'put 1 1']]));
  test('a read with another write mapping: one', () =>
    expect(run(GOOD, other, READ)).toEqual([0, ['get 1 2', 'put 1 1']]));
  test('out of place: read is taken before write, both are dropped', () => {
    const [ret, events] = run(GOOD, other, WRITE) as [number, string[]];
    expect([ret, events.slice(0, 2), events.slice(2).sort()]).toEqual([
      0,
      ['get 1 2', 'get 3 2'],
      ['put 1 1', 'put 3 1'],
    ]);
  });
  test('out of place on one device: two of it', () =>
    expect(run(GOOD, { ...GOOD, addr: 0n }, WRITE)).toEqual([
      0,
      ['get 1 2', 'get 1 3', 'put 1 2', 'put 1 1'],
    ]));
  test('a hole: none', () => {
    const hole = map(4096n, 4096n, NULL_ADDR, HOLE, 0, 0);
    expect(run(hole, overwrite(hole), WRITE)).toEqual([0, []]);
  });
});

test('maxbytes is compared with the start only, and as a number without sign', () => {
  const machine = newMachine(module, {
    inodes: [
      { name: 'small', blockSizeBits: 12, maxBytes: 8192n },
      { name: 'large', blockSizeBits: 12, maxBytes: S64_MAX },
    ],
  });
  const begin = (inode: string, offset: bigint, length: bigint) => {
    const hole = map(offset, length, NULL_ADDR, HOLE, 0, 0);
    return machine.iomapBegin(inode, offset, 1n, READ, mappings(hole, overwrite(hole))).decided?.check;
  };
  expect(begin('small', 4096n, TWO_64 - 8192n)).toBeUndefined();
  expect(begin('small', 8192n, 4096n)).toBe('offset-past-maxbytes');
  expect(begin('large', S64_MAX - 4095n, 4096n)).toBeUndefined();
  expect(begin('large', 1n << 63n, 4096n)).toBe('offset-past-maxbytes');
});
