// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { run } from '../run/runner.ts';
import { parseDocument } from '../scenario/parse.ts';
import { importTrace } from './import-trace.ts';

const file = (name: string) =>
  readFileSync(new URL(`../../tests/data/imports/${name}`, import.meta.url), 'utf8');

function opened(text: string) {
  const found = importTrace(text);
  if (!found.ok) throw new Error(found.message);
  const { scenario, problems } = parseDocument(found.text);
  expect(problems).toEqual([]);
  const { revision } = scenario!.kernel;
  return { revision, said: found.unknown.join('\n'), ran: run(loadCore('trace', revision), scenario!) };
}

test('a type of the mapping cache opens on a revision that has one, and the other is named', () => {
  const { revision, said, ran } = opened(file('04a.txt'));
  expect(revision).toBe('late');
  expect(said).toContain('2026-05-cache has it too');
  expect(ran.executions.at(-1)!.outcome).toBe('retry-cache');
});

test('an op flag of a later kernel opens on a revision that has it', () => {
  const { revision, said, ran } = opened(file('04c.txt'));
  expect(revision).toBe('late');
  expect(said).toContain('op flag writeback');
  expect(said).toContain('2026-05-cache has it too');
  expect(ran.executions.at(-1)!.request?.opflags).not.toBe(0);
});

test('what every revision has opens on the usual one', () => {
  const { revision, said } = opened(file('05b.txt'));
  expect(revision).toBe('v6-04');
  expect(said).not.toContain('opens on');
});

test('two connections stay two: what one opened, the other does not have', () => {
  const { said, ran } = opened(file('05b.txt'));
  expect(said).toContain('this is 8: 1 line of connection 7 is left out');
  expect(ran.expectations).toMatchObject({ unmet: [] });
  expect(ran.executions.at(-1)!.decided?.check).toBe('dev-not-found');
});

test('the connection with the most begins is the one that opens', () => {
  const lines = file('04c.txt').replaceAll('connection 7', 'connection 9').trim();
  const twice = `${file('05b.txt').trim()}\n${lines}\n${lines.replaceAll('u4:1-63', 'u4:1-64')}`;
  expect(opened(twice).said).toContain('this is 9');
});

/** Lines of one begin that was answered by these mappings, of a task of its own. */
function lines(ops: string, types: [read: string, write: string], more = ''): string {
  const head = (event: string) => ` cp-61 [002] ..... 5.000001: ${event}: connection 7 `;
  const of = (event: string) => `${head(event)}ino 30 nodeid 30 isize 0x8000 `;
  const map = (type: string) =>
    type === 'mapped'
      ? 'offset 0x0 length 0x8000 type mapped dev 1 addr 0x10000 mapflags ()'
      : `offset 0x0 length 0x8000 type ${type} dev 0 addr 0xffffffffffffffff mapflags ()`;
  return (
    `${more === '' ? '' : `${head('fuse_backing_open')}${more}\n`}` +
    `${of('fuse_iomap_begin')}opflags (${ops}) pos 0x0 length 0x8000\n` +
    `${of('fuse_iomap_read_map')}${map(types[0])}\n${of('fuse_iomap_write_map')}${map(types[1])}\n`
  );
}

test.each([
  ['swapfile', 'hole', 'overwrite', '', 'late', 'op flag swapfile'],
  ['', 'hole', 'nocache', '', 'late', 'types of the mapping cache'],
  [
    '',
    'mapped',
    'overwrite',
    'id 1 type iomap ino 0x21 rdev 8:16',
    '2026-05',
    'word id in fuse_backing_open',
  ],
  [
    '',
    'mapped',
    'retry',
    'id 1 type iomap ino 0x21 rdev 8:16',
    '2026-05-cache',
    'word id in fuse_backing_open and the types of the mapping cache',
  ],
  [
    'writeback',
    'mapped',
    'overwrite',
    'id 1 type iomap ino 0x21 rdev 8:16',
    '2026-05-cache',
    'word id in fuse_backing_open and the requests with op flag writeback',
  ],
  ['0x800', 'hole', 'overwrite', '', '2026-05', 'op flag writeback as a number'],
  ['', 'hole', '0xff', '', '2026-05', 'type 255 as a number'],
] as const)(
  'op flags (%s), types %s and %s, an open with "%s" open on %s',
  (op, read, write, open, on, why) => {
    const { revision, said, ran } = opened(lines(op, [read, write], open));
    expect([revision, said.includes(why)]).toEqual([on, true]);
    // The open that the lines show is the one in the scenario.
    expect(ran.executions.filter((execution) => execution.do === 'backing_open').length).toBe(
      open === '' ? 0 : 1,
    );
    expect(said).not.toContain('left out');
  },
);

test('numbers in a trace are those of the revision that printed it', () => {
  const open = 'id 1 type iomap ino 0x21 rdev 8:16';
  // WRITEBACK is bit 11 from May 2026 on.
  const { ran } = opened(lines('0x800', ['mapped', 'overwrite'], open));
  expect(ran.executions.at(-1)).toMatchObject({ outcome: 'ok', request: { opflags: 0x8000_0000 } });
  // 255 without a name is none of that kernel.
  const { ran: refused } = opened(lines('', ['mapped', '0xff'], open));
  expect(refused.executions.at(-1)!.decided).toMatchObject({ check: 'type-unknown', which: 'write' });
});

test('a device that May 2026 did not find is not opened before', () => {
  const bad =
    ' cp-61 [002] ..... 5.000004: fuse_iomap_bad_data: func fuse_iomap_find_bdev line 9 condition !fb\n';
  const { revision, ran } = opened(lines('', ['mapped', 'overwrite']) + bad);
  expect(revision).toBe('2026-05');
  expect(ran.expectations.unmet).toEqual([]);
  expect(ran.executions.at(-1)!.decided?.check).toBe('dev-not-found');
});

test('a device that May 2026 did not find under an op flag writeback is of the one that names it', () => {
  const bad =
    ' cp-61 [002] ..... 5.000004: fuse_iomap_bad_data: func fuse_iomap_find_bdev line 9 condition !fb\n';
  const { revision } = opened(lines('writeback', ['mapped', 'overwrite']) + bad);
  expect(revision).toBe('2026-05-cache');
});

test('a word that no revision prints is named', () => {
  const found = importTrace(lines('', ['ustripe', 'overwrite']));
  expect(found).toMatchObject({ ok: false, line: 2 });
  expect(found.ok ? '' : found.message).toContain('No revision here prints "ustripe"');
});

test('an open whose id no step can get is told', () => {
  const twice = lines('', ['mapped', 'overwrite'], 'id 1 type iomap ino 0x21 rdev 8:16').repeat(2);
  expect(opened(twice).said).toContain('1 open was left out');
});

test('what the playground prints of the revisions of May 2026 is read as theirs', () => {
  const read = { type: 'MAPPED', length: 32_768, addr: 65_536, dev: 1 };
  for (const revision of ['2026-05', '2026-05-cache'] as const) {
    const steps = [{ do: 'backing_open' }, { do: 'iomap_begin', op: ['WRITEBACK'], reply: { read } }];
    const { scenario } = parseDocument(JSON.stringify({ format: 1, kernel: { revision }, steps }));
    const { executions } = run(loadCore('trace', revision), scenario!);
    const log = executions.flatMap((execution) => execution.log.map(({ text }) => text)).join('\n');
    const again = opened(log);
    expect(again.revision).toBe(revision);
    expect(again.ran.executions.at(-1)!.request?.opflags).toBe(0x8000_0000);
  }
});
