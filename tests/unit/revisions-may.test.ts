// SPDX-License-Identifier: MIT
/** What May 2026 changed, on the cores: the plumbing (2026-05) and the mapping cache (2026-05-cache). */
import { describe, expect, it, test } from 'vitest';
import { explain } from '#engine/checks/words.ts';
import { run } from '#engine/run/runner.ts';
import type { Execution } from '#engine/run/types.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { retarget } from '#engine/scenario/revision.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { loadCore } from '../core-module.ts';

type Fields = Record<string, JsonValue>;

const MAY: Revision[] = ['2026-05', '2026-05-cache'];
const MAPPED: Fields = { length: 4096, addr: '1M', type: 'MAPPED', dev: 1 };
const HOLE: Fields = { length: 4096, addr: 'NULL_ADDR' };
const OPEN: Fields = { do: 'backing_open' };

function ran(revision: Revision, steps: Fields[], machine: Fields = {}) {
  const text = JSON.stringify({ format: 1, ...machine, kernel: { revision }, steps });
  const { scenario, problems } = parseDocument(text);
  expect(problems).toEqual([]);
  return { scenario: scenario!, executions: run(loadCore('trace', revision), scenario!).executions };
}

const last = (revision: Revision, steps: Fields[], machine: Fields = {}): Execution =>
  ran(revision, steps, machine).executions.at(-1)!;
const begin = (reply: Fields, fields: Fields = {}): Fields[] => [
  OPEN,
  { do: 'iomap_begin', ...fields, reply },
];
const headline = (revision: Revision, steps: Fields[], machine: Fields = {}) => {
  const { scenario, executions } = ran(revision, steps, machine);
  return explain(executions.at(-1)!, scenario);
};

describe('numbers', () => {
  const overwrite = (type: JsonValue) => begin({ read: MAPPED, write: { ...HOLE, type } }, { op: 'WRITE' });

  test.each(MAY)('%s: PURE_OVERWRITE by name is 65535 on the wire, and 255 is unknown', (revision) => {
    const named = last(revision, overwrite('PURE_OVERWRITE'));
    expect(named).toMatchObject({ outcome: 'ok', reply: { write: { type: 255 } } });
    expect(new DataView(named.reply!.bytes.buffer).getUint16(16 + 32 + 24, true)).toBe(65535);
    expect(last(revision, overwrite(65535)).outcome).toBe('ok');
    const { sentence } = headline(revision, overwrite(255));
    expect(sentence).toContain('has type 255');
    expect(sentence).toContain('PURE_OVERWRITE (65535)');
    expect(sentence).toMatch(/255 was PURE_OVERWRITE until May 2026\.$/);
  });

  it('says of a number that came with May 2026 that it did', () => {
    expect(headline('v6-04', overwrite(65535)).sentence).toMatch(
      /65,535 is PURE_OVERWRITE from May 2026 on\.$/,
    );
    expect(headline('v6-04', overwrite(5)).sentence).toMatch(/PURE_OVERWRITE \(255\)\.$/);
  });

  it('a write that is left out is the PURE_OVERWRITE of the revision that answers', () => {
    for (const revision of ['v6-04', ...MAY] as Revision[])
      expect(last(revision, begin({ read: MAPPED }, { op: 'WRITE' })).outcome, revision).toBe('ok');
  });

  it('another revision is asked with names as names and numbers as numbers', () => {
    const on = (type: JsonValue, from: Revision, to: Revision) => {
      const { scenario } = ran(from, overwrite(type));
      return run(loadCore('trace', to), retarget(scenario, to)).executions.at(-1)!.decided?.check ?? null;
    };
    expect(on('PURE_OVERWRITE', 'v6-04', '2026-05')).toBeNull();
    expect(on('PURE_OVERWRITE', '2026-05', 'v6-04')).toBeNull();
    expect(on(255, 'v6-04', '2026-05')).toBe('type-unknown');
    expect(on(65535, '2026-05', 'v6-04')).toBe('type-unknown');
    expect(on(65535, 'v6-04', '2026-05')).toBeNull();
  });

  it('the canonical form keeps a number that is no name, and a name', () => {
    const print = (type: JsonValue) =>
      printScenario(
        parseDocument(JSON.stringify({ format: 1, kernel: { revision: '2026-05' }, steps: overwrite(type) }))
          .value!,
      );
    expect(print(255)).toContain('"type": 255');
    expect(print('PURE_OVERWRITE')).toContain('"type": "PURE_OVERWRITE"');
  });

  it('WRITEBACK is bit 11 of the request, and SWAPFILE bit 31 with the cache and dropped without', () => {
    const sent = (revision: Revision, op: JsonValue) => {
      const { request } = last(revision, begin({ read: MAPPED, write: MAPPED }, { op }));
      return [request!.opflags, new DataView(request!.bytes.buffer).getUint32(0, true)];
    };
    const [WRITEBACK, SWAPFILE] = [0x8000_0000, 0x4000_0000];
    expect(sent('late', 'WRITEBACK')).toEqual([WRITEBACK, 0x8000_0000]);
    for (const revision of MAY) expect(sent(revision, 'WRITEBACK')).toEqual([WRITEBACK, 0x800]);
    expect(sent('2026-05', 'SWAPFILE')).toEqual([0, 0]);
    expect(sent('2026-05-cache', 'SWAPFILE')).toEqual([SWAPFILE, 0x8000_0000]);
    // A number is read as the revision that the scenario names numbers it.
    expect(sent('2026-05-cache', 0x8000_0000)).toEqual([SWAPFILE, 0x8000_0000]);
    expect(sent('2026-05', 0x800)).toEqual([WRITEBACK, 0x800]);
  });

  it('log lines have the numbers and names of the revision', () => {
    const line = (revision: Revision) =>
      last(revision, begin({ read: MAPPED }, { op: 'WRITEBACK' })).log[0]!.text;
    expect(line('late')).toContain('opflags (writeback)');
    expect(line('2026-05')).toContain('opflags (0x800)');
    expect(line('2026-05-cache')).toContain('opflags (writeback)');
  });
});

describe.each(MAY)('%s', (revision) => {
  it('asks nobody for a caller that may not wait', () => {
    const steps = begin({ read: MAPPED }, { op: ['NOWAIT'] });
    expect(last(revision, steps)).toMatchObject({
      outcome: 'error',
      ret: -11n,
      request: null,
      decided: null,
    });
    expect(headline(revision, steps).headline).toBe('Would wait');
    expect(last('late', steps).outcome).toBe('ok');
  });

  it.each([
    ['r', [], 0n],
    ['r', ['WRITE'], -13n],
    ['w', [], -13n],
    ['none', [], -13n],
    ['rw', ['WRITE'], 0n],
  ] as const)('a device opened %s for op %j gives %s', (access, op, ret) => {
    const fds = { fds: { '3': { kind: 'blk', device: 'vda', access } } };
    const steps = begin({ read: MAPPED }, { op: [...op] });
    expect(last(revision, steps, fds)).toMatchObject({ ret, decided: null, trust: 'golden' });
    expect(last('late', steps, fds).ret).toBe(0n);
    if (ret !== 0n) expect(headline(revision, steps, fds).headline).toBe('No access');
  });

  it('out of place, both devices are looked up before either is tested', () => {
    const fds = { fds: { '3': { kind: 'blk', device: 'vda', access: 'none' } } };
    const steps = begin({ read: MAPPED, write: { ...MAPPED, dev: 7 } }, { op: ['WRITE'] });
    expect(last(revision, steps, fds).decided).toMatchObject({ check: 'dev-not-found', which: 'write' });
    expect(headline(revision, steps, fds).where).toBe('dev-not-found in fuse_iomap_find_bdev');
  });

  it('hears WANT_IOMAP_END, and ANON_WRITE forces nothing', () => {
    const sent = (flag: string) =>
      last(revision, [...begin({ read: { ...MAPPED, flags: [flag] } }), { do: 'iomap_end' }]).request !==
      null;
    expect([sent('WANT_IOMAP_END'), sent('ANON_WRITE')]).toEqual([true, false]);
  });

  it('hands out the lowest free id', () => {
    const file = { fds: { '3': { kind: 'reg' } } };
    const open = { ...OPEN, type: 'PASSTHROUGH' };
    const { executions } = ran(revision, [open, open, { do: 'backing_close', id: 1 }, open], file);
    expect(executions.map(({ ret }) => ret)).toEqual([1n, 2n, 0n, 1n]);
    expect(executions.map(({ trust }) => trust)).toEqual(['reading', 'reading', 'golden', 'reading']);
    expect(executions[2]!.log[0]!.text).toContain(' id 0 type pass');
    // What the end of the connection closes has its id still.
    const end = last(revision, [open, open, { do: 'unmount' }], file).log.map(({ text }) => text);
    expect(end).toEqual([1, 2].map((id) => expect.stringContaining(` id ${id} type pass`) as unknown));
    const expected = { ...open, expect: { table: { cursor: 2 } } };
    expect(last(revision, [expected], file).unmet).toMatchObject([
      { path: ['table', 'cursor'], actual: 'no cursor: the lowest free id is the next' },
    ]);
  });

  it('closes an iomap device while no iomap inode lives', () => {
    const close = { do: 'backing_close' };
    expect(last(revision, [OPEN, close]).ret).toBe(0n);
    expect(last(revision, [...begin({ read: MAPPED }), close]).decided?.check).toBe('close-busy');
    expect(last(revision, [OPEN, close], { connection: { iomapInodes: 1 } }).decided?.check).toBe(
      'close-busy',
    );
    expect(last(revision, [...begin({ read: MAPPED }), close], { connection: { iomapInodes: 0 } }).ret).toBe(
      0n,
    );
    expect(last('late', [OPEN, close]).decided?.check).toBe('close-busy');
  });

  it('takes an O_PATH descriptor for passthrough, and not for iomap', () => {
    const device = { fds: { '3': { kind: 'blk-path', device: 'vda' } } };
    expect(last(revision, [OPEN], device).ret).toBe(-9n);
    expect(headline(revision, [OPEN], device).sentence).toContain('O_PATH');
    expect(last('v6-04', [OPEN], device).ret).toBe(1n);
    const file = { ...OPEN, type: 'PASSTHROUGH' };
    expect(last(revision, [file], { fds: { '3': { kind: 'reg-path' } } }).ret).toBe(1n);
    expect(last(revision, [file], { fds: { '3': { kind: 'dir-path' } } }).ret).toBe(-21n);
  });
});

test('the plumbing does no I/O, and says so', () => {
  const read = { do: 'pread', length: 4096, direct: true, replies: [{ read: MAPPED }] };
  expect(last('2026-05', [OPEN, read])).toMatchObject({ outcome: 'not-called', ret: null });
  expect(last('2026-05', [OPEN, read]).remark).toContain('plumbing');
  expect(last('2026-05-cache', [OPEN, read])).toMatchObject({ outcome: 'ok', ret: 4096n });
});

describe('the mapping cache', () => {
  const inode = (cache: Fields, more: Fields = {}): Fields => ({
    inodes: { a: { caches: true, cache, ...more } },
  });
  const RETRY: Fields = { ...HOLE, type: 'RETRY_CACHE' };
  const C: Revision = '2026-05-cache';

  it('answers without a request, and that is a reading', () => {
    const hit = last(C, begin({ error: '-EIO' }), inode({ read: MAPPED }));
    expect(hit).toMatchObject({ outcome: 'ok', request: null, trust: 'reading', iomap: { bdev: 'vda' } });
    expect(headline(C, begin({ error: '-EIO' }), inode({ read: MAPPED })).sentence).toMatch(
      /^The mapping cache answered/,
    );
    expect(
      last(C, begin({ read: HOLE }), inode({ read: { ...MAPPED, offset: 4096 } })).request,
    ).not.toBeNull();
    expect(last(C, begin({ read: HOLE }, { op: 'REPORT' }), inode({ read: MAPPED })).request).not.toBeNull();
    expect(last('late', begin({ read: HOLE }), inode({ read: MAPPED })).request).not.toBeNull();
  });

  it('answers a caller that may not wait', () => {
    expect(last(C, begin({ read: HOLE }, { op: ['NOWAIT'] }), inode({ read: MAPPED })).ret).toBe(0n);
    expect(last(C, begin({ read: HOLE }, { op: ['NOWAIT'] }), inode({})).ret).toBe(-11n);
  });

  it('a reply that says to retry asks again without end, unless the cache has it by then or a signal comes', () => {
    const steps = begin({ read: RETRY });
    expect(last(C, steps, inode({}))).toMatchObject({ outcome: 'retry-cache', ret: null, trust: 'reading' });
    expect(headline(C, steps, inode({})).headline).toBe('Asks again');
    expect(last(C, steps, inode({ after: { read: MAPPED } }))).toMatchObject({ outcome: 'ok', ret: 0n });
    expect(last(C, begin({ read: RETRY }, { signal: true }), inode({})).ret).toBe(-4n);
    expect(last(C, begin({ read: HOLE, write: RETRY }), inode({})).outcome).toBe('retry-cache');
  });

  it('does without a hole for a write, and leaves what it had filled in srcmap', () => {
    const cache = inode({ read: MAPPED, write: HOLE });
    const steps = begin({ read: MAPPED }, { op: ['WRITE'] });
    const left = last(C, steps, cache);
    expect(left).toMatchObject({ outcome: 'ok', iomap: { type: 2 }, srcmap: { type: 2 } });
    expect(left.request).not.toBeNull();
    expect(headline(C, steps, cache).sentence).toContain('now passes for valid');
    expect(last(C, begin({ read: MAPPED }, { op: ['ZERO'] }), cache).request).toBeNull();
  });

  it('finds no device for a mapping whose id is gone, and asserts that there is a read fork', () => {
    expect(last(C, begin({ read: HOLE }), inode({ read: { ...MAPPED, dev: 9 } }))).toMatchObject({
      ret: -117n,
      request: null,
      decided: { check: 'dev-not-found', which: null },
    });
    expect(last(C, begin({ read: HOLE }), inode({ read: 'nofork' })).ret).toBe(-117n);
  });

  it('a server that has no iomap_end is not asked again, wanted or not', () => {
    const read = { ...MAPPED, flags: ['WANT_IOMAP_END'] };
    const end = { do: 'iomap_end', reply: { error: '-ENOSYS' } };
    expect(last(C, [...begin({ read }), end, { do: 'iomap_end' }]).request).toBeNull();
    expect(last('2026-05', [...begin({ read }), end, { do: 'iomap_end' }]).request).not.toBeNull();
  });
});

describe('inline data', () => {
  const C: Revision = '2026-05-cache';
  const INLINE: Fields = { ...HOLE, type: 'INLINE' };
  const small = { inodes: { a: { size: 100 } } };

  it('is read from the server where a begin uses it', () => {
    const names = ({ transfers = [] }: Execution) => transfers.map(({ request }) => request.name);
    expect(names(last(C, begin({ read: INLINE })))).toEqual(['FUSE_READ']);
    expect(names(last(C, begin({ read: INLINE }, { op: 'REPORT' })))).toEqual([]);
    expect(names(last('late', begin({ read: INLINE })))).toEqual([]);
    expect(last(C, begin({ read: INLINE }, { inlineRead: 0 })).ret).toBe(-5n);
    expect(last(C, begin({ read: INLINE }, { inlineRead: '-EINTR' })).ret).toBe(-4n);
    expect(headline(C, begin({ read: INLINE }, { inlineRead: 0 })).headline).toBe('No inline data');
    expect(last(C, begin({ read: INLINE }, { inlineRead: 7 })).ret).toBe(0n);
  });

  it('follows a reply whose mappings are still told', () => {
    const { reply } = last(C, begin({ read: INLINE }, { op: ['WRITE'] }));
    expect(reply).toMatchObject({ consumed: true, writeRet: 80, read: { type: 4 }, write: { type: 255 } });
  });

  it('may not be longer than a block: -117 on late, -ENOMEM with the cache', () => {
    const long = begin({ read: { ...INLINE, length: 8192 } });
    expect(last('v7-04', long).ret).toBe(0n);
    expect(last('late', long)).toMatchObject({ ret: -117n, decided: null });
    expect(last(C, long).ret).toBe(-12n);
    expect(headline(C, long).headline).toBe('Inline data too long');
    expect(last('late', begin({ read: { ...INLINE, length: 8192 } }, { op: 'REPORT' })).ret).toBe(0n);
  });

  it('is written back in place of an iomap_end', () => {
    const wrote = begin({ read: INLINE }, { op: ['WRITE'] });
    const end = (fields: Fields = {}) => [...wrote, { do: 'iomap_end', written: 100, ...fields }];
    const whole = last(C, end());
    expect(whole).toMatchObject({ ret: 0n, request: null });
    expect(whole.transfers?.map(({ request }) => [request.name, request.count])).toEqual([
      ['FUSE_WRITE', 100n],
    ]);
    expect(headline(C, end()).headline).toBe('Written back');
    expect(last(C, end({ inlineWrites: ['-ENOSPC'] })).ret).toBe(-28n);
    // Once something is stored the call returns 0.
    expect(last(C, end({ inlineWrites: [40, '-ENOSPC'] })).ret).toBe(0n);
    expect(headline(C, end({ inlineWrites: [40, '-ENOSPC'] })).headline).toBe('Written back in part');
    expect(headline(C, end({ inlineWrites: [40, '-ENOSYS', 20] })).headline).toBe('Bytes lost');
    expect(headline(C, end({ inlineWrites: [40, 60] })).headline).toBe('Written back');
    // No count stands before the first answer, whatever the request before it was answered with.
    const behind = begin({ read: { ...INLINE, offset: 4096 } }, { op: ['WRITE'], pos: 4096 });
    const none = [...behind, { do: 'iomap_end', written: 100, inlineWrites: ['-ENOSYS'] }];
    expect(last(C, none)).toMatchObject({ ret: -5n, decided: null });
    expect(last(C, [...begin({ read: INLINE }), { do: 'iomap_end' }]).transfers).toBeUndefined();
  });

  it('is read and written by I/O through the buffer', () => {
    const write = (direct: boolean): Fields => ({
      do: 'pwrite',
      offset: 0,
      length: 100,
      fill: 7,
      direct,
      replies: [{ read: INLINE, times: 4 }],
    });
    for (const direct of [true, false]) {
      const { executions } = ran(C, [OPEN, write(direct)], small);
      expect(executions[1], String(direct)).toMatchObject({ outcome: 'ok', ret: 100n });
    }
    const read: Fields = { do: 'pread', length: 100, replies: [{ read: INLINE, times: 4 }] };
    for (const direct of [true, false])
      expect(last(C, [OPEN, { ...read, direct }], small), String(direct)).toMatchObject({
        ret: 100n,
        io: { data: new Uint8Array(100) },
      });
    expect(last('late', [OPEN, read], small).outcome).toBe('oops');
    expect(last(C, [OPEN, read], { inodes: { a: { size: '64K' } } }).ret).toBe(-5n);
  });
});

test('an ATOMIC operation needs a mapping on a device that can', () => {
  const C: Revision = '2026-05-cache';
  const op = { op: ['WRITE', 'ATOMIC'] };
  const check = (reply: Fields, revision: Revision = C) => {
    const { decided, ret } = last(revision, begin(reply, op));
    return decided === null ? ret : `${decided.check} ${decided.which} ${ret}`;
  };
  const able = { ...MAPPED, flags: ['ATOMIC_BIO'] };
  expect(check({ read: HOLE })).toBe('atomic-not-mapped read -5');
  expect(check({ read: able, write: MAPPED })).toBe('atomic-no-flag write -5');
  expect(check({ read: able })).toBe(0n);
  expect(check({ read: HOLE }, '2026-05')).toBe(0n);
});
