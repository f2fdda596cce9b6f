// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import {
  FUSE_IOMAP_TYPE,
  IOMAP_OP,
  NULL_ADDR,
  capture,
  check,
  explain,
  is_write,
  mount,
  need_write_allocate,
  play,
  pure_overwrite,
  server,
  type FuseServer,
} from './index.ts';

/** The file lies on the device from 64 KiB on. */
const linear = (newsize?: bigint): FuseServer => {
  let dev = 0;
  return server({
    init: (se) => void (dev = se.device_add(3)),
    iomap_begin: (_nodeid, _ino, pos) => ({
      read: {
        offset: pos - (pos % 4096n),
        length: 8192n,
        addr: 65536n + pos - (pos % 4096n),
        type: FUSE_IOMAP_TYPE.MAPPED,
        dev,
      },
    }),
    iomap_end: () => 0,
    iomap_ioend: () => (newsize === undefined ? 0 : { newsize }),
    setattr: () => 0,
    fallocate: () => 0,
  });
};

describe('play', () => {
  test('takes text and data, and names every problem', () => {
    const scenario = { format: 1, steps: [{ do: 'pread', offset: 4096n, length: 512 }] };
    for (const source of [scenario, '{"format":1,"steps":[{"do":"pread","offset":4096,"length":512}]}'])
      expect(play(source, { server: linear() }).executions[0]?.ret).toBe(512n);
    expect(() => play({ format: 1, steps: [{ do: 'pread', offset: 1.5 }] })).toThrow(/offset is 1\.5/);
    expect(() => play({ format: 2, steps: [] })).toThrow(/not a scenario:\n1:\d+|not a scenario:\n2:\d+/);
  });

  test('names what is no revision and no server', () => {
    const none = JSON.stringify({ format: 1, steps: [{ do: 'pread' }] });
    expect(() => play(none, { revision: 'V7' as never })).toThrow('there is no revision V7: v6-03, v6-04');
    expect(() => play(none, { server: 'x' as never })).toThrow(
      'the server is a string, not an object of callbacks',
    );
    expect(() => play(undefined as never)).toThrow('the scenario is undefined, which no document holds');
  });

  test('is answered by the revision that is asked for', () => {
    const run = play({ format: 1, steps: [] }, { revision: 'late' });
    expect(run.revision).toBe('late');
  });
});

describe('mount', () => {
  const world = {
    devices: { vda: { size: '1M', contents: 'pattern' as const } },
    inodes: { a: { size: 0 } },
  };

  test.each(['v6-04', 'late'] as const)('%s: writes, reads back, and tells the calls inside', (revision) => {
    const fs = mount({ ...world, revision, server: linear() });
    const data = new Uint8Array(5000).fill(7);
    expect(fs.pwrite(0, data).ret).toBe(5000n);
    const sync = fs.fsync();
    expect(sync.ret).toBe(0n);
    expect(sync.calls.map(({ do: what }) => what)).toEqual(['iomap_begin', 'iomap_ioend']);
    expect(fs.pread(0, 8192, { direct: true })).toMatchObject({ ret: 5000n, bytes: data });
    expect(fs.peek('vda', 65536n, 4)).toEqual(new Uint8Array([7, 7, 7, 7]));
    expect(fs.fiemap().extents?.[0]).toMatchObject({ logical: 0n, physical: 65536n, lengthBytes: 8192n });
    expect(fs.seek(0, 'data').ret).toBe(0n);
    expect(fs.truncate(100).calls.some(({ do: what }) => what === 'setattr')).toBe(true);
    expect(fs.fzero(0, 50).calls.some(({ do: what }) => what === 'fallocate')).toBe(true);
    expect(fs.bmap(0).execution.io?.block).toBe(16n);
    expect(fs.begin(0n, 4096n, IOMAP_OP.WRITE).execution.iomap?.addr).toBe(65536n);
    expect(fs.run.executions.length).toBe(9);
  });

  test('is the same as all steps together', () => {
    const fs = mount({ ...world, server: linear() });
    fs.pwrite(100, new Uint8Array([1, 2, 3]));
    fs.truncate(50_000);
    fs.pread(0, 100);
    const steps = [
      { do: 'pwrite', offset: 100, data: '010203' },
      { do: 'truncate', length: 50_000 },
      { do: 'pread', length: 100 },
    ];
    const whole = play({ format: 1, ...world, steps }, { server: linear() });
    expect(fs.run).toEqual({ ...whole });
  });

  test('reads a device at a number or a bigint', () => {
    const fs = mount({ server: linear() });
    fs.pwrite(0, Uint8Array.of(1, 2, 3, 4), { direct: true });
    fs.fsync();
    expect(fs.peek('vda', 65536, 2)).toEqual(fs.peek('vda', 65536n, 2));
  });

  test('refuses what is no machine and no step', () => {
    expect(() => mount({ inodes: { a: { blockSize: 1000 } }, server: {} })).toThrow(/not a scenario/);
    expect(() => mount({ server: {} }).step({ do: 'fly' })).toThrow();
  });
});

describe('explain and check', () => {
  const bad = { read: { length: 4096n, type: FUSE_IOMAP_TYPE.MAPPED, dev: 9 } };

  test('a refused answer: the check, its sentence and what would be accepted', () => {
    const run = play(
      { format: 1, steps: [{ do: 'iomap_begin', count: 4096 }] },
      {
        server: { init: (se) => void se.device_add(3), iomap_begin: () => bad },
      },
    );
    const told = explain(run.executions[0]!);
    expect(told).toMatchObject({ check: 'dev-not-found', which: 'read', headline: 'Refused' });
    expect(told.sentence).toMatch(/9/);
    expect(told.nearest).toContain('read.dev 9 -> 1');
  });

  test('a call inside of a system call', () => {
    const fs = mount({ server: { init: (se) => void se.device_add(3), iomap_begin: () => bad } });
    const { calls } = fs.pread(0, 512);
    expect(explain(calls[0]!)).toMatchObject({ check: 'dev-not-found', which: 'read' });
    expect(explain(calls[0]!).nearest).toContain('read.dev 9 -> 1');
    expect(() => explain({ ...calls[0]! })).toThrow(TypeError);
  });

  test('one answer alone', () => {
    const asked = { pos: 0, count: 4096 };
    expect(check({ read: { ...bad.read, dev: 1 } }, asked)).toMatchObject({ accepted: true, check: null });
    expect(check(bad, asked)).toMatchObject({ accepted: false, ret: -117n, check: 'dev-not-found' });
    expect(check(-28, asked)).toMatchObject({ accepted: false, ret: -28n, check: null });
    expect(() => check({ read: { addr: 5 as never } }, asked)).toThrow(/read\.addr is 5/);
  });
});

describe('capture', () => {
  const steps = [
    { do: 'iomap_begin', count: 4096, times: 3 },
    { do: 'iomap_end', of: 0, written: 4096 },
    { do: 'pwrite', offset: 0, length: 20_000, fill: 5 },
    { do: 'truncate', length: 6000 },
    { do: 'pwrite', offset: 4096, length: 4096, direct: true },
    { do: 'fsync' },
    { do: 'pread', length: 9000, direct: true },
  ];
  const outcome = (run: ReturnType<typeof play>, skip: number) =>
    run.executions.slice(skip).map(({ do: what, ret, io }) => {
      const mapping = io?.calls.filter((call) => call.do === 'iomap_begin').map(({ iomap }) => iomap);
      return { what, ret, data: io?.data, size: io?.diskSizeBytes, mapping };
    });

  test.each(['v6-04', 'late'] as const)(
    '%s: a scenario that says the same without the server',
    (revision) => {
      const run = play({ format: 1, kernel: { revision }, steps }, { server: linear(12_345n) });
      const notes: string[] = [];
      const text = capture(run, notes);
      const again = play(text);
      expect(again.server).toBeUndefined();
      expect(again.executions[0]).toMatchObject({ do: 'backing_open', ret: 1n });
      expect(outcome(again, 1)).toEqual(outcome(run, 0));
      expect(again.expectations.unmet).toEqual([]);
      expect(notes).toEqual([]);
    },
  );

  test('a step that was answered differently each time becomes several', () => {
    let at = 0n;
    const moving: FuseServer = {
      init: (se) => void se.device_add(3),
      iomap_begin: () => ({
        read: { length: 4096n, addr: (at += 4096n), type: FUSE_IOMAP_TYPE.MAPPED, dev: 1 },
      }),
    };
    const run = play({ format: 1, steps: [{ do: 'iomap_begin', times: 3 }] }, { server: moving });
    const again = play(capture(run));
    expect(again.executions.slice(1).map(({ iomap }) => iomap?.addr)).toEqual([4096n, 8192n, 12288n]);
  });

  test('says what no scenario can repeat', () => {
    const run = play(
      { format: 1, steps: [{ do: 'truncate', length: 65_536 }] },
      {
        server: { ...linear(), setattr: () => -28 },
      },
    );
    const notes: string[] = [];
    capture(run, notes);
    expect(notes).toEqual(['Step 1: the server gave -ENOSPC to SETATTR, which no scenario can say.']);
  });

  test('an answer of a wrong length keeps its number where SETATTR has none', () => {
    const strange: FuseServer = {
      ...linear(),
      iomap_begin: (_n, _i, pos, count, op) =>
        (op & IOMAP_OP.REPORT) !== 0 ? { payload: new Uint8Array(63) } : linearAnswer(pos, count),
    };
    const linearAnswer = (pos: bigint, _count: bigint) => ({
      read: { offset: pos - (pos % 4096n), length: 65536n, type: FUSE_IOMAP_TYPE.MAPPED, dev: 1 },
    });
    const steps = [{ do: 'truncate', length: 8192 }, { do: 'fiemap' }];
    const run = play({ format: 1, steps }, { server: strange });
    expect(run.executions[1]?.io?.calls[0]?.decided?.check).toBe('reply-size');
    expect(play(capture(run)).executions[2]?.io?.calls[0]?.decided?.check).toBe('reply-size');
  });
});

test("libfuse's helpers", () => {
  expect(pure_overwrite({ offset: 4096n, length: 8192n, addr: 1n, dev: 2 })).toEqual({
    offset: 4096n,
    length: 8192n,
    addr: NULL_ADDR,
    type: 255,
    flags: 0,
    dev: 0,
  });
  expect([0, IOMAP_OP.WRITE, IOMAP_OP.ZERO, IOMAP_OP.UNSHARE, IOMAP_OP.REPORT].map(is_write)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(is_write(IOMAP_OP.WRITEBACK)).toBe(true);
  expect(need_write_allocate(IOMAP_OP.WRITE, { type: FUSE_IOMAP_TYPE.HOLE })).toBe(true);
  expect(need_write_allocate(IOMAP_OP.ZERO, { type: FUSE_IOMAP_TYPE.HOLE })).toBe(false);
  expect(need_write_allocate(IOMAP_OP.WRITE, { type: FUSE_IOMAP_TYPE.UNWRITTEN })).toBe(false);
});
