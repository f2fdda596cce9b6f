// SPDX-License-Identifier: GPL-2.0-only
/** iomap_end at v6. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Machine } from '#engine/core/machine.ts';
import { run } from '#engine/run/runner.ts';
import type { Iomap } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { U64_MAX, answer, bytesOf, newMachine, openIomap } from '../core-machine.ts';
import { loadCore } from '../core-module.ts';

let module: WebAssembly.Module;
beforeAll(() => {
  module = loadCore();
});

const [NEW, ANON_WRITE, PRIVATE, SIZE_CHANGED, STALE] = [1, 1 << 7, 1 << 12, 1 << 14, 1 << 15];
const [OP_WRITE, OP_ZERO, OP_REPORT, OP_UNSHARE] = [1, 2, 4, 0x80];

const MAP: Iomap = { addr: 0x300000n, offset: 0n, length: 65536n, type: 2, flags: 0, bdev: 'vda' };

function prepared(): Machine {
  const machine = newMachine(module);
  expect(openIomap(machine)).toBe(1);
  return machine;
}

function end(flags: number, opflags: number, count: bigint, written: bigint, error = 0) {
  const server = { answer: ({ unique }: { unique: bigint }) => ({ bytes: answer(unique, error) }) };
  return prepared().iomapEnd('a', { ...MAP, flags }, { pos: 4096n, count, written, opflags }, server);
}

/** [flags, op, count, written, sent, why], the first rule that fits decides. */
const RULES: [flags: number, op: number, count: bigint, written: bigint, sent: boolean, why: string][] = [
  // The bit that is tested is WANT_IOMAP_END's on the wire, which is ANON_WRITE in the kernel's flags…
  [ANON_WRITE, 0, 4096n, 4096n, true, 'end-wanted'],
  [ANON_WRITE, OP_REPORT, 0n, 0n, true, 'end-wanted'],
  [ANON_WRITE | SIZE_CHANGED, OP_WRITE, 4096n, 0n, true, 'end-wanted'],
  // …and where the wish really stands nobody looks.
  [PRIVATE, 0, 4096n, 0n, false, 'end-not-a-write'],
  [PRIVATE, OP_WRITE, 4096n, 4096n, false, 'end-complete'],
  [0, 0, 4096n, 0n, false, 'end-not-a-write'],
  [SIZE_CHANGED, 0, 4096n, 0n, false, 'end-not-a-write'],
  [SIZE_CHANGED, OP_WRITE, 4096n, 4096n, true, 'end-size-changed'],
  [SIZE_CHANGED, OP_WRITE, 4096n, 0n, true, 'end-size-changed'],
  [STALE | NEW, OP_WRITE, 4096n, 4096n, false, 'end-complete'],
  [0, OP_WRITE, 4096n, 4096n, false, 'end-complete'],
  [0, OP_WRITE, 4096n, 4095n, true, 'end-short'],
  [0, OP_ZERO, 4096n, 0n, true, 'end-short'],
  [0, OP_UNSHARE, 4096n, -5n, true, 'end-short'],
  [0, OP_WRITE, 0n, 0n, false, 'end-complete'],
  [0, OP_WRITE, 4096n, 4097n, false, 'end-complete'],
  [0, OP_WRITE, 0n, -1n, true, 'end-short'],
  [0, OP_WRITE, 1n << 40n, 1n << 33n, true, 'end-short'],
];

test.each(RULES)(
  'flags %i, op %i, count %i, written %i: sent %s, %s',
  (flags, op, count, written, sent, why) => {
    const { request, events, ret, path } = end(flags, op, count, written);
    expect([request !== null, ret]).toEqual([sent, 0]);
    expect(events).toMatchObject([{ kind: 'note', note: why }]);
    expect(path.filter(({ check }) => !check.startsWith('reply-'))).toEqual([]);
  },
);

describe('the message', () => {
  test('fuse_iomap_end_in (1.1): every field at its place; v6 tells neither addr nor dev', () => {
    const machine = prepared();
    const map = {
      ...MAP,
      offset: 0x3837363534333231n,
      length: 0x4847464544434241n,
      type: 3,
      flags: SIZE_CHANGED | NEW,
    };
    const range = {
      pos: 0x1817161514131211n,
      count: 0x2827262524232221n,
      written: -28n,
      opflags: 0x8000_0001,
    };
    const { request } = machine.iomapEnd('a', map, range, { answer: () => null });
    expect(request?.bytes).toEqual(
      bytesOf(`01000000 00000000 0c00000000000000 1112131415161718 2122232425262728 e4ffffffffffffff
               3132333435363738 4142434445464748 ffffffffffffffff 0300 0101 00000000`),
    );
    expect(request).toMatchObject({ opcode: 4095, nodeid: 112n, written: -28n });
  });

  /** Kernel bit to wire bit; the others (BUFFER_HEAD, XATTR, INTEGRITY, FOLIO_BATCH, …) are not told. */
  const WIRE: Record<number, number> = { 0: 0, 1: 1, 2: 2, 3: 3, 6: 4, 7: 5, 8: 6, 12: 7, 14: 8, 15: 9 };
  test.each(Array.from({ length: 16 }, (_, bit) => bit))('kernel flag bit %i', (bit) => {
    const told = end(1 << bit, OP_WRITE, 1n, 0n).request?.map?.flags;
    expect(told).toBe(WIRE[bit] === undefined ? 0 : 1 << WIRE[bit]);
  });

  test.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 0],
    [255, 0],
    [0xffff, 0],
  ])('kernel type %i is told as %i', (type, wire) => {
    const range = { pos: 0n, count: 1n, written: 0n, opflags: OP_WRITE };
    const { request } = prepared().iomapEnd('a', { ...MAP, type }, range, { answer: () => null });
    expect(request?.map).toMatchObject({ type: wire, addr: U64_MAX, dev: 0 });
  });
});

describe('the answer', () => {
  test.each([
    [0, 0],
    [-38, 0],
    [-5, -5],
    [-28, -28],
    [-511, -511],
  ])('%i makes iomap_end return %i', (error, ret) => {
    expect(end(0, OP_WRITE, 4096n, 0n, error).ret).toBe(ret);
  });

  test('after -ENOSYS v6 asks again', () => {
    const machine = prepared();
    const server = { answer: ({ unique }: { unique: bigint }) => ({ bytes: answer(unique, -38) }) };
    const range = { pos: 0n, count: 1n, written: 0n, opflags: OP_WRITE };
    expect([1, 2].map(() => machine.iomapEnd('a', MAP, range, server).request !== null)).toEqual([
      true,
      true,
    ]);
    expect(machine.noEnd).toBe(false);
  });
});

describe('as a step', () => {
  function executions(steps: object[], rest: object = {}) {
    const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...rest, steps }));
    if (scenario === null) throw new Error(problems.map(({ message }) => message).join(' '));
    return run(module, scenario).executions;
  }
  const open = { do: 'backing_open' };
  const mapped = { type: 'MAPPED', offset: 4096, length: 8192, addr: 0, dev: 1 };
  const begin = { do: 'iomap_begin', op: ['WRITE'], pos: 5000, count: 100_000, reply: { read: mapped } };
  const refused = { ...begin, reply: { read: { ...mapped, length: 0 } } };
  const end = { do: 'iomap_end', written: 0 };

  test('the count left out is what the mapping allows from pos', () => {
    const [, , ended] = executions([open, begin, end]);
    expect(ended?.request).toMatchObject({ pos: 5000n, count: 12288n - 5000n, written: 0n });
    const [, , short] = executions([open, { ...begin, count: 10 }, end]);
    expect(short?.request?.count).toBe(10n);
  });

  test('a source mapping that ends sooner limits it, a hole as source does not', () => {
    const write = { ...mapped, addr: 65536, length: 16384 };
    const [, , ended] = executions([open, { ...begin, reply: { read: mapped, write } }, end]);
    expect(ended?.request?.count).toBe(12288n - 5000n);
    const hole = { type: 'HOLE', offset: 4096, length: 4096, addr: 'NULL_ADDR' };
    const [, , over] = executions([open, { ...begin, reply: { read: hole, write } }, end]);
    expect(over?.request?.count).toBe(4096n + 16384n - 5000n);
  });

  test('written left out is all of count, which a write need not tell', () => {
    const [, , ended] = executions([open, begin, { do: 'iomap_end' }]);
    expect([ended?.outcome, ended?.ret, ended?.request]).toEqual(['ok', 0n, null]);
  });

  test('it ends the last begin that was accepted, and that one’s last execution with `of`', () => {
    const other = { ...begin, pos: 8192 };
    const all = executions([open, begin, other, refused, end, { ...end, of: 1 }, { ...end, of: 3 }]);
    expect(all[4]?.request?.pos).toBe(8192n);
    expect(all[5]?.request?.pos).toBe(5000n);
    expect([all[6]?.outcome, all[6]?.ret, all[6]?.request]).toEqual(['not-called', null, null]);
    expect(all[6]?.remark).toMatch(/No iomap_begin was accepted/);
  });

  test('without an accepted begin, and after an unmount, it is not called', () => {
    expect(executions([end])[0]?.outcome).toBe('not-called');
    expect(executions([open, refused, end])[2]?.outcome).toBe('not-called');
    const after = executions([open, begin, { do: 'unmount' }, end, begin, { do: 'unmount' }]);
    expect(after.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'ok',
      'ok',
      'not-called',
      'not-called',
      'not-called',
    ]);
    expect(after[3]?.remark).toMatch(/unmounted/);
  });

  test('fields of the kernel’s struct can be overridden, the others are the begin’s', () => {
    const iomap = { flags: ['SIZE_CHANGED'], length: 4096 };
    const [, , ended] = executions([open, begin, { ...end, written: 1, iomap, count: 1 }]);
    expect(ended?.request?.map).toMatchObject({ offset: 4096n, length: 4096n, flags: 0x100, type: 2 });
    expect(ended?.iomap).toMatchObject({ offset: 4096n, length: 4096n, flags: SIZE_CHANGED, bdev: 'vda' });
  });

  test('the op left out is the begin’s', () => {
    const [, , read] = executions([open, { ...begin, op: [] }, end]);
    expect(read?.request).toBeNull();
    const [, , written] = executions([open, { ...begin, op: [] }, { ...end, op: ['ZERO'] }]);
    expect(written?.request?.opflags).toBe(2);
  });
});
