// SPDX-License-Identifier: GPL-2.0-only
/** What accepted mappings do: sectors, the faults of servers that no check sees, and what is lost in silence. */
import { describe, expect, test } from 'vitest';
import type { IoMachine } from '#engine/core/io-machine.ts';
import { loadCore } from '../core-module.ts';
import {
  BUFFERED,
  DIRECT,
  F,
  Scripted,
  TYPE,
  bios,
  filled,
  from,
  ioMachine,
  map,
  warns,
} from '../io-machine.ts';

const core = loadCore();
const { HOLE, MAPPED, UNWRITTEN, DELALLOC, INLINE } = TYPE;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 29));

describe('sectors', () => {
  test.each([
    ['at the start of the extent', 0x100000, 4096, 2048],
    ['further on', 0x100000, 6144, 2052],
    ['an address 256 past a sector loses the remainder', 0x100100, 4096, 2048],
  ])('%s', (_, addr, pos, sector) => {
    const machine = ioMachine(core, { size: 65536 });
    const server = new Scripted(from(map(MAPPED, 4096, 8192, addr)));
    const result = machine.read('a', BigInt(pos), 512, DIRECT, server);
    expect(bios(result)).toEqual([`read vda ${sector}+512`]);
    expect(text(result.data)).toBe(`vda         :${sector.toString(16).padStart(16, '0')}`);
  });
});

test('a position within a sector is read from that sector: 6000 of an extent at 4096', () => {
  // Blocks of 512, so that no more than the block around the byte is read.
  const machine = ioMachine(core, { size: 65536, blockSizeBits: 9 });
  const server = new Scripted(from(map(MAPPED, 4096, 8192, 0x100000)));
  const result = machine.write('a', 6000n, filled(1, 0x61), BUFFERED, server);
  expect(bios(result)).toEqual(['read vda 2051+512']);
});

describe('servers that are wrong', () => {
  const one = (mapping: ReturnType<typeof map>) => new Scripted(from(mapping));

  test('a mapping past the end of the device: -EIO, and nothing of it moves', () => {
    const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', sizeBytes: 0x101000n }] });
    const server = one(map(MAPPED, 0, 8192, 0x100000));
    const read = machine.read('a', 0n, 8192, DIRECT, server);
    expect([read.ret, bios(read), warns(read)]).toEqual([
      -5n,
      ['read vda 2048+8192 -5'],
      ['bio-end-of-device'],
    ]);
    const before = machine.peek('vda', 0x100000n, 4096);
    expect(machine.write('a', 0n, filled(8192, 1), DIRECT, server).ret).toBe(-5n);
    expect(machine.peek('vda', 0x100000n, 4096)).toEqual(before);
  });

  test('off the grid of a device with blocks of 4096: -EIO', () => {
    const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', logicalBlockSizeBytes: 4096 }] });
    const read = machine.read('a', 0n, 4096, DIRECT, one(map(MAPPED, 0, 4096, 0x100200)));
    expect([read.ret, warns(read)]).toEqual([-5n, ['bio-unaligned']]);
  });

  test('the largest blocks that a device can have, 64 KiB, are taken whole and on their grid', () => {
    const devices = [{ name: 'vda', sizeBytes: 0x400000n, logicalBlockSizeBytes: 65536 }];
    const machine = ioMachine(core, { size: 0x40000, blockSizeBits: 16, devices });
    const whole = one(map(MAPPED, 0, 0x20000, 0x100000));
    expect(machine.write('a', 0n, filled(65536, 7), DIRECT, whole).ret).toBe(65536n);
    expect(machine.peek('vda', 0x100000n, 65536)).toEqual(filled(65536, 7));
    expect(machine.read('a', 0n, 4096, DIRECT, whole).ret).toBe(-22n);
    expect(machine.read('a', 0n, 65536, DIRECT, one(map(MAPPED, 0, 0x20000, 0x101000))).ret).toBe(-5n);
  });

  test('a read-only device: a warning, and the bytes are written', () => {
    const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', readOnly: true }] });
    const result = machine.write('a', 0n, filled(4096, 9), DIRECT, one(map(MAPPED, 0, 4096, 0)));
    expect([result.ret, warns(result)]).toEqual([4096n, ['bio-read-only']]);
    expect(machine.peek('vda', 0n, 4096)).toEqual(filled(4096, 9));
  });

  test.each([
    ['HOLE', HOLE, 'dio-hole-write'],
    ['DELALLOC', DELALLOC, 'dio-delalloc'],
    ['INLINE', INLINE, 'dio-inline'],
  ] as const)('%s under a direct write: -EIO', (_, type, warn) => {
    const machine = ioMachine(core, { size: 65536 });
    const server = one(map(type, 0, 4096));
    const result = machine.write('a', 0n, filled(4096, 9), DIRECT, server);
    expect([result.ret, warns(result)]).toEqual([-5n, [warn]]);
    expect(server.take()).toEqual(['begin(0,4096) 11', 'end(0,4096) 11 0 0', 'ioend(0,0) 8 -5']);
  });

  test.each([
    [HOLE, 4096n, []],
    [UNWRITTEN, 4096n, []],
    [DELALLOC, -5n, ['dio-delalloc']],
  ] as const)('type %s under a direct read', (type, ret, said) => {
    const machine = ioMachine(core, { size: 65536 });
    const result = machine.read('a', 0n, 4096, DIRECT, one(map(type, 0, 4096)));
    expect([result.ret, warns(result), bios(result)]).toEqual([ret, said, []]);
    expect(result.data).toEqual(filled(ret > 0n ? 4096 : 0, 0));
  });

  test('INLINE: the kernel would oops, buffered, or directly after the first byte', () => {
    const buffered = ioMachine(core, { size: 100 }).read('a', 0n, 100, BUFFERED, one(map(INLINE, 0, 4096)));
    expect([buffered.ret, buffered.halt]).toEqual([null, 'oops']);
    const wild = ioMachine(core, { size: 4096 }).read('a', 512n, 512, DIRECT, one(map(INLINE, 0, 4096)));
    expect([wild.ret, wild.halt]).toEqual([null, 'oops']);
  });

  test.each([
    ['a direct read', (machine: IoMachine, server: Scripted) => machine.read('a', 0n, 4096, DIRECT, server)],
    [
      'a direct write',
      (machine: IoMachine, server: Scripted) => machine.write('a', 0n, filled(4096, 1), DIRECT, server),
    ],
    [
      'a buffered read',
      (machine: IoMachine, server: Scripted) => machine.read('a', 0n, 4096, BUFFERED, server),
    ],
    [
      'writing back',
      (machine: IoMachine, server: Scripted) => {
        expect(machine.write('a', 0n, filled(4096, 1), BUFFERED, server).ret).toBe(4096n);
        return machine.fsync('a', server);
      },
    ],
  ])('a NULL bdev: %s is the end of the kernel, and no trap of the core', (_, io) => {
    const machine = ioMachine(core, { size: 65536, nowhere: true });
    const done = io(machine, one(map(MAPPED, 0, 4096, 0x100000)));
    expect([done.ret, done.halt, done.oops]).toEqual([
      null,
      'oops',
      'A bio is submitted to a NULL block device.',
    ]);
    expect(bios(done)).toEqual([]);
  });

  test('two files on the same sectors: one reads what the other wrote', () => {
    const machine = ioMachine(core, { size: 65536, others: ['b'] });
    const server = one(map(MAPPED, 0, 65536, 0x100000));
    expect(machine.write('a', 0n, filled(4096, 0x55), DIRECT, server).ret).toBe(4096n);
    expect(machine.read('b', 0n, 4096, DIRECT, server).data).toEqual(filled(4096, 0x55));
  });

  test.each([
    ['shows what the new blocks held before', 0, 'vda'],
    ['with F_NEW shows zeros', F.NEW, '\0\0\0'],
  ])('out of place with a HOLE to read from, a part of a block: %s', (_, flags, start) => {
    const machine = ioMachine(core, { size: 65536 });
    const server = new Scripted(() => [map(HOLE, 0, 4096), map(MAPPED, 0, 4096, 0x100000, { flags })]);
    expect(machine.write('a', 1000n, filled(10, 1), BUFFERED, server).ret).toBe(10n);
    expect(text(machine.read('a', 0n, 4096, BUFFERED, server).data).slice(0, 3)).toBe(start);
  });
});

describe('what is lost in silence', () => {
  test('a HOLE answered to writeback: fsync says 0, the bytes are read until they leave the cache', () => {
    const machine = ioMachine(core, { size: 65536 });
    const before = machine.peek('vda', 0n, 65536);
    const server = new Scripted(from(map(HOLE, 0, 65536)));
    machine.write('a', 0n, filled(4096, 3), BUFFERED, server);
    const synced = machine.fsync('a', server);
    expect([synced.ret, bios(synced)]).toEqual([0n, []]);
    expect(server.take()).toEqual(['begin(0,4096) 1', 'begin(0,4096) 1']);
    expect(machine.fsync('a', server).calls).toEqual([]);
    expect(machine.read('a', 0n, 4096, BUFFERED, server).data).toEqual(filled(4096, 3));
    machine.write('a', 0n, filled(4096, 4), DIRECT, server);
    expect(machine.read('a', 0n, 4096, BUFFERED, server).data).toEqual(filled(4096, 0));
    expect(machine.peek('vda', 0n, 65536)).toEqual(before);
  });

  test('a refused ioend of writeback: fsync says 0, the size is not told, the extent stays unwritten', () => {
    const machine = ioMachine(core);
    const server = new Scripted(from(map(UNWRITTEN, 0, 65536, 0x100000)));
    server.ioend = -5;
    machine.write('a', 0n, filled(4096, 3), BUFFERED, server);
    expect(machine.fsync('a', server).ret).toBe(0n);
    expect(server.take().at(-1)).toBe('ioend(0,4096) 32 0');
    expect(machine.sizes('a')).toEqual({ sizeBytes: 4096n, diskSizeBytes: 0n });
    expect(machine.fsync('a', server).ret).toBe(0n);
    expect(machine.read('a', 0n, 4096, DIRECT, server).data).toEqual(filled(4096, 0));
  });

  test('a refused ioend of a direct write is its result', () => {
    const machine = ioMachine(core);
    const server = new Scripted(from(map(UNWRITTEN, 0, 65536, 0x100000)));
    server.ioend = -28;
    expect(machine.write('a', 0n, filled(4096, 3), DIRECT, server).ret).toBe(-28n);
    expect(machine.sizes('a')).toEqual({ sizeBytes: 0n, diskSizeBytes: 0n });
  });

  test('written blocks past the end of the file: a direct write after them shows what they hold', () => {
    const machine = ioMachine(core, { size: 4096 });
    const server = new Scripted(from(map(MAPPED, 0, 65536, 0x100000)));
    expect(machine.write('a', 8192n + 512n, filled(512, 1), DIRECT, server).ret).toBe(512n);
    expect(text(machine.read('a', 8192n, 512, DIRECT, server).data).slice(0, 3)).toBe('vda');
  });
});

describe('bios', () => {
  test('past the end of the file nothing is read: zeros, in the cache only', () => {
    const machine = ioMachine(core, { size: 600, blockSizeBits: 9 });
    const server = new Scripted(from(map(MAPPED, 0, 65536, 0)));
    const result = machine.read('a', 0n, 600, BUFFERED, server);
    expect([result.ret, bios(result)]).toEqual([600n, ['read vda 0+1024']]);
    // The folio is uptodate: a write after the end reads nothing, and the gap is zeros.
    expect(bios(machine.write('a', 2000n, filled(1, 1), BUFFERED, server))).toEqual([]);
    expect(machine.read('a', 1024n, 977, BUFFERED, server).data).toEqual(
      Uint8Array.from([...filled(976, 0), 1]),
    );
  });

  test('mappings that continue each other make one bio; of a write across devices too, and the second gets nothing', () => {
    const machine = ioMachine(core, { size: 16384, devices: [{ name: 'vda' }, { name: 'vdb' }] });
    const part = (i: number, dev: number) => map(MAPPED, i * 4096, 4096, i * 4096, { dev });
    const server = new Scripted(from(part(0, 1), part(1, 1), part(2, 2), part(3, 2)));
    const read = machine.read('a', 0n, 16384, BUFFERED, server);
    expect(bios(read)).toEqual(['read vda 0+8192', 'read vdb 16+8192']);
    machine.write('a', 0n, filled(16384, 1), BUFFERED, server);
    expect(bios(machine.fsync('a', server))).toEqual(['write vda 0+16384']);
    expect(text(machine.peek('vdb', 8192n, 512))).toBe('vdb         :0000000000000010');
  });
});

describe('errors', () => {
  const faulty = (operations: 'read' | 'write', sector: bigint, error = -5, times: number | null = null) => [
    { name: 'vda', faults: [{ operations, sector, sectors: 1n, times, error }] },
  ];

  test('a bio that fails in a direct write: all of it is -ENOSPC, the ioend tells what was submitted', () => {
    const machine = ioMachine(core, { size: 1 << 22, devices: faulty('write', 2048n, -28) });
    const server = new Scripted(from(map(MAPPED, 0, 1 << 22, 0)));
    const result = machine.write('a', 0n, filled(3 << 20, 2), DIRECT, server);
    expect(result.ret).toBe(-28n);
    // They go to the device as one request, so that the bad sector fails them all, and the mapping does not see it.
    expect(bios(result)).toEqual([0, 2048, 4096].map((sector) => `write vda ${sector}+1048576 -28`));
    expect(server.take()).toEqual(['begin(0,3145728) 11', 'ioend(0,3145728) 8 -28']);
    expect(text(machine.peek('vda', 0n, 512))).toBe('vda         :0000000000000000');
  });

  test('one bad sector: the folios beside it are served, and a fault that comes once is over', () => {
    const machine = ioMachine(core, { size: 65536, devices: faulty('read', 8n, -5, 2) });
    const server = new Scripted(from(map(MAPPED, 0, 65536, 0)));
    const first = machine.read('a', 0n, 12288, BUFFERED, server);
    expect([first.ret, bios(first)]).toEqual([
      4096n,
      ['read vda 0+12288 -5', 'read vda 0+4096', 'read vda 8+4096 -5'],
    ]);
    expect(machine.read('a', 0n, 12288, BUFFERED, server).ret).toBe(12288n);
  });

  test('a bad block of 512 fails a folio that is read by itself; what did arrive is there the next time', () => {
    const [once] = faulty('read', 0n, -5, 1);
    const [always] = faulty('read', 104n);
    const faults = [...once!.faults, ...always!.faults];
    const machine = ioMachine(core, { size: 65536, blockSizeBits: 9, devices: [{ name: 'vda', faults }] });
    const server = new Scripted(from(map(MAPPED, 0, 512, 0), map(MAPPED, 512, 7680, 0xd000)));
    expect(machine.read('a', 0n, 512, BUFFERED, server).ret).toBe(-5n);
    expect(machine.read('a', 512n, 512, BUFFERED, server).ret).toBe(-5n);
    expect(machine.read('a', 0n, 512, BUFFERED, server).ret).toBe(512n);
  });

  test('a fault without an end, and an error that a device has no word for', () => {
    const faults = [
      { operations: 'both' as const, sector: 8n, sectors: 2n ** 64n - 1n, times: null, error: -117 },
    ];
    const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', faults }] });
    const server = new Scripted(from(map(MAPPED, 0, 65536, 0)));
    expect(machine.read('a', 4096n, 512, DIRECT, server).ret).toBe(-5n);
    expect(machine.read('a', 0n, 512, DIRECT, server).ret).toBe(512n);
  });

  test('a refused writeback: the rest of the folio is told, the error comes once, the data stays in the cache', () => {
    const machine = ioMachine(core, { size: 65536 });
    let refuse = false;
    const server = new Scripted((request) =>
      refuse && request.pos === 4096n
        ? -117
        : from(map(MAPPED, 0, 4096, 0), map(MAPPED, 4096, 61440, 4096))(request),
    );
    machine.write('a', 0n, filled(8192, 5), BUFFERED, server);
    server.take();
    refuse = true;
    const result = machine.fsync('a', server);
    // What was not submitted by then fails too: -EFSCORRUPTED has no block status.
    expect([result.ret, bios(result)]).toEqual([-117n, []]);
    expect(server.take()).toEqual([
      'begin(0,4096) 1',
      'begin(4096,4096) 1',
      'ioend(4096,4096) 0 -117',
      'ioend(0,4096) 20 -5',
    ]);
    expect(machine.fsync('a', server).ret).toBe(0n);
    expect(machine.read('a', 0n, 8192, BUFFERED, server).data).toEqual(filled(8192, 5));
    expect(server.take()).toEqual([]);
  });

  test('an error that a direct read met is told by the next fsync again', () => {
    const machine = ioMachine(core, { size: 65536 });
    let refuse = false;
    const server = new Scripted((request) => (refuse ? -28 : from(map(MAPPED, 0, 65536, 0))(request)));
    machine.write('a', 0n, filled(4096, 5), BUFFERED, server);
    refuse = true;
    expect(machine.read('a', 0n, 4096, DIRECT, server).ret).toBe(-28n);
    refuse = false;
    expect([machine.fsync('a', server).ret, machine.fsync('a', server).ret]).toEqual([-28n, 0n]);
  });

  test('a direct write whose range cannot be written back: through the cache, but -EAGAIN is told as it is', () => {
    const asked = (refused: number): string[] => {
      const machine = ioMachine(core, { size: 65536 });
      const extent = map(MAPPED, 0, 65536, 0);
      machine.write('a', 0n, filled(4096, 1), BUFFERED, new Scripted(from(extent)));
      let begins = 0;
      const server = new Scripted(() => (begins++ === 0 ? refused : extent));
      const done = machine.write('a', 0n, filled(4096, 2), DIRECT, server).ret;
      expect(done).toBe(refused === -11 ? -11n : 4096n);
      const all = server.take();
      // Nobody has told of the error yet but the write that went on.
      expect(machine.fsync('a', server).ret).toBe(BigInt(refused));
      return all;
    };
    const writeback = ['begin(0,4096) 1', 'ioend(0,4096) 0 '];
    expect(asked(-5)).toEqual([writeback[0], `${writeback[1]}-5`, 'begin(0,4096) 1']);
    expect(asked(-11)).toEqual([writeback[0], `${writeback[1]}-11`]);
  });

  test('-ENOTBLK from begin is not an error; -ENOSYS is, to the server, and the write goes through the cache', () => {
    const machine = ioMachine(core, { size: 65536 });
    const refusing = new Scripted(() => -15);
    expect(machine.write('a', 0n, filled(512, 1), DIRECT, refusing).ret).toBe(0n);
    expect(refusing.take()).toEqual(['begin(0,512) 11']);
    const server = new Scripted(({ opflags, ...request }) =>
      (opflags & 16) !== 0 ? -38 : from(map(MAPPED, 0, 65536, 0))({ opflags, ...request }),
    );
    expect(machine.write('a', 0n, filled(512, 1), DIRECT, server).ret).toBe(512n);
    expect(server.take()).toEqual(['begin(0,512) 11', 'ioend(0,0) 8 -38', 'begin(0,512) 1']);
    // It is not synchronous: the bytes are in the cache, dirty.
    expect(text(machine.peek('vda', 0n, 512))).toBe('vda         :0000000000000000');
    expect(machine.fsync('a', server).ret).toBe(0n);
    expect(machine.peek('vda', 0n, 512)).toEqual(filled(512, 1));
  });

  test('a call that never returns leaves nothing to the next', () => {
    const machine = ioMachine(core, { size: 65536 });
    let silent = false;
    const server = new Scripted((request) =>
      silent && request.pos >= 8192n
        ? null
        : from(map(MAPPED, 0, 8192, 0), map(MAPPED, 8192, 57344, 0x9000))(request),
    );
    machine.write('a', 0n, filled(16384, 6), BUFFERED, server);
    silent = true;
    expect([machine.fsync('a', server).halt, bios(machine.fsync('a', server))]).toEqual(['waiting', []]);
    silent = false;
    machine.write('a', 0n, filled(512, 8), BUFFERED, server);
    expect(bios(machine.fsync('a', server))).toEqual(['write vda 0+4096']);
    const other = ioMachine(core, { size: 65536 });
    silent = true;
    const waiting = other.read('a', 0n, 16384, BUFFERED, server);
    expect([waiting.halt, bios(waiting)]).toEqual(['waiting', []]);
  });
});

test('BOUNDARY parts the bios of a writeback, and no server hears of it', () => {
  const machine = ioMachine(core, { size: 65536 });
  const server = new Scripted(
    from(map(UNWRITTEN, 0, 4096, 0), map(UNWRITTEN, 4096, 4096, 4096, { flags: F.BOUNDARY })),
  );
  machine.write('a', 0n, filled(8192, 5), BUFFERED, server);
  server.take();
  expect(bios(machine.fsync('a', server))).toEqual(['write vda 0+4096', 'write vda 8+4096']);
  expect(server.take().slice(2)).toEqual(['ioend(0,4096) 22 0', 'ioend(4096,4096) 22 0']);
  // Only where the mapping begins: the folios after it go with it.
  const whole = new Scripted(from(map(UNWRITTEN, 0, 12288, 0, { flags: F.BOUNDARY })));
  machine.write('a', 0n, filled(12288, 5), BUFFERED, whole);
  expect(bios(machine.fsync('a', whole))).toEqual(['write vda 0+12288']);
});

test('what the cache holds past the end of the file is written back as zeros', () => {
  const machine = ioMachine(core, { size: 5000 });
  const server = new Scripted(from(map(MAPPED, 0, 8192, 0x100000)));
  expect(machine.peek('vda', 0x101000n + 904n, 3192)).not.toEqual(filled(3192, 0));
  machine.write('a', 4096n, filled(10, 1), BUFFERED, server);
  expect(bios(machine.fsync('a', server))).toEqual(['write vda 2056+4096']);
  expect(machine.peek('vda', 0x101000n, 10)).toEqual(filled(10, 1));
  expect(machine.peek('vda', 0x101000n + 904n, 3192)).toEqual(filled(3192, 0));
});

test('growing a file over a dirty folio of an unwritten extent: written back, asked again', () => {
  const machine = ioMachine(core, { size: 6000, blockSizeBits: 9 });
  const server = new Scripted(from(map(UNWRITTEN, 0, 65536, 0)));
  machine.write('a', 4096n, filled(1904, 5), BUFFERED, server);
  server.take();
  expect(machine.truncate('a', 16384n, server).ret).toBe(0n);
  // The block with the end is zeroed in the cache; the rest is stale by the time that its end is told.
  expect(server.take()).toEqual([
    'begin(6000,144) 2',
    'begin(6144,10240) 2',
    'begin(4096,2048) 1',
    'ioend(4096,1904) 22 0',
    'end(6144,10240) 2 0 200',
    'begin(6144,10240) 2',
  ]);
  expect(machine.sizes('a')).toEqual({ sizeBytes: 16384n, diskSizeBytes: 16384n });
});

test('an unshare reads from the source itself, and passes over a shared extent that is overwritten in place', () => {
  const machine = ioMachine(core, { size: 8192 });
  const shared = { flags: F.SHARED };
  const cow = new Scripted(() => [map(MAPPED, 0, 8192, 0, shared), map(MAPPED, 0, 8192, 0x10000, shared)]);
  const result = machine.unshare('a', 0n, 8192n, cow);
  expect([result.ret, bios(result)]).toEqual([0n, ['read vda 0+4096', 'read vda 8+4096']]);
  expect(bios(machine.fsync('a', cow))).toEqual(['write vda 128+8192']);
  expect(cow.take()).toEqual(['begin(0,8192) 81', 'begin(0,4096) 1', 'ioend(0,8192) 21 0']);
  const inPlace = new Scripted(from(map(MAPPED, 0, 8192, 0, shared)));
  expect(machine.unshare('a', 0n, 8192n, inPlace).events).toEqual([]);
  // Nor does one with a source count, if it is not said to be shared.
  const moved = new Scripted(() => [map(MAPPED, 0, 8192, 0), map(MAPPED, 0, 8192, 0x10000)]);
  expect(machine.unshare('a', 0n, 8192n, moved).events).toEqual([]);
  expect(bios(machine.fsync('a', moved))).toEqual([]);
});

test('bmap shifts the sector of the mapping, and one with ANON_WRITE has none: all bits are set', () => {
  const machine = ioMachine(core, { size: 65536 });
  const one = (flags: number) => new Scripted(from(map(MAPPED, 0, 65536, 0x8000, { flags })));
  expect(machine.bmap('a', 2n, one(0)).ret).toBe(10n);
  expect(machine.bmap('a', 2n, one(F.ANON_WRITE)).ret).toBe((1n << 61n) - 1n);
});

test('fiemap, seek and bmap: what each says of a file', () => {
  const machine = ioMachine(core, { size: 16384 });
  const hole = map(HOLE, 12288, 65536);
  const server = new Scripted(from(map(MAPPED, 0, 4096, 0x8000), map(UNWRITTEN, 4096, 8192, 0), hole));
  const told = machine.fiemap('a', 0n, 16384n, 0, 8, server).extents;
  expect(
    told.map(({ logical, physical, lengthBytes, flags }) => [logical, physical, lengthBytes, flags]),
  ).toEqual([
    [0n, 0x8000n, 4096n, 0],
    [4096n, 0n, 8192n, 0x801],
  ]);
  // A full array has no last element.
  const full = machine.fiemap('a', 0n, 16384n, 0, 1, server);
  expect([full.ret, full.extents.map(({ flags }) => flags)]).toEqual([1n, [0]]);
  expect(machine.fiemap('a', 0n, 16384n, 0, 0, server).ret).toBe(2n);
  expect(machine.seek('a', 0n, 'hole', server).ret).toBe(4096n);
  expect(machine.seek('a', 4096n, 'data', server).ret).toBe(-6n);
  machine.write('a', 8192n, filled(1, 1), BUFFERED, server);
  expect(machine.seek('a', 4096n, 'data', server).ret).toBe(8192n);
  expect(machine.bmap('a', 0n, server).ret).toBe(8n);
  expect(machine.bmap('a', 1n, server).ret).toBe(0n);
});

test('data in the cache of a huge unwritten extent is found at once', () => {
  const size = 1n << 62n;
  const machine = ioMachine(core, { size });
  const server = new Scripted(() => map(UNWRITTEN, 0, 0, 0, { length: size }));
  const far = size - 8192n;
  machine.write('a', far, filled(1, 1), BUFFERED, server);
  expect(machine.seek('a', 0n, 'data', server).ret).toBe(far);
  expect(machine.seek('a', far, 'hole', server).ret).toBe(far + 4096n);
});

test('at the largest offsets nothing wraps', () => {
  const size = 0x7fff_ffff_ffff_ffffn;
  const machine = ioMachine(core, { size });
  const server = new Scripted(() => map(HOLE, 0, 0, 0, { length: 1n << 63n }));
  expect(machine.read('a', size - 10n, 100, BUFFERED, server).data).toEqual(filled(10, 0));
  expect(machine.write('a', size, filled(1, 1), BUFFERED, server).ret).toBe(-27n);
  expect(machine.write('a', size - 4n, filled(10, 7), BUFFERED, server).ret).toBe(4n);
  expect(machine.read('a', size - 10n, 100, BUFFERED, server).data).toEqual(
    Uint8Array.from([0, 0, 0, 0, 0, 0, 7, 7, 7, 7]),
  );
  expect(machine.read('a', -1n, 1, BUFFERED, server).ret).toBe(-22n);
  expect(machine.truncate('a', -1n, server).ret).toBe(-22n);
});

test('an error that ends a mapping after some bytes were written is lost, and the next mapping is asked for', () => {
  const machine = ioMachine(core);
  const server = new Scripted(from(map(MAPPED, 0, 4096, 0x100000), map(MAPPED, 4096, 4096, 0x200000)));
  server.end = -5;
  expect(machine.write('a', 0n, filled(8192, 1), BUFFERED, server).ret).toBe(8192n);
  expect(server.take()).toEqual([
    'begin(0,8192) 1',
    'end(0,4096) 1 4096 100',
    'begin(4096,4096) 1',
    'end(4096,4096) 1 4096 100',
  ]);
});

test('out of place, no more is written at once than the source covers as well', () => {
  const machine = ioMachine(core, { size: 65536 });
  const server = new Scripted(({ pos }) => {
    const source = pos < 4096n ? map(MAPPED, 0, 4096, 0x100000) : map(MAPPED, 4096, 12288, 0x200000);
    return [source, map(MAPPED, 0, 16384, 0x300000, { flags: F.SHARED })];
  });
  expect(machine.write('a', 2048n, filled(4096, 1), BUFFERED, server).ret).toBe(4096n);
  expect(server.take()).toEqual(['begin(2048,4096) 1', 'begin(4096,2048) 1']);
  // The rest of the second block comes from the second source.
  const sector = (0x200000n + 2048n) >> 9n;
  const read = machine.read('a', 6144n, 512, BUFFERED, server);
  expect(text(read.data)).toBe(`vda         :${sector.toString(16).padStart(16, '0')}`);
});
