// SPDX-License-Identifier: MIT
/** What the page says of an accepted mapping is what I/O with the same reply does. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { consequences } from '#engine/checks/consequences.ts';
import { mappingSentences } from '#engine/checks/explain-mapping.ts';
import { foresee } from '#engine/run/foresee.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';
import { CONSEQUENCE_CLAIMS, MAPPING_CLAIMS, leavesSome, type Ran } from './sentence-claims.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const MIB = 1 << 20;
const LENGTH = 16384;
const RANGE = { offset: 0, length: LENGTH };

function mapping(places: number[]) {
  const placed = fc.record({
    type: fc.constantFrom('MAPPED', 'MAPPED', 'UNWRITTEN'),
    addr: fc.constantFrom(...places),
    flags: fc.constantFrom<string[]>([], [], ['NEW'], ['SHARED'], ['ANON_WRITE']),
    dev: fc.constant(1),
  });
  const none = fc
    .constantFrom('HOLE', 'DELALLOC', 'INLINE')
    .map((type) => ({ type, addr: 'NULL_ADDR', dev: 0, flags: [] as string[] }));
  return fc.oneof({ weight: 3, arbitrary: placed }, { weight: 1, arbitrary: none });
}

const input = fc.record({
  kind: fc.constantFrom('pread', 'pwrite', 'pwrite', 'fzero', 'funshare'),
  direct: fc.boolean(),
  read: mapping([0, 4096, 8192, 8192 + 256, MIB - 8192]),
  write: fc.option(mapping([65536, 65536 + 256, MIB - 8192]), { nil: null }),
  pos: fc.constantFrom(0, 512, 4096, 8192, 12288, 100),
  count: fc.constantFrom(512, 1024, 4096, 8192, 100),
  size: fc.constantFrom(65536, 4096, 5000),
  device: fc.record({
    logicalBlockSize: fc.constantFrom(512, 512, 4096),
    readOnly: fc.constantFrom(false, false, true),
    faults: fc.constantFrom<object[]>([], [], [], [{ op: 'both', sector: 16, times: 'always' }]),
  }),
});
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

const OPS = { pread: [], pwrite: ['WRITE'], fzero: ['ZERO'], funshare: ['WRITE', 'UNSHARE'] } as const;

function executions({ size, device }: Input, steps: object[]) {
  const document = {
    format: 1,
    devices: { vda: { size: '1M', contents: 'pattern', ...device } },
    inodes: { file: { ino: 12, size } },
    steps: [{ do: 'backing_open' }, ...steps],
  };
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  return { scenario, executions: run(core, scenario, foresee).executions };
}

/** The sentences of a begin, and the I/O that they are about; null if there's none to hold them against. */
function tried(one: Input) {
  const { kind, pos, count, size, read, write } = one;
  const direct = one.direct && (kind === 'pread' || kind === 'pwrite');
  // Only I/O within the file asks.
  if (kind !== 'pwrite' && pos + count > size) return null;
  if (kind === 'pwrite' && pos > size) return null;
  // The page cache asks by the page, reading ahead; direct I/O asks for all.
  const length = direct || pos % 4096 === 0 ? count : Math.min(count, 4096 - (pos % 4096));
  const reply = {
    read: { ...RANGE, ...read },
    ...(write === null || kind === 'pread' ? {} : { write: { ...RANGE, ...write } }),
  };
  const rest = { read: { type: 'HOLE', offset: LENGTH, length: MIB, addr: 'NULL_ADDR' } };
  const replies = [{ ...reply, times: 8 }, rest];
  const act = (offset: number, bytes: number) =>
    kind === 'fzero'
      ? { do: kind, offset, length: bytes, keepSize: true, replies }
      : kind === 'funshare'
        ? { do: kind, offset, length: bytes, replies }
        : { do: kind, offset, length: bytes, direct, replies };
  const cached = kind !== 'pread' && !direct;
  const op = [...OPS[kind as keyof typeof OPS], ...(direct ? ['DIRECT'] : [])];
  const begin = { do: 'iomap_begin', op, pos, count: length, reply };
  const { scenario, executions: all } = executions(one, [
    begin,
    act(pos, length),
    ...(cached ? [{ do: 'fsync', replies }] : []),
  ]);
  const asked = all[1]!;
  if (asked.outcome !== 'ok' || asked.iomap === null) return null;
  const [io, synced] = [all[2], all[3]];
  if (io === undefined) return null;
  // The blocks around, as the new mapping gives them without the write and after it.
  const look = () => {
    const place = write?.type === 'UNWRITTEN' ? { ...write, type: 'MAPPED' } : write;
    if (kind !== 'pwrite' || !direct || place?.type !== 'MAPPED') return { before: null, after: null };
    const start = pos - (pos % 4096);
    const plain = { read: { ...RANGE, ...place, flags: [] } };
    const look = { do: 'pread', offset: start, length: 12288, direct: true, replies: [plain, rest] };
    const { executions: seen } = executions({ ...one, size: 65536 }, [look, act(pos, length), look]);
    const [before, after] = [seen[1]?.io?.data ?? null, seen[3]?.io?.data ?? null];
    return { before, after };
  };
  const ran: Ran = {
    map: asked.iomap,
    source: asked.srcmap,
    pos: BigInt(pos),
    lengthBytes: BigInt(length),
    sizeBytes: BigInt(size),
    direct,
    io,
    synced: synced ?? null,
    oneByte: () => executions(one, [act(pos, 1)]).executions[1]!,
    lastBlock: () => {
      const steps = [act(LENGTH - 4096, 4096), ...(cached ? [{ do: 'fsync', replies }] : [])];
      return executions({ ...one, size: 65536 }, steps).executions;
    },
    ...look(),
  };
  return { scenario, asked, ran };
}

/** A fault behind the first page, which chance seldom finds. */
const SHORT: Input = {
  kind: 'pread',
  direct: false,
  read: { type: 'MAPPED', addr: 4096, flags: [], dev: 1 },
  write: null,
  pos: 0,
  count: 8192,
  size: 65536,
  device: {
    logicalBlockSize: 512,
    readOnly: false,
    faults: [{ op: 'both', sector: 16, times: 'always' }],
  },
};

test('each sentence is true of the I/O that is run', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(input, (one) => {
      const all = tried(one);
      if (all === null) return;
      const { scenario, asked, ran } = all;
      for (const said of mappingSentences(asked)) {
        seen.add(said.id);
        expect([said.text, MAPPING_CLAIMS[said.id]?.(ran, said)]).toEqual([said.text, true]);
      }
      const told = consequences(asked, asked.foreseen ?? null, scenario);
      for (const said of told) {
        seen.add(said.id);
        expect([said.text, CONSEQUENCE_CLAIMS[said.id]?.(ran, said)]).toEqual([said.text, true]);
      }
      // What a direct write leaves uncopied is told.
      if (leavesSome(ran)) expect(told.map(({ id }) => id)).toContain('uncopied');
    }),
    { numRuns: 2_500, seed: 9, examples: [[SHORT]] },
  );
  const elsewhere = ['asked', 'answers-nothing', 'step-fault', 'other-file', 'undefined'];
  const ids = [...Object.keys(MAPPING_CLAIMS), ...Object.keys(CONSEQUENCE_CLAIMS)];
  expect(ids.filter((id) => !seen.has(id))).toEqual(elsewhere);
});
