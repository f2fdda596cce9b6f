// SPDX-License-Identifier: GPL-2.0-only
/** The backing table, and whole sequences of calls on it. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Machine } from '#engine/core/machine.ts';
import { OutOfMemoryError } from '#engine/core/memory.ts';
import {
  BACKING_CLOSE,
  BACKING_OPEN,
  FD,
  close,
  mappings,
  newMachine,
  open,
  openIomap,
  openPassthrough,
  overwrite,
  packed,
} from '../core-machine.ts';
import { coreWithMemory, loadCore } from '../core-module.ts';

const [
  EPERM,
  ENOENT,
  EBADF,
  ENOMEM,
  EFAULT,
  EBUSY,
  ENODEV,
  EISDIR,
  EINVAL,
  ENOTTY,
  ENOSPC,
  ELOOP,
  EOPNOTSUPP,
] = [-1, -2, -9, -12, -14, -16, -19, -21, -22, -25, -28, -40, -95];

let module: WebAssembly.Module;
beforeAll(() => {
  module = loadCore();
});

const times = (count: number, perform: () => number): number[] => Array.from({ length: count }, perform);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

describe('id allocation (13.2)', () => {
  test('I I I', () => {
    const machine = newMachine(module);
    expect(times(3, () => openIomap(machine))).toEqual([1, 2, 3]);
  });

  test('I × 1025: the last fails, and the cursor stays', () => {
    const machine = newMachine(module);
    expect(times(1025, () => openIomap(machine))).toEqual([...upTo(1024), ENOSPC]);
    expect([machine.cursor, machine.live]).toEqual([1025, 1024]);
    expect(openPassthrough(machine)).toBe(1025);
    expect(machine.cursor).toBe(1026);
    expect(openIomap(machine)).toBe(ENOSPC);
    expect(machine.cursor).toBe(1026);
  });

  test('P P, close 1, P: a freed id waits for the search to wrap', () => {
    const machine = newMachine(module);
    const opened = [openPassthrough(machine), openPassthrough(machine), close(machine, 1).ret];
    expect([...opened, openPassthrough(machine)]).toEqual([1, 2, 0, 3]);
  });

  test('P × 1024, I, P: passthrough ids starve iomap', () => {
    const machine = newMachine(module);
    times(1024, () => openPassthrough(machine));
    expect([openIomap(machine), openPassthrough(machine)]).toEqual([ENOSPC, 1025]);
  });

  test('P × 1500, I; close 3 and 1400; I; P: the shared cursor falls back', () => {
    const machine = newMachine(module);
    times(1500, () => openPassthrough(machine));
    expect(openIomap(machine)).toBe(ENOSPC);
    expect([close(machine, 3).ret, close(machine, 1400).ret]).toEqual([0, 0]);
    expect(openIomap(machine)).toBe(3);
    expect(machine.cursor).toBe(4);
    expect(openPassthrough(machine)).toBe(1400);
  });

  test('a full range with one id free below: the entry closed is the one that is found, at either edge', () => {
    for (const id of [1, 1024]) {
      const machine = newMachine(module);
      times(1024, () => openPassthrough(machine));
      expect(close(machine, id).ret).toBe(0);
      expect([openIomap(machine), openIomap(machine)]).toEqual([id, ENOSPC]);
    }
  });
});

describe('order of open and close (13.5, 3.2, 3.4)', () => {
  const check = (machine: Machine, fd: number, flags: number, padding = 0n) => {
    const { ret, decided } = open(machine, fd, flags, padding);
    return [ret, decided?.check];
  };

  test('open', () => {
    const iomap = newMachine(module, { iomap: true });
    const none = newMachine(module, { iomap: false, passthrough: false });
    expect(check(none, -1, 2, 1n)).toEqual([EOPNOTSUPP, 'open-type-unknown']);
    expect(check(none, -1, 1, 1n)).toEqual([EPERM, 'open-not-permitted']);
    expect(check(none, -1, 0, 1n)).toEqual([EPERM, 'open-not-permitted']);
    expect(check(iomap, -1, 0x101, 1n)).toEqual([EINVAL, 'open-flags']);
    expect(check(iomap, -1, 0x8000_0001, 1n)).toEqual([EINVAL, 'open-flags']);
    expect(check(iomap, -1, 1, 1n)).toEqual([EINVAL, 'open-padding']);
    expect(check(iomap, -1, 1, 1n << 63n)).toEqual([EINVAL, 'open-padding']);
    expect(check(iomap, -1, 1)).toEqual([EBADF, 'open-badfd']);
    expect(check(iomap, FD.none, 1)).toEqual([EBADF, 'open-badfd']);
    expect(check(iomap, FD.reg, 1)).toEqual([ENODEV, 'open-may-open']);
    expect(check(iomap, FD.chr, 1)).toEqual([ENODEV, 'open-may-open']);
    expect(check(iomap, FD.dir, 0)).toEqual([EISDIR, 'open-may-open']);
    expect(check(iomap, FD.vda, 0)).toEqual([EINVAL, 'open-may-open']);
    expect(check(iomap, FD.deepStack, 0)).toEqual([ELOOP, 'open-may-open']);
    expect(check(iomap, FD.midStack, 0)).toEqual([1, undefined]);
    expect(check(iomap, FD.deepBlk, 1)).toEqual([2, undefined]);
    expect(check(newMachine(module, { maxStackDepth: 0 }), FD.reg, 0)).toEqual([ELOOP, 'open-may-open']);
    iomap.setCapabilities(['CAP_SYS_RAWIO']);
    expect(check(iomap, FD.reg, 0x100)).toEqual([EPERM, 'open-not-permitted']);
    expect(check(iomap, FD.vda, 1)).toEqual([3, undefined]);
  });

  test('close', () => {
    const machine = newMachine(module);
    expect([openIomap(machine), openPassthrough(machine)]).toEqual([1, 2]);
    const closed = (id: number) => {
      const { ret, decided } = close(machine, id);
      return [ret, decided?.check];
    };
    machine.setCapabilities([]);
    expect(closed(0)).toEqual([EINVAL, 'close-badid']);
    expect(closed(0xffff_ffff)).toEqual([EINVAL, 'close-badid']);
    expect(closed(0x8000_0000)).toEqual([EINVAL, 'close-badid']);
    expect(closed(0x7fff_ffff)).toEqual([ENOENT, 'close-noent']);
    expect(closed(5)).toEqual([ENOENT, 'close-noent']);
    expect(closed(1)).toEqual([EBUSY, 'close-busy']);
    expect(closed(1)).toEqual([EBUSY, 'close-busy']);
    expect(closed(2)).toEqual([EPERM, 'close-not-permitted']);
    expect([machine.entry(1)?.refs, machine.entry(2)?.refs]).toEqual([1, 1]);
    machine.setCapabilities(['CAP_SYS_ADMIN']);
    expect(closed(2)).toEqual([0, undefined]);
    expect(closed(2)).toEqual([ENOENT, 'close-noent']);
  });

  test('what is not built is not supported', () => {
    const noIomap = newMachine(module, { config: { iomap: false, passthrough: true } });
    expect(check(noIomap, FD.vda, 1)).toEqual([EOPNOTSUPP, 'open-type-unknown']);
    const noPassthrough = newMachine(module, { config: { iomap: true, passthrough: false } });
    expect(check(noPassthrough, FD.reg, 0)).toEqual([EOPNOTSUPP, 'open-type-unknown']);
    const nothing = newMachine(module, { config: { iomap: false, passthrough: false } });
    expect(check(nothing, FD.reg, 0)).toEqual([EOPNOTSUPP, 'open-not-built']);
    expect(close(nothing, 0).decided?.check).toBe('close-not-built');
    // The configuration is asked before the argument is copied.
    expect(nothing.ioctl(BACKING_OPEN, new Uint8Array(0)).decided?.check).toBe('open-not-built');
  });

  test('the ioctl layer: command, connection, then the copy', () => {
    const machine = newMachine(module);
    const ioctl = (cmd: number, arg: Uint8Array, connection = true) => {
      const { ret, decided } = machine.ioctl(cmd, arg, { connection });
      return [ret, decided?.check];
    };
    const map = packed([4, FD.vda], [4, 1], [8, 0]);
    expect(ioctl(0x1234, map, false)).toEqual([ENOTTY, 'ioctl-unknown']);
    expect(ioctl(BACKING_OPEN, map.subarray(0, 3), false)).toEqual([EPERM, 'ioctl-no-connection']);
    expect(ioctl(BACKING_CLOSE, map, false)).toEqual([EPERM, 'ioctl-no-connection']);
    expect(ioctl(BACKING_OPEN, map.subarray(0, 15))).toEqual([EFAULT, 'open-copy']);
    expect(ioctl(BACKING_OPEN, map)).toEqual([1, undefined]);
    expect(ioctl(BACKING_CLOSE, packed([2, 1], [1, 0]))).toEqual([EFAULT, 'close-copy']);
    expect(ioctl(BACKING_CLOSE, packed([4, 9]))).toEqual([ENOENT, 'close-noent']);
  });

  test('struct fuse_backing_map: fd at 0, flags at 4, padding at 8', () => {
    const machine = newMachine(module);
    const operands = (bytes: Uint8Array) => machine.ioctl(BACKING_OPEN, bytes).decided?.operands;
    expect(operands(packed([4, FD.vda], [4, 0x0403_0201], [8, 0]))).toEqual([0x0403_0200n]);
    expect(operands(packed([4, FD.vda], [4, 1], [8, 0x1817_1615_1413_1211n]))).toEqual([
      0x1817_1615_1413_1211n,
    ]);
    expect(operands(packed([4, -123], [4, 1], [8, 0]))).toEqual([-123n]);
  });
});

describe('references (3.5, 3.7)', () => {
  test('a passthrough backing lives until its last user goes', () => {
    const machine = newMachine(module);
    expect([openPassthrough(machine), openIomap(machine)]).toEqual([1, 2]);
    const first = machine.passthroughOpen(1);
    const second = machine.passthroughOpen(1);
    expect(machine.entry(1)?.refs).toBe(3);
    expect(close(machine, 1).events.map(({ kind }) => kind)).toEqual(['get', 'put', 'put']);
    expect(machine.entry(1)).toBeNull();
    expect(machine.passthroughOpen(1).ret).toBe(ENOENT);
    expect(machine.passthroughRelease(first.handle!).events).toMatchObject([
      { kind: 'put', serial: 1, refs: 1 },
    ]);
    expect(machine.passthroughRelease(second.handle!).events).toMatchObject([
      { kind: 'put', serial: 1, refs: 0 },
    ]);
    const iomapId = machine.passthroughOpen(2);
    expect([iomapId.ret, iomapId.decided?.check, iomapId.decided?.operands]).toEqual([
      ENOENT,
      'passthrough-noent',
      [2n, 1n],
    ]);
    expect([0, -1, -0x8000_0000].map((id) => machine.passthroughOpen(id).ret)).toEqual([
      EINVAL,
      EINVAL,
      EINVAL,
    ]);
  });

  test('an unmount frees all; held references make one WARN, however many there are', () => {
    const machine = newMachine(module);
    times(200, () => openPassthrough(machine));
    for (const id of [5, 77, 150]) machine.passthroughOpen(id);
    const { events, path } = machine.unmount();
    expect(path).toEqual([]);
    expect(events).toEqual([{ kind: 'warn', after: 0, warn: 'backing-busy-at-unmount', a: 5n, b: 2n }]);
    expect([machine.live, machine.entry(5)]).toEqual([0, null]);
  });

  test('an unmount with nothing held is silent, and no request leaves afterwards', () => {
    const machine = newMachine(module);
    times(3, () => openIomap(machine));
    expect(machine.unmount().events).toEqual([]);
    const hole = { offset: 0n, length: 4096n, addr: (1n << 64n) - 1n, type: 0, flags: 0, dev: 0 };
    const { ret, request } = machine.iomapBegin('a', 0n, 1n, 0, mappings(hole, overwrite(hole)));
    expect([ret, request]).toEqual([-107, null]);
  });
});

describe('size', () => {
  test('ids beyond every level of the tree: 64, 4096, 262144', { timeout: 120_000 }, () => {
    const machine = newMachine(loadCore('fast'));
    const last = 64 ** 3 + 70;
    for (let id = 1; id <= last; id++) if (openPassthrough(machine) !== id) expect.fail(`no id ${id}`);
    expect([machine.live, machine.cursor]).toEqual([last, last + 1]);
    const edges = [1, 63, 64, 65, 4095, 4096, 4097, 262_143, 262_144, 262_145, last];
    expect(edges.map((id) => machine.entry(id)?.serial)).toEqual(edges);
    expect(machine.entry(last + 1)).toBeNull();
    expect(machine.lookup(64 ** 4, 'PASSTHROUGH')).toBe(0);

    const full = machine.memoryBytes;
    for (const id of edges) expect(close(machine, id).ret).toBe(0);
    for (const id of edges) expect([machine.entry(id), close(machine, id).ret]).toEqual([null, ENOENT]);
    // iomap wraps to what is free in its range, and draws the cursor with it.
    expect([openIomap(machine), openIomap(machine), openIomap(machine)]).toEqual([1, 63, 64]);
    expect([openPassthrough(machine), openPassthrough(machine)]).toEqual([65, 4095]);
    expect([4096, 4097, 262_143, 262_144, 262_145, last].map(() => openPassthrough(machine))).toEqual([
      4096,
      4097,
      262_143,
      262_144,
      262_145,
      last,
    ]);
    expect(machine.memoryBytes).toBe(full);
    expect(machine.unmount().ret).toBe(0);
    expect(machine.live).toBe(0);
  });

  test('memory follows what lives: 100,000 opens and closes leave it where it was', () => {
    const machine = newMachine(loadCore('fast'));
    const cycle = (count: number) => {
      for (let i = 0; i < count; i++)
        if (close(machine, openPassthrough(machine)).ret !== 0) expect.fail('close');
    };
    cycle(5_000);
    const before = machine.memoryBytes;
    cycle(100_000);
    expect([machine.live, machine.memoryBytes]).toEqual([0, before]);
  });

  test('a table that was large is used again and not beside', () => {
    const machine = newMachine(loadCore('fast'));
    times(5_000, () => openPassthrough(machine));
    const before = machine.memoryBytes;
    for (let id = 1; id <= 5_000; id++) close(machine, id);
    times(5_000, () => openPassthrough(machine));
    // The new ids lie elsewhere in the tree, which costs at most a batch of nodes.
    expect(machine.memoryBytes - before).toBeLessThanOrEqual(2048);
  });

  test('an allocation that fails leaves all as it was', () => {
    const machine = newMachine(module);
    expect([openPassthrough(machine), openIomap(machine)]).toEqual([1, 2]);
    const state = () => [
      machine.live,
      machine.cursor,
      machine.entry(1),
      machine.entry(2),
      machine.entry(3),
      machine.memoryBytes,
    ];
    const before = state();
    const arg = packed([4, FD.vda], [4, 1], [8, 0]);
    const failed = machine.ioctl(BACKING_OPEN, arg, { failAllocation: true });
    expect([failed.ret, failed.decided?.check, failed.events]).toEqual([ENOMEM, 'open-nomem', []]);
    expect(state()).toEqual(before);
    // A refusal before the allocation does not pass the failure on to a later call.
    const early = machine.ioctl(BACKING_OPEN, packed([4, 99], [4, 1], [8, 0]), { failAllocation: true });
    expect(early.ret).toBe(EBADF);
    expect(openIomap(machine)).toBe(3);
    expect(machine.entry(3)?.serial).toBe(3);
  });

  test('the end of memory is an OutOfMemoryError with words, not a trap', () => {
    const machine = newMachine(coreWithMemory(2));
    let opened = 0;
    const fill = () => {
      for (;;) {
        if (openPassthrough(machine) !== opened + 1) expect.fail('an id out of turn');
        opened++;
      }
    };
    expect(fill).toThrow(OutOfMemoryError);
    expect(fill).toThrow(/ran out of its memory/);
    expect(opened).toBeGreaterThan(1000);
    // What came before stands.
    expect([machine.entry(1)?.refs, machine.entry(opened)?.refs]).toEqual([1, 1]);
  });
});

test('a snapshot is the machine: what happens after it is undone', () => {
  const machine = newMachine(module);
  times(70, () => openPassthrough(machine));
  const saved = machine.snapshot();
  times(5_000, () => openPassthrough(machine));
  close(machine, 1);
  const other = newMachine(module);
  for (const each of [machine, other]) {
    each.restore(saved);
    expect([each.live, each.cursor, each.entry(1)?.refs]).toEqual([70, 71, 1]);
    expect([openPassthrough(each), each.entry(71)?.serial]).toEqual([71, 71]);
  }
  expect(machine.snapshot()).toEqual(other.snapshot());
});
