// SPDX-License-Identifier: GPL-2.0-only
/** What a running kernel was seen to do (docs/LIMITS.md): each rule on its own, on the default revision. */
import { describe, expect, test } from 'vitest';
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
const { MAPPED, UNWRITTEN, HOLE } = TYPE;
const [NOWAIT, OVERWRITE_ONLY, ATOMIC, DONTCACHE] = [0x20, 0x40, 0x200, 0x400];
const ATOMIC_BIO = 0x40;
const ENOSYS = -38;
const MAXBYTES = 0x7fff_ffff_ffff_ffffn;

const silent = () => new Scripted(() => null);
const whole = () => new Scripted(from(map(MAPPED, 0, 65536, 0)));
const buffered = (opflags: number) => ({ direct: false, opflags });
const direct = (opflags: number) => ({ direct: true, opflags });

describe('refused before anybody is asked', () => {
  const machine = () => ioMachine(core, { size: 65536 });

  test.each([
    ['a buffered write that must not wait', buffered(NOWAIT), 0n, 512, -22n],
    ['DONTCACHE, buffered', buffered(DONTCACHE), 0n, 512, -95n],
    ['DONTCACHE, direct, before everything else', direct(DONTCACHE | ATOMIC), MAXBYTES, 7, -95n],
    ['ATOMIC, buffered, whatever else is wrong', buffered(ATOMIC | NOWAIT), MAXBYTES, 7, -95n],
    ['ATOMIC of more than a block', direct(ATOMIC), 0n, 8192, -22n],
    ['ATOMIC off the grid, before the size limit', direct(ATOMIC | NOWAIT), MAXBYTES - 512n, 4096, -22n],
    ['at the largest offset', direct(0), MAXBYTES, 512, -27n],
    ['nothing to write', buffered(DONTCACHE | NOWAIT | ATOMIC), 0n, 0, 0n],
  ])('%s', (_, options, pos, length, ret) => {
    const server = silent();
    expect(machine().write('a', pos, filled(length, 1), options, server).ret).toBe(ret);
    expect(server.take()).toEqual([]);
  });

  test('DONTCACHE of a read; a read of nothing', () => {
    const server = silent();
    expect(machine().read('a', 0n, 512, buffered(DONTCACHE), server).ret).toBe(-95n);
    expect(machine().read('a', 0n, 512, direct(DONTCACHE), server).ret).toBe(-95n);
    expect(machine().read('a', 0n, 0, direct(DONTCACHE), server).ret).toBe(0n);
    expect(server.take()).toEqual([]);
  });

  test('OVERWRITE_ONLY past the end of the file', () => {
    expect(machine().write('a', 61440n, filled(8192, 1), direct(OVERWRITE_ONLY), silent()).ret).toBe(-11n);
  });
});

describe('a buffered read', () => {
  test('wants the blocks that it touches, those past the end of the file too', () => {
    const machine = ioMachine(core, { size: 0, blockSizeBits: 9 });
    const server = whole();
    machine.write('a', 0n, filled(1024, 7), BUFFERED, server);
    server.take();
    expect(machine.read('a', 0n, 1024, BUFFERED, server).ret).toBe(1024n);
    expect(server.take()).toEqual([]);
    expect(machine.read('a', 512n, 512, BUFFERED, server).ret).toBe(512n);
    expect(server.take()).toEqual([]);
    expect(machine.read('a', 0n, 1025, BUFFERED, server).ret).toBe(1024n);
    expect(server.take()).toEqual(['begin(0,4096) 0']);
    expect(machine.read('a', 0n, 4096, BUFFERED, server).ret).toBe(1024n);
    expect(server.take()).toEqual([]);
  });

  test('that is refused there is -EIO, though all that it would return is there', () => {
    const machine = ioMachine(core, { size: 0, blockSizeBits: 9 });
    machine.write('a', 0n, filled(512, 7), BUFFERED, whole());
    expect(machine.read('a', 0n, 8192, BUFFERED, new Scripted(() => -5)).ret).toBe(-5n);
  });

  test('that must not wait reads ahead and no more', () => {
    const machine = ioMachine(core, { size: 65536, blockSizeBits: 9 });
    const server = whole();
    expect(machine.read('a', 0n, 4096, buffered(NOWAIT), server).ret).toBe(4096n);
    expect(server.take()).toEqual(['begin(0,4096) 0']);
    const refusing = new Scripted(() => -5);
    expect(machine.read('a', 8192n, 4096, buffered(NOWAIT), refusing).ret).toBe(-11n);
    expect(refusing.take()).toEqual(['begin(8192,4096) 0']);
    expect(machine.read('a', 0n, 12288, buffered(NOWAIT), refusing).ret).toBe(4096n);
    // A folio that is there with some of its blocks is not read.
    machine.write('a', 16384n, filled(512, 1), BUFFERED, server);
    expect(machine.read('a', 16384n, 1024, buffered(NOWAIT), silent()).ret).toBe(-11n);
    expect(machine.read('a', 16384n, 512, buffered(NOWAIT), silent()).ret).toBe(512n);
  });
});

describe('direct I/O that must not wait', () => {
  test('reads past clean pages and not past dirty ones; a write past none', () => {
    const machine = ioMachine(core, { size: 65536 });
    const server = whole();
    machine.read('a', 0n, 4096, BUFFERED, server);
    expect(machine.read('a', 0n, 4096, direct(NOWAIT), server).ret).toBe(4096n);
    expect(machine.write('a', 0n, filled(4096, 1), direct(NOWAIT), server).ret).toBe(-11n);
    machine.write('a', 0n, filled(4096, 1), BUFFERED, server);
    expect(machine.read('a', 0n, 4096, direct(NOWAIT), silent()).ret).toBe(-11n);
  });
});

describe('-ENOSYS', () => {
  /** No direct I/O from this position on. */
  const until = (end: bigint) =>
    new Scripted((request) =>
      (request.opflags & 0x10) !== 0 && request.pos >= end
        ? ENOSYS
        : map(MAPPED, Number(request.pos), 4096, 0x10000 + Number(request.pos)),
    );
  const bytes = Uint8Array.from({ length: 12288 }, (_, i) => 1 + (i >> 12));

  test('to a later begin of a write: the rest of the bytes goes to its start', () => {
    const machine = ioMachine(core, { size: 65536 });
    const server = until(4096n);
    const done = machine.write('a', 0n, bytes, DIRECT, server);
    expect(done.ret).toBe(8192n);
    expect(server.take()).toEqual([
      'begin(0,12288) 11',
      'begin(4096,8192) 11',
      'ioend(0,4096) 8 -38',
      'begin(0,8192) 1',
      'begin(4096,4096) 1',
    ]);
    expect(done.events.filter(({ kind }) => kind === 'note')).toMatchObject([
      { note: 'dio-fell-back', a: 4096n, b: 0n },
    ]);
    machine.fsync('a', server);
    expect([machine.peek('vda', 0x10000n, 1)[0], machine.peek('vda', 0x11000n, 1)[0]]).toEqual([2, 3]);
  });

  test('to a later begin of a read: the buffer goes on with the first bytes of the file', () => {
    const machine = ioMachine(core, { size: 65536 });
    const server = until(4096n);
    const first = machine.peek('vda', 0x10000n, 4096);
    const read = machine.read('a', 0n, 12288, DIRECT, server);
    expect(read.ret).toBe(8192n);
    expect(read.data).toEqual(Uint8Array.from([...first, ...first]));
  });

  test('to the zeroing before a write: it is asked for again, and nothing was used up', () => {
    const machine = ioMachine(core, { size: 4096 });
    let asked = 0;
    const server = new Scripted(({ pos, opflags }) =>
      (opflags & 2) !== 0 && asked++ === 0 ? ENOSYS : map(HOLE, Number(pos), 65536),
    );
    expect(machine.write('a', 8192n, filled(512, 1), DIRECT, server).ret).toBe(512n);
    expect(server.take()).toEqual([
      'begin(4096,4096) 2',
      'begin(4096,4096) 2',
      'begin(8192,512) 1',
      'end(8192,512) 1 512 100',
    ]);
  });

  test('to an atomic write is -EOPNOTSUPP; pages that cannot be written make it -EAGAIN', () => {
    const machine = ioMachine(core, { size: 65536 });
    expect(machine.write('a', 0n, filled(4096, 1), direct(ATOMIC), new Scripted(() => ENOSYS)).ret).toBe(
      -95n,
    );
    machine.write('a', 0n, filled(4096, 1), BUFFERED, whole());
    expect(machine.write('a', 0n, filled(4096, 1), direct(ATOMIC), new Scripted(() => -28)).ret).toBe(-11n);
  });

  test('near the largest offset: the rest is what was cut before', () => {
    const machine = ioMachine(core, { size: MAXBYTES - 4095n });
    const end = MAXBYTES - 4095n;
    const asked: bigint[] = [];
    const server = new Scripted((request) => (asked.push(request.count), ENOSYS));
    expect(machine.write('a', end, filled(8192, 1), DIRECT, server).ret).toBe(-38n);
    expect(asked).toEqual([4095n, 4095n]);
  });
});

describe('the requests of one mapping', () => {
  test('go out as one: an error under any fails all, and the next mapping sees it', () => {
    const faults = [{ operations: 'write' as const, sector: 20n, sectors: 1n, times: null, error: -5 }];
    const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', faults }] });
    const server = new Scripted(from(map(UNWRITTEN, 0, 8192, 8192), map(MAPPED, 8192, 8192, 32768)));
    const done = machine.write('a', 1024n, filled(8192, 1), DIRECT, server);
    expect(done.ret).toBe(-5n);
    expect(bios(done)).toEqual(['write vda 16+1024 -5', 'write vda 18+7168 -5']);
    expect(server.take()).toEqual([
      'begin(1024,8192) 11',
      'begin(8192,1024) 11',
      'end(8192,1024) 11 0 0',
      'ioend(1024,7168) a -5',
    ]);
  });

  test('a fault that comes once comes once for all of them', () => {
    const faults = [{ operations: 'write' as const, sector: 0n, sectors: 1000n, times: 1, error: -5 }];
    const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', faults }] });
    const server = new Scripted(from(map(UNWRITTEN, 0, 8192, 8192)));
    expect(
      bios(machine.write('a', 512n, filled(512, 1), DIRECT, server)).every((bio) => bio.endsWith('-5')),
    ).toBe(true);
    expect(machine.write('a', 512n, filled(512, 1), DIRECT, server).ret).toBe(512n);
  });

  test('what is refused when it is submitted ends the mapping at once', () => {
    const machine = ioMachine(core, { size: 4 << 20, devices: [{ name: 'vda', sizeBytes: 1n << 21n }] });
    const server = new Scripted(from(map(MAPPED, 0, 4 << 20, 1 << 20)));
    const done = machine.write('a', 0n, filled(3 << 20, 1), DIRECT, server);
    expect(bios(done)).toEqual(['write vda 2048+1048576', 'write vda 4096+1048576 -5']);
    expect(server.take()).toEqual(['begin(0,3145728) 11', 'end(0,3145728) 11 0 0', 'ioend(0,2097152) 8 -5']);
  });

  test('ATOMIC_BIO: -EINVAL for the data, after the end of the device and before its blocks; zeros are written', () => {
    const devices = [{ name: 'vda', logicalBlockSizeBytes: 512, sizeBytes: 1n << 20n }];
    const machine = ioMachine(core, { size: 65536, devices });
    const at = (addr: number, type: number = MAPPED) =>
      new Scripted(from(map(type, 0, 4096, addr, { flags: ATOMIC_BIO })));
    const torn = machine.write('a', 512n, filled(3584, 1), DIRECT, at(8192, UNWRITTEN));
    expect([torn.ret, bios(torn)]).toEqual([-22n, ['write vda 16+512', 'write vda 17+3584 -22']]);
    expect(machine.write('a', 0n, filled(4096, 1), DIRECT, at(1 << 20)).ret).toBe(-5n);
    expect(machine.read('a', 0n, 4096, DIRECT, at(8192)).ret).toBe(4096n);
  });
});

describe('writing back', () => {
  const dirty = (machine: ReturnType<typeof ioMachine>) =>
    machine.write('a', 0n, filled(4096, 5), BUFFERED, whole());

  test('-ENOMEM is tried again, and is told by fsync alone', () => {
    const machine = ioMachine(core, { size: 65536 });
    const broke = new Scripted(() => -12);
    dirty(machine);
    expect(machine.fsync('a', broke).ret).toBe(-12n);
    expect(machine.fsync('a', broke).ret).toBe(0n);
    dirty(machine);
    broke.take();
    expect(machine.read('a', 0n, 4096, DIRECT, broke).ret).toBe(-5n);
    expect(broke.take()).toEqual(['begin(0,4096) 1', 'ioend(0,4096) 0 -12']);
    expect(machine.fsync('a', broke).ret).toBe(-12n);
    dirty(machine);
    expect(machine.truncate('a', 65536n, broke).ret).toBe(-5n);
  });

  test('an error of a device is -ENOSPC or -EIO to all but fsync', () => {
    const of = (error: number) => {
      const faults = [{ operations: 'write' as const, sector: 0n, sectors: 8n, times: null, error }];
      const machine = ioMachine(core, { size: 65536, devices: [{ name: 'vda', faults }] });
      dirty(machine);
      return [machine.fiemap('a', 0n, 4096n, 1, 0, whole()).ret, machine.fsync('a', whole()).ret];
    };
    expect([of(-28), of(-61), of(-5)]).toEqual([
      [-28n, -28n],
      [-5n, -61n],
      [-5n, -5n],
    ]);
  });

  test('the others hear of an error once, and leave it for fsync', () => {
    const machine = ioMachine(core, { size: 65536 });
    dirty(machine);
    const told = [new Scripted(() => -28), whole(), whole()];
    expect(told.map((server) => machine.fiemap('a', 0n, 4096n, 1, 0, server).ret)).toEqual([-28n, 1n, 1n]);
    expect(['a', 'a'].map((inode) => machine.fsync(inode, whole()).ret)).toEqual([-28n, 0n]);
  });

  test('fsync takes the memory of the others with it', () => {
    const machine = ioMachine(core, { size: 65536 });
    dirty(machine);
    expect(machine.fsync('a', new Scripted(() => -28)).ret).toBe(-28n);
    expect(machine.fiemap('a', 0n, 4096n, 1, 0, whole()).ret).toBe(1n);
  });

  test('a truncation to the size that is there zeroes the rest of its block', () => {
    const machine = ioMachine(core, { size: 5000 });
    const server = new Scripted(from(map(MAPPED, 0, 8192, 0)));
    expect(machine.truncate('a', 5000n, server).ret).toBe(0n);
    expect(server.take()[0]).toBe('begin(5000,3192) 2');
    expect(machine.truncate('a', 5000n, new Scripted(() => -28)).ret).toBe(-28n);
    const aligned = ioMachine(core, { size: 8192 });
    expect(aligned.truncate('a', 8192n, silent()).ret).toBe(0n);
  });
});

describe('ANON_WRITE at writeback', () => {
  const anon = (offset: number, length: number, addr: number) =>
    map(MAPPED, offset, length, addr, { flags: F.ANON_WRITE });
  const dirtied = (length: number) => {
    const machine = ioMachine(core, { size: 65536 });
    machine.write('a', 0n, filled(length, 5), BUFFERED, whole());
    return machine;
  };
  const ioends = (server: Scripted) => server.take().filter((request) => request.startsWith('ioend'));

  test('alone: joined whatever their places are, and nothing goes out', () => {
    const server = new Scripted(from(anon(0, 4096, 0), anon(4096, 4096, 0x40000)));
    const done = dirtied(8192).fsync('a', server);
    expect([done.ret, bios(done), warns(done)]).toEqual([-5n, [], ['writeback-anon']]);
    expect(ioends(server)).toEqual(['ioend(0,8192) 20 -5']);
  });

  test('after one with a place that it may join: neither is written', () => {
    const server = new Scripted(from(map(MAPPED, 0, 4096, 0), anon(4096, 4096, 0x40000)));
    const done = dirtied(8192).fsync('a', server);
    expect([done.ret, bios(done)]).toEqual([-5n, []]);
    expect(ioends(server)).toEqual(['ioend(0,8192) 20 -5']);
  });

  test('that cannot join the request before it: the kernel crashes', () => {
    const machine = dirtied(12288);
    // A gap: the second run is no neighbour of the first.
    machine.write('a', 32768n, filled(4096, 5), BUFFERED, whole());
    const done = machine.fsync('a', new Scripted(from(map(MAPPED, 0, 12288, 0), anon(32768, 4096, 0x40000))));
    expect([done.halt, done.oops]).toEqual(['oops', expect.stringContaining('freed')]);
  });

  test('before one with a place that it cannot join: a request past any end', () => {
    const machine = dirtied(4096);
    machine.write('a', 32768n, filled(4096, 5), BUFFERED, whole());
    const done = machine.fsync('a', new Scripted(from(anon(0, 4096, 0), map(MAPPED, 32768, 4096, 0))));
    expect([done.ret, bios(done)]).toEqual([
      -5n,
      [`write vda ${(1n << 64n) - 1n}+4096 -5`, 'write vda 0+4096'],
    ]);
  });
});

describe('seek in an unwritten extent, blocks of 1024', () => {
  const machine = (...written: [number, number][]) => {
    const one = ioMachine(core, { size: 65536, blockSizeBits: 10 });
    for (const [pos, length] of written) one.write('a', BigInt(pos), filled(length, 1), BUFFERED, whole());
    return one;
  };
  /** Unwritten up to `end`, then a hole. */
  const server = (end: number) => new Scripted(from(map(UNWRITTEN, 0, end, 0), map(HOLE, end, 65536 - end)));
  const seek = (one: ReturnType<typeof machine>, pos: number, whence: 'data' | 'hole', end = 8192) =>
    one.seek('a', BigInt(pos), whence, server(end)).ret;

  test('finds blocks, from the middle of one too, and what lies between', () => {
    const one = machine([1024, 1024]);
    expect([seek(one, 0, 'data'), seek(one, 1500, 'data'), seek(one, 2048, 'data')]).toEqual([
      1024n,
      1500n,
      -6n,
    ]);
    expect([seek(one, 0, 'hole'), seek(one, 1024, 'hole')]).toEqual([0n, 2048n]);
  });

  test('data just after the extent, in its last folio, ends the search with its end', () => {
    const one = machine([3072, 1024]);
    expect(seek(one, 0, 'data', 2048)).toBe(2048n);
  });

  test('no hole up to the end of the extent: the next mapping is asked for', () => {
    const one = machine([0, 2048]);
    const asked = server(2048);
    expect(one.seek('a', 0n, 'hole', asked).ret).toBe(2048n);
    expect(asked.take()).toHaveLength(2);
  });
});
