// SPDX-License-Identifier: MIT
/** The reported consequences of an accepted mapping are what a step of I/O with the same reply does. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { callConsequences, consequences } from '#engine/checks/consequences.ts';
import { run } from '#engine/run/runner.ts';
import { foresee } from '#engine/run/foresee.ts';
import type { Execution, IoEvent, Run } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { loadCore } from '../core-module.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

function foretold(document: object): { scenario: Scenario; run: Run } {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...document }));
  if (scenario === null) throw new Error(problems[0]?.message);
  return { scenario, run: run(core, scenario, foresee) };
}

const words = ({ scenario, run }: ReturnType<typeof foretold>, index: number) => {
  const execution = run.executions[index]!;
  return consequences(execution, execution.foreseen ?? null, scenario);
};

const MAP = { offset: 0, length: 16384, dev: 1 };
const MIB = 1 << 20;
const place = fc.constantFrom(0, 4096, 4096 + 256, 512, MIB - 16384, MIB - 8192, MIB, 3 * MIB);
const mapping = fc.oneof(
  fc.record({
    type: fc.constantFrom('MAPPED', 'UNWRITTEN'),
    addr: place,
    flags: fc.constantFrom<string[]>([], ['NEW'], ['SHARED'], ['ATOMIC_BIO'], ['ANON_WRITE']),
  }),
  fc.record({ type: fc.constantFrom('HOLE', 'DELALLOC', 'INLINE') }).map(({ type }) => {
    return { type, addr: 'NULL_ADDR', dev: 0 };
  }),
);

const io = fc.record({
  mapping,
  write: fc.boolean(),
  direct: fc.boolean(),
  pos: fc.constantFrom(0, 512, 4096, 8192, 100),
  count: fc.constantFrom(512, 4096, 8192, 100),
  device: fc.record({
    logicalBlockSize: fc.constantFrom(512, 4096),
    readOnly: fc.boolean(),
    faults: fc.constantFrom<object[]>([], [], [{ op: 'both', sector: 9, sectors: 1, times: 'always' }]),
  }),
});

/** Requests to devices, without the place among the calls. */
const bios = (events: readonly IoEvent[] = []) =>
  events.flatMap((event) => (event.kind === 'bio' ? [{ ...event, after: 0 }] : []));
const result = ({ outcome, ret }: Execution) => (outcome === 'oops' ? 'oops' : Number(ret));

test('the results, the requests and the oops that are told come, and no others', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(io, ({ mapping, write, direct, pos, count, device }) => {
      // No more than the mapping answers for, and one page of buffered I/O: there is no second mapping.
      const length = direct ? count : Math.min(count, 4096 - (pos % 4096));
      const replies = [{ read: { ...MAP, ...mapping }, times: 4 }];
      const op = [...(write ? ['WRITE'] : []), ...(direct ? ['DIRECT'] : [])];
      const all = foretold({
        devices: { vda: { size: '1M', ...device } },
        steps: [
          { do: 'backing_open' },
          { do: 'iomap_begin', op, pos, count: length, reply: { read: replies[0]!.read } },
          { do: write ? 'pwrite' : 'pread', offset: pos, length, direct, replies },
          ...(write && !direct ? [{ do: 'fsync', replies }] : []),
        ],
      });
      const [, begin, done, synced] = all.run.executions;
      const { foreseen } = begin!;
      expect(foreseen!.io.oops === null ? Number(foreseen!.io.ret) : 'oops').toBe(result(done!));
      expect(bios(foreseen!.io.events)).toEqual(bios(done!.io?.events));
      if (foreseen!.writeback !== null) {
        expect(Number(foreseen!.writeback.ret)).toBe(result(synced!));
        expect(bios(foreseen!.writeback.events)).toEqual(bios(synced!.io?.events));
      }
      const told = words(all, 1);
      const error = told.find((one) => one.error !== null)?.error ?? null;
      const failed = result(done!);
      expect(told.some(({ oops }) => oops)).toBe(failed === 'oops');
      expect(error).toBe(typeof failed === 'number' && failed < 0 ? failed : null);
      seen.add(`${failed === 'oops' || failed < 0 ? failed : 'ok'} ${synced && result(synced)}`);
    }),
    { numRuns: 1_500 },
  );
  const outcomes = ['-22 undefined', '-5 undefined', 'oops undefined', 'ok undefined', 'ok 0', 'ok -5'];
  expect([...seen]).toEqual(expect.arrayContaining(outcomes));
});

test('zeroing and unsharing, too', () => {
  const seen = new Set<string>();
  const request = fc.record({
    mapping,
    zero: fc.boolean(),
    pos: fc.constantFrom(0, 100, 4096, 5000),
    length: fc.constantFrom(100, 512, 3000),
  });
  fc.assert(
    fc.property(request, ({ mapping, zero, pos, length }) => {
      // What is unshared has a source, and a destination that is marked as shared.
      const write = { ...MAP, type: 'MAPPED', addr: 1 << 16, flags: ['SHARED'] };
      const reply = { read: { ...MAP, ...mapping }, ...(zero ? {} : { write }) };
      const replies = [{ ...reply, times: 4 }];
      const all = foretold({
        devices: { vda: { size: '1M', contents: 'pattern' } },
        steps: [
          { do: 'backing_open' },
          {
            do: 'iomap_begin',
            op: zero ? ['ZERO'] : ['WRITE', 'UNSHARE'],
            pos,
            count: length,
            reply,
          },
          zero
            ? { do: 'fzero', offset: pos, length, keepSize: true, replies }
            : { do: 'funshare', offset: pos, length, replies },
        ],
      });
      const [, begin, done] = all.run.executions;
      const { foreseen } = begin!;
      expect(foreseen!.kind).toBe(zero ? 'zero' : 'unshare');
      expect(foreseen!.io.oops === null ? Number(foreseen!.io.ret) : 'oops').toBe(result(done!));
      expect(bios(foreseen!.io.events)).toEqual(bios(done!.io?.events));
      seen.add(`${foreseen!.kind} ${result(done!)}`);
    }),
    { numRuns: 400 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['zero 0', 'zero -5', 'unshare 0', 'unshare -5']));
});

describe('in words', () => {
  const told = (begin: object, device: object = {}, more: object = {}) =>
    words(
      foretold({
        devices: { vda: { size: '1M', ...device } },
        ...more,
        steps: [{ do: 'backing_open' }, { do: 'iomap_begin', pos: 0, count: 4096, ...begin }],
      }),
      1,
    ).map(({ text }) => text);
  const mapped = (fields: object) => ({ reply: { read: { ...MAP, type: 'MAPPED', ...fields } } });
  const hole = { ...MAP, addr: 'NULL_ADDR', dev: 0 };

  it.each<[string, object, object, string[]]>([
    ['nothing, where all goes well', mapped({ addr: 4096 }), {}, []],
    [
      'a mapping past the end of its device',
      mapped({ addr: MIB - 8192, length: 12288 }),
      {},
      ['The mapping runs 4096 bytes past the end of vda: I/O there fails with -EIO.'],
    ],
    [
      'a read there',
      { ...mapped({ addr: MIB - 8192, length: 12288 }), pos: 8192 },
      {},
      ['The read will fail with -EIO: the mapping runs 4096 bytes past the end of vda.'],
    ],
    [
      'writing back there',
      { ...mapped({ addr: MIB - 8192, length: 12288 }), pos: 8192, op: ['WRITE'] },
      {},
      ['The writing back will fail with -EIO: the mapping runs 4096 bytes past the end of vda.'],
    ],
    [
      'a direct request that is not aligned',
      { ...mapped({ addr: 4096 }), pos: 100, op: ['DIRECT'] },
      {},
      ['The direct read will fail with -EINVAL: position 100 is not a multiple of 512.'],
    ],
    [
      'an atomic write that gets less',
      {
        ...mapped({ addr: 4096, length: 4096, flags: ['ATOMIC_BIO'] }),
        op: ['WRITE', 'DIRECT'],
        count: 8192,
      },
      {},
      ['The direct write will fail with -EINVAL: ATOMIC_BIO, and the mapping has 4096 of its 8192 bytes.'],
    ],
    [
      'a device that fails',
      mapped({ addr: 4096 }),
      { faults: [{ sector: 8 }] },
      ['The read will fail with -EIO: vda fails a read of 4096 bytes at sector 8.'],
    ],
    [
      'a device that is read-only',
      { ...mapped({ addr: 4096 }), op: ['WRITE', 'DIRECT'] },
      { readOnly: true },
      ['vda is read-only: the block layer warns, and writes all the same.'],
    ],
    [
      'blocks of the device that are larger',
      mapped({ addr: 512 }),
      { logicalBlockSize: 4096 },
      ['The read will fail with -EIO: it begins within a 4096-byte block of vda.'],
    ],
    [
      'zeros around a short write to new blocks',
      { ...mapped({ addr: 4096, flags: ['NEW'] }), op: ['WRITE', 'DIRECT'], pos: 512, count: 512 },
      {},
      ['Around what is written the kernel writes 3584 bytes of zeros to vda.'],
    ],
    [
      'old data that leaks',
      { op: ['WRITE'], reply: { read: hole, write: { ...MAP, type: 'MAPPED', addr: 8192 } } },
      {},
      [
        'With no old block to read, a write of a part of a block first reads 4096 bytes at sector 16 of vda, where it ' +
          'is going to write: without NEW, what lies there becomes part of the file.',
      ],
    ],
    [
      'and none, if the blocks are NEW',
      { op: ['WRITE'], reply: { read: hole, write: { ...MAP, type: 'MAPPED', addr: 8192, flags: ['NEW'] } } },
      {},
      [],
    ],
    [
      'bytes that no device gets',
      { op: ['WRITE'], reply: { read: hole } },
      {},
      [
        'The bytes go to the page cache. If writing them back is answered with a HOLE too, they are lost without an error.',
      ],
    ],
    [
      'an address within a sector',
      mapped({ addr: 4096 + 256 }),
      {},
      [
        'addr lies 256 bytes into a sector: the kernel drops the remainder, so the bytes are not the ones that were meant.',
      ],
    ],
    [
      'a short read',
      { ...mapped({ addr: 4096 }), count: 8192 },
      { faults: [{ sector: 16 }] },
      ['The read will return 4096 of 8192 bytes: vda fails a read of 8192 bytes at sector 8.'],
    ],
  ])('%s', (_, begin, device, sentences) => {
    expect(told(begin, device)).toEqual(sentences);
  });

  it('does not change what comes after', () => {
    const document = {
      devices: { vda: { size: '1M', contents: 'pattern', faults: [{ sector: 8, times: 1 }] } },
      steps: [
        { do: 'backing_open' },
        { do: 'iomap_begin', pos: 0, count: 4096, op: ['WRITE', 'DIRECT'], ...mapped({ addr: 4096 }) },
        { do: 'pread', replies: [{ read: { ...MAP, type: 'MAPPED', addr: 4096 }, times: 2 }] },
        { do: 'pread', replies: [{ read: { ...MAP, type: 'MAPPED', addr: 4096 } }] },
      ],
    };
    const { scenario, run: with_ } = foretold(document);
    const without = run(core, scenario);
    const plain = with_.executions.map(({ foreseen: _, foreseenCalls: __, ...execution }) => execution);
    expect(with_.executions[1]!.foreseen!.io.ret).toBe(-5n);
    expect(plain).toEqual(without.executions);
  });
});

test('of a call within a step, a fault that the step used up is told once', () => {
  const { scenario, run } = foretold({
    devices: { vda: { size: '1M', faults: [{ sector: 8, times: 1 }] } },
    steps: [
      { do: 'backing_open' },
      {
        do: 'pread',
        direct: false,
        replies: [{ read: { ...MAP, type: 'MAPPED', addr: 4096 }, times: 3 }],
      },
    ],
  });
  const read = run.executions[1]!;
  const { io } = read;
  const tried = { ret: -5n, oops: null, events: io!.events };
  const foreseen = {
    kind: 'read',
    direct: false,
    pos: 0n,
    lengthBytes: 4096n,
    sizeBytes: 65536n,
    blockSizeBytes: 4096,
    io: tried,
    wantedBytes: 4096n,
    writeback: null,
    tail: null,
    partial: null,
  } as const;
  const begins = io!.calls.flatMap((call, index) => (call.do === 'iomap_begin' ? [index] : []));
  const texts = begins.map((index) =>
    callConsequences(read, index, foreseen, scenario).map(({ text }) => text),
  );
  expect(texts).toEqual([['In this step vda fails a read of 4096 bytes at sector 8: -EIO.'], []]);
});
