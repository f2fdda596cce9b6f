// SPDX-License-Identifier: MIT
/** A step of I/O is not green where one of its calls is not: what the text tells, what the page asks, and what was run agree. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { worstOf, type Consequence } from '#engine/checks/consequence.ts';
import { followsFrom } from '#engine/checks/follows-from.ts';
import { isSilent } from '#engine/checks/words.ts';
import { IOMAP_F, IOMAP_OP, IOMAP_TYPE } from '#engine/kernel/names.ts';
import { foreseeAll } from '#engine/run/foresee-calls.ts';
import { run } from '#engine/run/runner.ts';
import type { BioEvent, Execution, Iomap, Run } from '#engine/run/types.ts';
import { IO_STEPS } from '#engine/scenario/io-names.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { follow } from '#engine/view/follow.ts';
import { toneKnown } from '#engine/view/known-line.ts';
import { isDoubtful, toneOf } from '#engine/view/tone.ts';
import { loadCore } from '../core-module.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const MIB = 1 << 20;
const LENGTH = 16384;

function mapping(places: number[]) {
  const placed = fc.record({
    type: fc.constantFrom('MAPPED', 'MAPPED', 'UNWRITTEN'),
    addr: fc.constantFrom(...places),
    flags: fc.constantFrom<string[]>([], [], [], ['NEW'], ['SHARED'], ['ANON_WRITE']),
    dev: fc.constant(1),
  });
  const none = fc
    .constantFrom('HOLE', 'DELALLOC', 'INLINE')
    .map((type) => ({ type, addr: 'NULL_ADDR', dev: 0, flags: [] as string[] }));
  return fc.oneof({ weight: 3, arbitrary: placed }, { weight: 1, arbitrary: none });
}
const reply = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      read: mapping([0, 8192, 8192 + 256, MIB - 8192]),
      write: fc.option(mapping([65536, MIB - 8192]), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ error: '-ENOSPC' }, { error: '-ENOSYS' }, { error: '-EIO' }) },
);
const step = fc.record({
  do: fc.constantFrom(...IO_STEPS.filter((name) => name !== 'iomap_ioend')),
  direct: fc.boolean(),
  offset: fc.constantFrom(0, 512, 4096, 8192, 100),
  length: fc.constantFrom(512, 4096, 8192, 20000, 100),
  replies: fc.array(reply, { minLength: 1, maxLength: 3 }),
});
const input = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  size: fc.constantFrom(65536, 5000),
  device: fc.record({
    readOnly: fc.constantFrom(false, false, false, true),
    faults: fc.constantFrom<object[]>([], [], [], [{ op: 'both', sector: 16, times: 1 }]),
  }),
});

/** A step as a document has it: each reply covers 16 KiB of its own, the last as often as it is asked for. */
function stepOf({
  do: what,
  direct,
  offset,
  length,
  replies,
}: typeof step extends fc.Arbitrary<infer T> ? T : never) {
  const told = replies.map((one, i) => {
    const times = i === replies.length - 1 ? 20 : 1;
    if ('error' in one) return { ...one, times };
    const at = (map: object) => ({ offset: 0, length: LENGTH, ...map });
    return { read: at(one.read), ...(one.write ? { write: at(one.write) } : {}), times };
  });
  const range = { offset, length };
  const own: Record<string, object> = {
    pread: { ...range, direct },
    pwrite: { ...range, direct },
    fzero: { ...range, keepSize: true },
    funshare: range,
    fiemap: range,
    seek: { offset, whence: 'data' },
    bmap: { block: 1 },
    truncate: { length },
  };
  return { do: what, ...own[what], replies: told };
}

function ran(document: object): { scenario: Scenario; run: Run } {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, ...document }));
  if (scenario === null) throw new Error(problems[0]?.message);
  return { scenario, run: run(core, scenario, foreseeAll) };
}

const isGreen = (execution: Execution, scenario: Scenario, follows: readonly Consequence[]): boolean =>
  toneOf(execution, isSilent(execution, scenario)) === 'ok' ||
  (isDoubtful(execution) && !isSilent(execution, scenario) && toneKnown({ all: follows, left: 0 }) === 'ok');

const NO_IO = IOMAP_OP.REPORT | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE;

/** What anybody sees in what the core recorded, without a sentence of the page: why a step is not to be green. */
function troublesOf({ io }: Execution, deviceBytes: bigint): string[] {
  const { calls, events } = io!;
  const found: string[] = [];
  // What is read of a mapping without data, or over new blocks, reaches no device.
  const reaches = (map: Iomap | null) =>
    map?.type === IOMAP_TYPE.MAPPED &&
    (map.flags & (IOMAP_F.ANON_WRITE | IOMAP_F.NEW)) === 0 &&
    map.addr + map.length > deviceBytes;
  for (const { do: what, ret, request, iomap, srcmap } of calls) {
    const isDirect = ((request?.opflags ?? 0) & IOMAP_OP.DIRECT) !== 0;
    if ((ret ?? 0n) < 0n && what !== 'iomap_ioend' && !(isDirect && (ret === -38n || ret === -15n)))
      found.push('a call failed');
    // Reported extents are used by nobody here, and zeroing or unsharing may have nothing to do.
    if (
      what === 'iomap_begin' &&
      ((request?.opflags ?? 0) & NO_IO) === 0 &&
      srcmap === null &&
      reaches(iomap)
    )
      found.push('past the end');
  }
  for (const event of events) {
    if (event.kind === 'bio' && event.error !== 0) found.push('a request failed');
    if (event.kind === 'warn') found.push('a warning');
    if (event.kind === 'bytes' && event.origin === 'not-written') found.push('bytes lost');
  }
  return found;
}

/** Requests that read where the step is going to write, with no old block to read. */
const readsWhereItWrites = ({ io }: Execution): BioEvent[] =>
  io!.events.flatMap((event) => {
    if (event.kind !== 'bio' || event.op !== 'read') return [];
    const by = io!.calls
      .slice(0, event.after)
      .findLast(({ do: what, iomap }) => what === 'iomap_begin' && iomap !== null);
    return by?.srcmap?.type === IOMAP_TYPE.HOLE && by.iomap?.bdev === event.device ? [event] : [];
  });

test('no step is green in which something is known to be wrong', () => {
  const doubtful = new Map<string, Set<string>>();
  const green = new Set<string>();
  fc.assert(
    fc.property(input, ({ steps, size, device }) => {
      const document = {
        devices: { vda: { size: '1M', contents: 'pattern', ...device } },
        inodes: { file: { ino: 12, size } },
        steps: [{ do: 'backing_open' }, ...steps.map(stepOf)],
      };
      const { scenario, run: whole } = ran(document);
      for (const execution of whole.executions) {
        if (execution.io === null || execution.outcome !== 'ok') continue;
        const follows = followsFrom(whole, scenario, execution.index);
        // The page asks another machine, and is told the same.
        const asked = follow(whole, scenario, core, { execution: execution.index, call: null });
        expect(asked.all).toEqual(follows);
        const isIt = isGreen(execution, scenario, follows);
        if (isIt) {
          green.add(execution.do);
          expect([execution.do, troublesOf(execution, BigInt(MIB))]).toEqual([execution.do, []]);
          expect(readsWhereItWrites(execution)).toEqual([]);
          for (const [call] of execution.io.calls.entries()) {
            const { all } = follow(whole, scenario, core, { execution: execution.index, call });
            expect([call, worstOf(all)]).toEqual([call, null]);
          }
          continue;
        }
        const worst = worstOf(follows);
        if (worst?.id === 'stale') expect(readsWhereItWrites(execution)).not.toEqual([]);
        // A step that went well did not fail.
        expect(['fails', 'oops']).not.toContain(isSilent(execution, scenario) ? '' : worst?.id);
        const seen = doubtful.get(execution.do) ?? new Set();
        seen.add(isSilent(execution, scenario) ? 'silent' : worst!.id);
        doubtful.set(execution.do, seen);
      }
    }),
    { numRuns: 1_500, seed: 9 },
  );
  const told = (name: string) => [...(doubtful.get(name) ?? [])];
  expect(told('pwrite')).toEqual(
    expect.arrayContaining([
      'silent',
      'past-device',
      'stale',
      'uncopied',
      'writeback-lost',
      'writeback-fails',
    ]),
  );
  expect(told('truncate')).toEqual(expect.arrayContaining(['stale', 'past-device']));
  expect(told('fzero')).toContain('stale');
  expect(told('pread')).toEqual(expect.arrayContaining(['past-device', 'step-fault', 'silent']));
  expect(told('fsync')).toEqual(expect.arrayContaining(['past-device', 'silent']));
  for (const name of IO_STEPS.filter((one) => one !== 'iomap_ioend')) expect([...green]).toContain(name);
});
