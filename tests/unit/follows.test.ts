// SPDX-License-Identifier: MIT
/** What a verdict says of the I/O that follows from it, and of bytes that are another file's. */
import { expect, test } from 'vitest';
import { CONSEQUENCES, byWeight, doubted, says, worstOf } from '#engine/checks/consequence.ts';
import { followsFrom } from '#engine/checks/follows-from.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { CALLS_TRIED, foreseeAll } from '#engine/run/foresee-calls.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printCard } from '#engine/text/card.ts';
import { runText } from '#engine/text/run.ts';
import { follow } from '#engine/view/follow.ts';
import { knownLine, toneKnown } from '#engine/view/known-line.ts';
import { loadCore } from '../core-module.ts';

const MIB = 1 << 20;
const MAP = { offset: 0, length: 4096, type: 'MAPPED', dev: 1 };

function ran(steps: object[]) {
  const document = {
    format: 1,
    devices: { vda: { size: '1M', contents: 'pattern' } },
    inodes: { a: { ino: 12, size: 65536 }, b: { ino: 13, size: 65536 } },
    steps: [{ do: 'backing_open' }, ...steps],
  };
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  return { scenario, run: run(loadCore(), scenario, foreseeAll) };
}

/** The headline with which text and card tell of the last step, which are the same. */
function headline(steps: object[]): string {
  const { scenario, run } = ran(steps);
  const text = [...runText(run, scenario, { width: 200 })].map((line) => line.text);
  const card = printCard(run, scenario, steps.length);
  const words = text.flatMap((line) => /^ +verdict +(.*?) +returned/.exec(line)?.[1] ?? []).at(-1)!;
  expect(card.replace(/\s+/g, ' ')).toContain(words.replace(/\s+/g, ' '));
  return words;
}

const begin = (read: object, more: object = {}) => ({
  do: 'iomap_begin',
  inode: 'a',
  pos: 0,
  count: 4096,
  ...more,
  reply: { read: { ...MAP, ...read } },
});

test.each<[string, object]>([
  ['Accepted', begin({ addr: 4096 })],
  [
    'Accepted, but the read fails',
    begin({ addr: MIB - 4096, length: 8192 }, { op: ['DIRECT'], count: 8192 }),
  ],
  ['Accepted, but sector 2048 is past the end of vda', begin({ addr: MIB - 4096, length: 8192 })],
  ['Accepted, but the bytes are not the ones meant', begin({ addr: 4096 + 256 })],
])('%s', (words, step) => {
  expect(headline([step])).toBe(words);
});

const at = (addr: number, flags: string[] = []) => [{ read: { ...MAP, addr, flags }, times: 4 }];
const write = (inode: string, addr: number) => ({
  do: 'pwrite',
  inode,
  offset: 0,
  length: 4096,
  direct: true,
  replies: at(addr),
});
const read = (inode: string, addr: number, flags: string[] = [], direct = true) => ({
  do: 'pread',
  inode,
  offset: 0,
  length: 4096,
  direct,
  replies: at(addr, flags),
});

test("a read of what was written of another file is told, of a file's own or of shared blocks it is not", () => {
  const foreign = "Read 4096 bytes, but the bytes are another file's";
  expect(headline([write('a', 8192), read('b', 8192)])).toBe(foreign);
  expect(headline([write('a', 8192), read('b', 8192, [], false)])).toBe(foreign);
  expect(headline([write('a', 8192), read('a', 8192)])).toBe('Read 4096 bytes');
  expect(headline([write('a', 8192), read('b', 4096)])).toBe('Read 4096 bytes');
  expect(headline([write('a', 8192), read('b', 8192, ['SHARED'])])).toBe('Read 4096 bytes');
  // The one that wrote last has them.
  expect(headline([write('a', 8192), write('b', 8192), read('b', 8192)])).toBe('Read 4096 bytes');
  expect(headline([write('a', 8192), begin({ addr: 8192 }, { inode: 'b' })])).toBe(
    "Accepted, but the bytes are another file's",
  );
});

const hole = { ...MAP, type: 'HOLE', addr: 'NULL_ADDR', dev: 0 };
const io = (what: string, replies: object[], more: object = {}) => ({
  do: what,
  inode: 'a',
  ...more,
  replies,
});
const outOfPlace = (from: object) => [{ read: from, write: { ...MAP, addr: 8192 }, times: 8 }];
const part = { offset: 0, length: 100 };
const whole = { offset: 0, length: 4096 };
const two = { offset: 0, length: 8192 };

test.each<[string, object[]]>([
  ['Wrote 100 bytes, but old bytes of the device may show', [io('pwrite', outOfPlace(hole), part)]],
  ['Wrote 4096 bytes', [io('pwrite', outOfPlace(hole), whole)]],
  // What is written back lies in the page cache, whole: nothing is read for it.
  ['Synced', [io('pwrite', outOfPlace(hole), part), io('fsync', outOfPlace(hole))]],
  ['Size 100, but old bytes of the device may show', [io('truncate', outOfPlace(hole), { length: 100 })]],
  [
    'Zeroed, but old bytes of the device may show',
    [io('fzero', outOfPlace(hole), { ...part, keepSize: true })],
  ],
  [
    'Wrote 4096 bytes, but sector 2048 is past the end of vda',
    [
      io('pwrite', [{ read: { ...MAP, addr: MIB - 4096, length: 8192 }, times: 2 }], {
        ...whole,
        direct: true,
      }),
    ],
  ],
  [
    'Wrote 4096 bytes, with an error inside',
    [io('pwrite', [{ read: { ...MAP, addr: 8192 } }, { error: '-ENOSPC' }], two)],
  ],
  [
    'Read 4096 bytes, with an error inside',
    [
      io(
        'pread',
        [
          { read: { ...MAP, addr: 8192 } },
          { read: { ...MAP, offset: 4096, length: 0, addr: 8192 }, times: 9 },
        ],
        two,
      ),
    ],
  ],
  ['No block, with an error inside', [io('bmap', [{ error: '-EIO' }], { block: 1 })]],
  // The page cache stands in.
  [
    'Read 4096 bytes',
    [
      io('pread', [{ error: '-ENOSYS' }, { read: { ...MAP, addr: 8192 }, times: 2 }], {
        ...whole,
        direct: true,
      }),
    ],
  ],
])('of what happened inside: %s', (words, steps) => {
  expect(headline(steps)).toBe(words);
});

test('of several mappings it says which one', () => {
  const second = { ...MAP, offset: 4096, addr: MIB - 4096, length: 8192 };
  const { scenario, run } = ran([
    io('pwrite', [{ read: { ...MAP, addr: 8192 } }, { read: second }], { ...two, direct: true }),
  ]);
  expect(followsFrom(run, scenario, 1).map(({ text }) => text)).toEqual([
    'begin 2: The mapping runs 4096 bytes past the end of vda: I/O there fails with -EIO.',
  ]);
});

test('of a step with more mappings than are tried it is said how many are left', () => {
  const many = CALLS_TRIED + 2;
  const replies = Array.from({ length: many }, (_, i) => ({
    read: { ...MAP, offset: i * 4096, addr: 8192 },
  }));
  const { scenario, run } = ran([io('pwrite', replies, { offset: 0, length: many * 4096, direct: true })]);
  expect(run.executions[1]!.io!.calls.filter(({ do: what }) => what === 'iomap_begin')).toHaveLength(many);
  const follows = follow(run, scenario, loadCore(), { execution: 1, call: null });
  expect(follows).toEqual({ all: [], tried: true, left: 2 });
});

test('it says who wrote them, and where', () => {
  const { scenario, run } = ran([write('a', 8192), read('b', 8192)]);
  expect(followsFrom(run, scenario, 2).map(({ text }) => text)).toEqual([
    'Sector 16 of vda holds what step 2 wrote of file a: read as file b, it returns those bytes.',
  ]);
});

test('the gravest is told, whatever the order; a note casts no doubt', () => {
  const all = CONSEQUENCES.map((id) => says(id, `${id}.`, { it: 'read' }));
  expect(byWeight([...all].reverse())).toEqual(all);
  expect(worstOf([...all].reverse())?.id).toBe('oops');
  const notes = all.filter(({ tone }) => tone === 'note');
  expect(notes.map(({ id }) => id)).toEqual(['zeros-around']);
  expect(doubted('Accepted', notes)).toBe('Accepted');
  // Every other one ends the headline with words of its own.
  const others = all.filter(({ tone }) => tone !== 'note').map((one) => doubted('Accepted', [one]));
  expect(new Set(others).size).toBe(others.length);
  for (const words of others) expect(words).toMatch(/^Accepted, but \S/);
});

test('the line of what follows says how that is known', () => {
  const begun = { do: 'iomap_begin', trust: 'golden' } as const;
  const bad = [says('oops', 'The kernel would oops.')];
  expect(knownLine(begun, { all: [], tried: true, left: 0 })).toBe('What follows: the I/O goes well.');
  expect(knownLine(begun, { all: [], tried: false, left: 0 })).toBe('What follows: no I/O.');
  expect(knownLine(begun, { all: bad, tried: true, left: 0 })).toBe('Known by reading the kernel’s source.');
  expect(knownLine({ ...begun, trust: 'edited' }, { all: bad, tried: true, left: 0 })).toBe(
    'Known by trying the edited core.',
  );
  expect(knownLine(begun, null)).toBe('What follows: not known.');
  expect(knownLine({ do: 'pread', trust: 'reading' }, { all: [], tried: true, left: 0 })).toBe(
    'Whose bytes: no other file of this scenario has them.',
  );
  const written = { do: 'pwrite', trust: 'reading' } as const;
  expect(knownLine(written, { all: [], tried: true, left: 0 })).toBe(
    'The mappings that it got: no harm found in them.',
  );
  expect(knownLine(written, { all: [], tried: false, left: 0 })).toBe(
    'The mappings that it got: I/O uses none.',
  );
  expect(knownLine(written, { all: [], tried: true, left: 9 })).toBe(
    'The mappings that it got: 9 are not tried.',
  );
  expect(knownLine({ do: 'pread', trust: 'reading' }, { all: bad, tried: true, left: 0 })).toBe(
    'Known by reading the kernel’s source.',
  );
});

test('what is not all tried has no colour', () => {
  const bad = [says('oops', 'The kernel would oops.')];
  expect(toneKnown({ all: [], left: 0 })).toBe('ok');
  expect(toneKnown({ all: [], left: 1 })).toBe('asking');
  expect(toneKnown({ all: bad, left: 1 })).toBe('warn');
});

test('a mapping on a device by an O_PATH descriptor is undefined, before May 2026', () => {
  const scenarioOf = (revision: string, kind: string) =>
    parseDocument(
      JSON.stringify({
        format: 1,
        kernel: { revision },
        fds: { 3: { kind, device: 'vda' } },
        steps: [{ do: 'backing_open' }, { do: 'iomap_begin', reply: { read: { ...MAP, addr: 4096 } } }],
      }),
    ).scenario!;
  const told = (revision: Revision, kind: string) => {
    const scenario = scenarioOf(revision, kind);
    return followsFrom(run(loadCore('trace', revision), scenario, foreseeAll), scenario, 1).map(
      ({ id }) => id,
    );
  };
  for (const revision of ['v6-04', 'late'] as const) {
    expect(told(revision, 'blk-path')).toEqual(['undefined']);
    expect(told(revision, 'blk')).toEqual([]);
  }
  // The device was not opened, so the mapping is refused.
  expect(told('2026-05', 'blk-path')).toEqual([]);
});
