// SPDX-License-Identifier: MIT
// The reader of the rows of a running kernel: whatever is altered in a row is noticed, and a loose word allows what
// it says and no more.
import { describe, expect, test } from 'vitest';
import { IoMachine } from '#engine/core/io-machine.ts';
import { crc32 } from '#engine/run/crc32.ts';
import { loadCore } from '../core-module.ts';
import { deviceSum } from './device-sum.ts';
import { compareRun, runRow, type Ran } from './io.ts';
import type { IoRow, Item, Loose, StepAnswer } from './io-row.ts';
import { Comparison, type Json, type Row } from './row.ts';

const module = loadCore('trace', 'late');

const mapping = (offset: number, length: number, addr: number, type = 'MAPPED') => ({
  read: { offset, length, addr, type, dev: 1 },
});

/** Every kind of step that rows compare. */
const SCENARIO = {
  format: 1,
  kernel: { revision: 'late' },
  devices: { vda: { size: '1M', contents: 'pattern' }, vdb: { size: 6144 } },
  inodes: { a: { size: 8192 } },
  steps: [
    { do: 'backing_open', fd: 3 },
    { do: 'pwrite', offset: 100, length: 300, replies: [mapping(0, 4096, 65_536)] },
    { do: 'fsync', replies: [mapping(0, 4096, 65_536, 'UNWRITTEN')] },
    { do: 'pread', offset: 0, length: 4096, direct: true, replies: [mapping(0, 8192, 65_536)] },
    { do: 'pread', offset: 0, length: 8192, replies: [mapping(0, 8192, 65_536)] },
    { do: 'pwrite', offset: 0, length: 512, direct: true, replies: [mapping(0, 4096, 65_536, 'UNWRITTEN')] },
    { do: 'pwrite', offset: 8192, length: 10, replies: [mapping(8192, 4096, 131_072)] },
    { do: 'fiemap', length: 4096, replies: [mapping(0, 4096, 65_536)] },
    { do: 'bmap', block: 0, replies: [mapping(0, 4096, 65_536)] },
    { do: 'seek', offset: 0, whence: 'data', replies: [mapping(0, 4096, 65_536)] },
  ],
};

function rowOf(ran: Ran, loose: Loose[] = []): IoRow {
  return structuredClone({
    rev: 'late',
    scenario: { steps: SCENARIO.steps },
    expect: { steps: ran.steps, contents: ran.contents },
    loose,
  });
}

function differences(row: IoRow, ran: Ran, records = true): string[] {
  const comparison = new Comparison('row');
  compareRun(comparison, row, ran, records);
  return comparison.differences.map(({ field }) => field);
}

const ran = runRow({ scenario: SCENARIO as unknown as Json } as Row, module);

/** Where each value of an expectation stands, lists of names as one. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
    return value.flatMap((item, i) => leaves(item, [...path, i]));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

function altered(row: IoRow, path: (string | number)[]): IoRow {
  const copy = structuredClone(row);
  let at = copy.expect as unknown as Item;
  for (const name of path.slice(0, -1)) at = at[name] as Item;
  const last = path.at(-1)!;
  const old = at[last];
  at[last] = Array.isArray(old)
    ? [...(old as string[]), 'STALE']
    : typeof old === 'number'
      ? old + 1
      : `${String(old)}1`;
  return copy;
}

describe('a row of a running kernel', () => {
  test('agrees with what it was made of', () => {
    expect(differences(rowOf(ran), ran)).toEqual([]);
    expect(differences(rowOf(ran), ran, false)).toEqual([]);
    expect(ran.steps.slice(1).map(({ ret }) => ret)).toEqual([
      '300',
      '0',
      '4096',
      '8192',
      '512',
      '10',
      '0',
      '0',
      '0',
    ]);
  });

  test('altered in any field is noticed', () => {
    const row = rowOf(ran);
    const paths = leaves(JSON.parse(JSON.stringify(row.expect)));
    const fields = new Set(
      paths.map((path) =>
        path
          .filter((part) => typeof part === 'string')
          .slice(1)
          .join('.'),
      ),
    );
    for (const field of [
      'ret',
      'data.head_hex',
      'bios.sector',
      'requests.map.flags',
      'requests.new_addr',
      'block',
    ]) {
      expect(fields).toContain(field);
    }
    const unnoticed = paths.filter((path) => differences(altered(row, path), ran).length === 0);
    expect(unnoticed).toEqual([]);
  });

  test('that has an item or a step too many or too few is noticed', () => {
    const row = rowOf(ran);
    for (const [i, step] of row.expect.steps.entries()) {
      for (const field of ['requests', 'bios', 'extents'] as const) {
        const items = step[field];
        if (items === undefined) continue;
        step[field] = [...items, {}];
        expect(differences(row, ran), `${i} ${field}`).not.toEqual([]);
        step[field] = items.slice(1);
        if (items.length > 0) expect(differences(row, ran), `${i} ${field}`).not.toEqual([]);
        step[field] = items;
      }
    }
    const longer = { ...ran, steps: [...ran.steps, {}] };
    expect(differences(row, longer)).toEqual(['row: steps']);
  });

  test('with a word or a field that is not known does not agree', () => {
    expect(differences(rowOf(ran, ['anything' as Loose]), ran)).toContain('row: loose');
    const row = rowOf(ran);
    (row.expect.steps[1] as Item)['i_blocks'] = '8';
    (row.expect as unknown as Item)['table'] = {};
    expect(differences(row, ran)).toEqual(['row: expect.table', 'row: expect.i_blocks']);
  });

  test('compares the whole of each device', () => {
    const machine = new IoMachine(module, {
      config: { iomap: true, passthrough: true },
      connection: { iomap: true, passthrough: false, maxStackDepth: 0 },
      devices: [{ name: 'vda', sizeBytes: 65_536n, logicalBlockSizeBytes: 512, contents: 'pattern' }],
      files: [],
      inodes: [],
    });
    expect(deviceSum(machine, 'vda', 65_536, 'pattern')).toBe(crc32(machine.peek('vda', 0n, 65_536)));
  });
});

describe('a loose word', () => {
  const ioend = (pos: number, written: number, sector: string, more: Item = {}): Item => ({
    name: 'FUSE_IOMAP_IOEND',
    nodeid: '12',
    ioendflags: ['WRITEBACK'],
    error: 0,
    attr_ino: '12',
    pos: String(pos),
    written: String(written),
    new_addr: sector,
    dev: 1,
    ...more,
  });
  const begin = (pos: number): Item => ({ name: 'FUSE_IOMAP_BEGIN', pos: String(pos) });
  const does = (...steps: string[]) => steps.map((what) => ({ do: what }));
  const row = (steps: { do: string }[], expected: StepAnswer[], loose: Loose[]): IoRow => ({
    rev: 'late',
    scenario: { steps },
    expect: { steps: expected },
    loose,
  });
  const run = (steps: StepAnswer[]): Ran => ({ steps, contents: {} });

  test('ioend-order: ioends move between begins, and neighbours may come apart', () => {
    const kernel: StepAnswer = {
      requests: [begin(0), ioend(0, 4096, '8'), begin(4096), ioend(4096, 4096, '16')],
    };
    const model: StepAnswer = {
      requests: [begin(0), begin(4096), ioend(0, 8192, '8', { ioendflags: ['APPEND', 'WRITEBACK'] })],
    };
    const fsync = does('fsync');
    expect(differences(row(fsync, [kernel], ['ioend-order']), run([model]))).toEqual([]);
    expect(differences(row(fsync, [kernel], []), run([model]))).not.toEqual([]);
    const others: Item[] = [
      ioend(0, 8192, '16'),
      ioend(0, 8192, '8', { error: -5 }),
      ioend(0, 8192, '8', { dev: 2 }),
      ioend(0, 8192, '8', { ioendflags: ['SHARED', 'WRITEBACK'] }),
      ioend(0, 4096, '8'),
      ioend(512, 8192, '8'),
    ];
    for (const other of others) {
      const wrong = run([{ requests: [begin(0), begin(4096), other] }]);
      expect(differences(row(fsync, [kernel], ['ioend-order']), wrong), JSON.stringify(other)).not.toEqual(
        [],
      );
    }
    const swapped = run([{ requests: [begin(4096), begin(0), ioend(0, 8192, '8')] }]);
    expect(differences(row(fsync, [kernel], ['ioend-order']), swapped)).not.toEqual([]);
  });

  test('ioend-order: without an address nothing joins, and nothing moves to another step', () => {
    const none = String(0xffff_ffff_ffff_ffffn);
    const apart: StepAnswer = { requests: [ioend(0, 4096, none), ioend(4096, 4096, none)] };
    const joined: StepAnswer = { requests: [ioend(0, 8192, none)] };
    expect(differences(row(does('fsync'), [apart], ['ioend-order']), run([joined]))).not.toEqual([]);
    const later = [{ requests: [] }, { requests: [ioend(0, 8192, '8')] }];
    const now = [{ requests: [ioend(0, 8192, '8')] }, { requests: [] }];
    const two = does('fsync', 'fsync');
    expect(differences(row(two, later, ['ioend-order']), run(now))).not.toEqual([]);
    expect(differences(row(two, later, ['eio-not-waited']), run(now))).toEqual([]);
  });

  test('read-bio-split: read bios that continue are one, in preads only', () => {
    const bio = (sector: string, length: string, more: Item = {}): Item => ({
      op: 'read',
      device: 'vda',
      sector,
      length,
      error: 0,
      ...more,
    });
    const split: StepAnswer = { bios: [bio('8', '4096'), bio('16', '4096')] };
    const whole: StepAnswer = { bios: [bio('8', '8192')] };
    const pread = does('pread');
    expect(differences(row(pread, [split], ['read-bio-split']), run([whole]))).toEqual([]);
    expect(differences(row(pread, [split], []), run([whole]))).not.toEqual([]);
    expect(differences(row(does('pwrite'), [split], ['read-bio-split']), run([whole]))).not.toEqual([]);
    const others = [
      [bio('8', '4096'), bio('17', '4096')],
      [bio('8', '4096'), bio('16', '4096', { device: 'vdb' })],
      [bio('8', '4096'), bio('16', '4096', { error: -5 })],
      [bio('8', '4096', { op: 'write' }), bio('16', '4096', { op: 'write' })],
    ];
    for (const bios of others) {
      expect(differences(row(pread, [{ bios }], ['read-bio-split']), run([whole]))).not.toEqual([]);
    }
  });

  test('eio-not-waited: an error may be told again, and sizes count at the end', () => {
    const steps = does('fsync', 'fsync', 'pread', 'truncate');
    const kernel: StepAnswer[] = [
      { ret: '-5', i_disk_size: '0' },
      { ret: '-5', i_disk_size: '0' },
      { ret: '0' },
      { ret: '0', i_disk_size: '9' },
    ];
    const model = (...rets: string[]) =>
      run(kernel.map((step, i) => ({ ...step, ret: rets[i]!, i_disk_size: '9' })));
    const loose = row(steps, kernel, ['eio-not-waited']);
    expect(differences(loose, model('-5', '0', '0', '-5'))).toEqual([]);
    expect(differences(loose, model('0', '0', '0', '0'))).toEqual(['row: steps.0.ret']);
    expect(differences(loose, model('-5', '-28', '0', '0'))).toEqual(['row: steps.1.ret']);
    expect(differences(loose, model('-5', '0', '-5', '0'))).toEqual(['row: steps.2.ret']);
    const sized = run(model('-5', '0', '0', '0').steps.map((step) => ({ ...step, i_disk_size: '8' })));
    expect(differences(loose, sized)).toEqual(['row: steps.3.i_disk_size']);
    const strict = row(steps, kernel, []);
    expect(differences(strict, model('-5', '0', '0', '0'))).toContain('row: steps.1.ret');
  });
});
