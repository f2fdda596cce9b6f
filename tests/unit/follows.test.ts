// SPDX-License-Identifier: MIT
/** What a verdict says of the I/O that follows from it, and of bytes that are another file's. */
import { expect, test } from 'vitest';
import { CONSEQUENCES, byWeight, doubted, says, worstOf } from '#engine/checks/consequence.ts';
import { followsFrom } from '#engine/checks/follows-from.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { foresee } from '#engine/run/foresee.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printCard } from '#engine/text/card.ts';
import { runText } from '#engine/text/run.ts';
import { knownLine } from '#engine/view/known-line.ts';
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
  return { scenario, run: run(loadCore(), scenario, foresee) };
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
  expect(knownLine(begun, { all: [], tried: true })).toBe('What follows: the I/O goes well.');
  expect(knownLine(begun, { all: [], tried: false })).toBe('What follows: no I/O.');
  expect(knownLine(begun, { all: bad, tried: true })).toBe('What follows: by reading the source.');
  expect(knownLine({ ...begun, trust: 'edited' }, { all: bad, tried: true })).toBe(
    'What follows: by the edited core.',
  );
  expect(knownLine(begun, null)).toBe('What follows: not known.');
  expect(knownLine({ do: 'pread', trust: 'reading' }, { all: [], tried: true })).toBe(
    'Whose bytes: no other file here claims them.',
  );
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
    return followsFrom(run(loadCore('trace', revision), scenario, foresee), scenario, 1).map(({ id }) => id);
  };
  for (const revision of ['v6-04', 'late'] as const) {
    expect(told(revision, 'blk-path')).toEqual(['undefined']);
    expect(told(revision, 'blk')).toEqual([]);
  }
  // The device was not opened, so the mapping is refused.
  expect(told('2026-05', 'blk-path')).toEqual([]);
});
