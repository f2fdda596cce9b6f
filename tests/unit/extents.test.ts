// SPDX-License-Identifier: MIT
/** Scenarios whose begins are answered from the extents of their files. */
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeLink } from '#engine/link/codec.ts';
import { openLink } from '#engine/link/open.ts';
import { capture } from '#engine/run/capture.ts';
import { Runner, run, stateAt } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { canonicalValue, printScenario } from '#engine/scenario/print.ts';
import { printCard, readCard } from '#engine/text/card.ts';
import { loadCore } from '../core-module.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

const document = (steps: object[], inode: object = {}) => ({
  format: 1,
  devices: { vda: { contents: 'pattern' } },
  inodes: {
    a: {
      size: '12K',
      extents: [
        { offset: 0, length: 4096, addr: '1M' },
        { offset: '8K', length: 4096, addr: '2M', type: 'UNWRITTEN' },
      ],
      ...inode,
    },
  },
  steps: [{ do: 'backing_open' }, ...steps],
});

function parsed(value: object) {
  const result = parseDocument(JSON.stringify(value));
  expect(result.problems).toEqual([]);
  return { ...result, scenario: result.scenario! };
}

const rowsOf = (result: ReturnType<typeof run>, at: number) =>
  stateAt(result, at).extents!.flatMap(({ rows }) =>
    rows.map(({ offset, length, addr, type, waiting }) => [offset, length, addr, type, waiting].map(Number)),
  );

describe('a begin without a reply', () => {
  const begin = (pos: number, more: object = {}) => ({ do: 'iomap_begin', pos, ...more });

  it('is answered from the extents: mapped, hole, unwritten', () => {
    const { scenario } = parsed(document([begin(0), begin(4096), begin(8192), begin(12288)]));
    const { executions } = run(core, scenario);
    expect(executions.slice(1).map(({ outcome, reply }) => [outcome, reply?.by])).toEqual([
      ['ok', 'extents'],
      ['ok', 'extents'],
      ['ok', 'extents'],
      ['ok', 'extents'],
    ]);
    expect(executions.slice(1).map(({ iomap }) => [iomap?.type, iomap?.offset, iomap?.length])).toEqual([
      [2, 0n, 4096n],
      [0, 4096n, 4096n],
      [3, 8192n, 4096n],
      [0, 12288n, 4096n],
    ]);
  });

  it('gets blocks for a write over a hole, the lowest that are free', () => {
    const { scenario } = parsed(document([begin(4096, { op: ['WRITE'] })]));
    const result = run(core, scenario);
    expect(result.executions[1]!.outcome).toBe('ok');
    expect(rowsOf(result, 1)).toEqual([
      [0, 4096, 1 << 20, 2, 0],
      [4096, 4096, 0, 3, 0],
      [8192, 4096, 2 << 20, 3, 0],
    ]);
  });

  it('gets no blocks where the file never allocates', () => {
    const { scenario } = parsed(document([begin(4096, { op: ['WRITE'] })], { allocates: 'never' }));
    expect(run(core, scenario).executions[1]).toMatchObject({ outcome: 'error', ret: -28n });
  });

  it('is answered by its own reply if it has one, even an empty one', () => {
    const { scenario } = parsed(document([begin(0, { reply: {} }), begin(0, { reply: { error: '-EIO' } })]));
    const [, empty, error] = run(core, scenario).executions;
    expect(empty).toMatchObject({ outcome: 'refused' });
    expect(empty!.reply!.by).toBeUndefined();
    expect(error).toMatchObject({ ret: -5n });
  });
});

describe('I/O without replies', () => {
  const write = { do: 'pwrite', offset: 4096, length: 4096, fill: 7, direct: true };
  const read = { do: 'pread', offset: 0, length: 12288, direct: true };

  it('writes into the hole, and the ioend makes the blocks written', () => {
    const { scenario } = parsed(document([write, read]));
    const result = run(core, scenario);
    expect(result.executions.map(({ ret }) => ret)).toEqual([1n, 4096n, 12288n]);
    const { data } = result.executions[2]!.io!;
    expect(data!.subarray(4096, 8192).every((byte) => byte === 7)).toBe(true);
    expect(data!.subarray(8192).every((byte) => byte === 0)).toBe(true);
    expect(rowsOf(result, 2)[1]).toEqual([4096, 4096, 0, 2, 0]);
  });

  it('goes on to the extents where its replies run out', () => {
    const scripted = { read: { length: 4096, type: 'HOLE', addr: 'NULL_ADDR' } };
    const { scenario } = parsed(document([{ ...read, replies: [scripted] }]));
    const { calls, data } = run(core, scenario).executions[1]!.io!;
    expect(
      calls
        .filter((call) => call.do === 'iomap_begin')
        .slice(0, 2)
        .map(({ reply }) => reply?.by),
    ).toEqual([undefined, 'extents']);
    expect(data!.subarray(0, 4096).every((byte) => byte === 0)).toBe(true);
  });

  it('copies shared blocks, and puts the copy in place when it holds the data', () => {
    const extents = [{ length: 8192, addr: '1M', flags: ['SHARED'] }];
    const buffered = { do: 'pwrite', offset: 0, length: 100, fill: 7 };
    const { scenario } = parsed(document([buffered, { do: 'fsync' }, read], { extents }));
    const result = run(core, scenario);
    expect(rowsOf(result, 1)).toEqual([
      [0, 8192, 1 << 20, 2, 0],
      [0, 4096, 0, 2, 1],
    ]);
    expect(rowsOf(result, 2)).toEqual([
      [0, 4096, 0, 2, 0],
      [4096, 4096, (1 << 20) + 4096, 2, 0],
    ]);
    expect(result.executions[3]!.io!.data!.subarray(0, 100).every((byte) => byte === 7)).toBe(true);
  });

  it('cuts the extents that a truncation leaves behind', () => {
    const { scenario } = parsed(document([{ do: 'truncate', length: 4096 }]));
    expect(rowsOf(run(core, scenario), 1)).toEqual([[0, 4096, 1 << 20, 2, 0]]);
  });
});

it('resumes at a checkpoint with the extents that it had there', () => {
  const many = Array.from({ length: 600 }, (_, i) => ({
    do: 'pwrite',
    offset: ((i * 7) % 40) * 4096,
    length: 4096,
    direct: true,
  }));
  const first = parsed(document([...many, { do: 'pread' }])).scenario;
  const second = parsed(document([...many, { do: 'pread', length: 8192 }])).scenario;
  const runner = new Runner(core);
  runner.run(first);
  const resumed = runner.run(second);
  expect(resumed.reused).toBeGreaterThan(0);
  expect({ ...resumed, reused: 0 }).toEqual(run(core, second));
});

describe('the document', () => {
  it('keeps an explicit empty reply, and leaves out what is left out', () => {
    const value = document([
      { do: 'iomap_begin', reply: { read: {} } },
      { do: 'iomap_begin' },
      { do: 'iomap_end', reply: 0 },
    ]);
    const text = printScenario(parseDocument(JSON.stringify(value)).value);
    const { steps } = JSON.parse(text) as { steps: object[] };
    expect(steps.slice(1)).toEqual([
      { do: 'iomap_begin', reply: {} },
      { do: 'iomap_begin' },
      { do: 'iomap_end', reply: 0 },
    ]);
    expect(printScenario(parseDocument(text).value)).toBe(text);
    const { inodes: _, ...without } = value;
    expect(printScenario(parseDocument(JSON.stringify(without)).value)).not.toContain('reply');
  });

  it('travels in links', () => {
    const { value } = parsed(document([{ do: 'iomap_begin', reply: {} }, { do: 'pread' }]));
    const scenario = canonicalValue(value);
    const link = encodeLink({ scenario, step: 1, verdict: null, view: '' });
    const opened = openLink(link);
    expect(opened).toMatchObject({ ok: true });
    expect(JSON.stringify(opened, (_, one: unknown) => (typeof one === 'bigint' ? `${one}` : one))).toContain(
      'UNWRITTEN',
    );
  });

  it('travels in links and cards beside the code of a server', () => {
    const server = 'export const iomap_end = () => 0;';
    const { value, scenario } = parsed({
      ...document([{ do: 'iomap_begin' }, { do: 'iomap_begin', pos: 4096 }]),
      server,
    });
    const link = openLink(encodeLink({ scenario: canonicalValue(value), step: 0, view: '', verdict: null }));
    const card = readCard(printCard(run(core, scenario), scenario, 2));
    const texts = [link.ok ? link.link.text : '', card.ok ? card.text : ''];
    for (const again of texts.map((text) => parseDocument(text).scenario)) {
      expect(again?.server).toBe(server);
      expect(again?.inodes['a']?.extents).toEqual(scenario.inodes['a']?.extents);
      expect(again?.steps).toHaveLength(3);
    }
  });

  it('travels in cards, with all earlier steps', () => {
    const steps = [
      { do: 'pwrite', offset: 4096, direct: true },
      { do: 'iomap_begin' },
      { do: 'iomap_begin', pos: 4096 },
    ];
    const { scenario } = parsed(document(steps));
    const card = printCard(run(core, scenario), scenario, 3);
    const read = readCard(card.replace(/^/gm, '> '));
    expect(read).toMatchObject({ ok: true, notices: [] });
    const again = parseDocument(read.ok ? read.text : '').scenario!;
    expect(again.steps.map((step) => step.do)).toEqual([
      'backing_open',
      'pwrite',
      'iomap_begin',
      'iomap_begin',
    ]);
    expect(run(core, again).executions.at(-1)!.iomap).toEqual(run(core, scenario).executions.at(-1)!.iomap);
  });

  it('refuses rows that overlap, and names both', () => {
    const extents = [{ length: 8192 }, { offset: 4096 }];
    const { problems } = parseDocument(JSON.stringify(document([], { extents })));
    expect(problems.map(({ message, path }) => [message, path])).toEqual([
      [
        'This extent begins at 4096, within extents[0], which ends at 8192. Move it, or make one of them shorter.',
        ['inodes', 'a', 'extents', 1],
      ],
    ]);
  });

  it('can be captured: its replies are what the extents answered', () => {
    const steps = [
      { do: 'iomap_begin' },
      { do: 'pwrite', offset: 4096, direct: true },
      { do: 'pread', length: 12288 },
    ];
    const { value, scenario } = parsed(document(steps));
    const result = run(core, scenario);
    const captured = capture(value, scenario, result);
    expect(captured.notes).toEqual([]);
    const text = printScenario(captured.value);
    expect(text).not.toContain('extents');
    const again = run(core, parseDocument(text).scenario!);
    expect(again.executions.map(({ ret }) => ret)).toEqual(result.executions.map(({ ret }) => ret));
  });
});

it.each([1n << 62n, (1n << 62n) + 4096n, 0x7fff_ffff_ffff_ffffn])(
  'a hole reaches to the end of a file of %i bytes, in one mapping or two',
  (size) => {
    const file = { size: String(size), extents: [] };
    for (const step of [{ do: 'seek' }, { do: 'fiemap', length: '0x7fffffffffffffff' }]) {
      const { executions } = run(core, parsed(document([step], file)).scenario);
      expect(executions[1]!.ret).toBe(step.do === 'seek' ? -6n : 0n);
      expect(executions[1]!.io!.calls.length).toBeLessThanOrEqual(4);
    }
  },
);
