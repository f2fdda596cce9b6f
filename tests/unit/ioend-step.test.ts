// SPDX-License-Identifier: MIT
/** The ioend alone, as a step: when it is sent, what it says, and what becomes of its answer. */
import { describe, expect, test } from 'vitest';
import { explain } from '#engine/checks/explain.ts';
import type { Revision } from '#engine/kernel/features.ts';
import { capture } from '#engine/run/capture.ts';
import { Runner, run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

function ran(revision: Revision, steps: object[], size: number | string = 65_536) {
  const document = { format: 1, kernel: { revision }, inodes: { a: { size } }, steps };
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  return { scenario, ...run(loadCore('trace', revision), scenario) };
}

const last = (revision: Revision, steps: object[], size?: number | string) =>
  ran(revision, steps, size).executions.at(-1)!;
const words = (revision: Revision, steps: object[]) => {
  const { scenario, executions } = ran(revision, steps);
  return explain(executions.at(-1)!, scenario);
};
const ioend = (more: object = {}) => ({ do: 'iomap_ioend', ...more });
const sizes = ({ io }: ReturnType<typeof last>) => [io?.sizeBytes, io?.diskSizeBytes];

test('what it leaves out: 4096 bytes at 0 of the first file, no flags, no error, answered with 0', () => {
  const { scenario } = ran('late', [ioend()]);
  expect(scenario.steps).toEqual([
    {
      do: 'iomap_ioend',
      pos: 0n,
      written: 4096n,
      flags: 0,
      error: 0,
      addr: 0xffff_ffff_ffff_ffffn,
      dev: 0,
      reply: 0,
      times: 1,
    },
  ]);
});

describe.each(['v6-04', '2026-01', 'v7-04', 'late', '2026-05-cache'] as const)('on %s', (revision) => {
  test.each<[string, object, boolean]>([
    ['nothing', {}, false],
    ['DIRECT alone', { flags: ['DIRECT'] }, false],
    ['WRITEBACK alone', { flags: ['WRITEBACK'] }, false],
    ['UNWRITTEN', { flags: ['UNWRITTEN'] }, true],
    ['SHARED', { flags: ['SHARED'] }, true],
    ['UNWRITTEN of no bytes', { flags: ['UNWRITTEN'], written: 0 }, false],
    ['an error', { error: '-EIO', written: 0 }, true],
    ['bytes past the end', { pos: 65_536 }, true],
    ['bytes up to the end', { pos: 61_440 }, false],
  ])('is it sent? %s', (_, more, sent) => {
    expect(last(revision, [ioend(more)]).io?.calls.length).toBe(Number(sent));
  });

  test('the kernel adds APPEND, and both sizes grow', () => {
    const one = last(revision, [ioend({ pos: 65_536, flags: ['DIRECT'] })]);
    expect(one).toMatchObject({ outcome: 'ok', ret: 0n });
    expect(one.io?.calls[0]?.request?.ioend?.flags).toBe(0x18);
    expect(sizes(one)).toEqual([69_632n, 69_632n]);
  });

  test('an error of the server is the result, and both sizes stay', () => {
    const one = last(revision, [ioend({ pos: 65_536, reply: { error: '-ENOSPC' } })]);
    expect(one).toMatchObject({ outcome: 'error', ret: -28n });
    expect(sizes(one)).toEqual([65_536n, 65_536n]);
  });

  test('an error of the I/O leaves both sizes, whatever the server says', () => {
    const one = last(revision, [ioend({ pos: 65_536, error: '-EIO' })]);
    expect(one).toMatchObject({ outcome: 'ok', ret: 0n });
    expect(sizes(one)).toEqual([65_536n, 65_536n]);
  });

  test('-ENOSYS counts as 0, and nothing is sent after it', () => {
    const no = ioend({ pos: 65_536, reply: { error: '-ENOSYS' } });
    expect(last(revision, [no])).toMatchObject({ outcome: 'ok', ret: 0n });
    const after = last(revision, [no, ioend({ pos: 69_632 })]);
    expect(after.io?.calls).toEqual([]);
    expect(sizes(after)).toEqual([73_728n, 73_728n]);
    expect(words(revision, [no, ioend({ pos: 69_632 })]).sentence).toContain('-ENOSYS before');
  });
});

test.each<[Revision, bigint]>([
  ['v6-04', 4096n],
  ['2026-01', 4096n],
  ['v7-04', 4_294_971_392n],
  ['late', 4_294_971_392n],
  ['2026-05-cache', 4_294_971_392n],
])('on %s it tells of 4 GiB + 4 KiB as %i bytes', (revision, written) => {
  const step = ioend({ written: 4_294_971_392, flags: ['UNWRITTEN'] });
  const one = last(revision, [step], '8G');
  expect(one.io?.calls[0]?.request).toMatchObject({ written });
  expect(explain(one, ran(revision, [step], '8G').scenario).sentence.includes('32 bits')).toBe(
    written === 4096n,
  );
});

test.each<[Revision, bigint, bigint]>([
  ['v6-04', -5n, 65_536n],
  ['2026-01', -5n, 65_536n],
  ['v7-04', 0n, 512n],
  ['late', 0n, 512n],
  ['2026-05-cache', 0n, 69_632n],
])('on %s a new size of 512 returns %i and leaves %i', (revision, ret, disk) => {
  const one = last(revision, [ioend({ pos: 65_536, reply: { newsize: 512 } })]);
  expect(one.ret).toBe(ret);
  expect(one.io?.diskSizeBytes).toBe(disk);
});

test('new_addr and dev are told as they are; dev from v7 on', () => {
  const step = ioend({ flags: ['SHARED'], addr: 2048, dev: 7 });
  expect(last('v6-04', [step]).io?.calls[0]?.request?.ioend).toMatchObject({ new_addr: 2048n, dev: null });
  expect(last('late', [step]).io?.calls[0]?.request?.ioend).toMatchObject({ new_addr: 2048n, dev: 7 });
});

test('the plumbing has none', () => {
  expect(last('2026-05', [ioend({ error: '-EIO' })])).toMatchObject({ outcome: 'not-called', ret: null });
});

test('a new size in the list of an I/O step is the same answer', () => {
  const write = {
    do: 'pwrite',
    offset: 65_536,
    direct: true,
    replies: [{ read: { offset: 65_536, length: 4096, addr: 0, type: 'MAPPED', dev: 1 } }],
    ioendReplies: [{ newsize: 100 }],
  };
  expect(last('late', [{ do: 'backing_open' }, write])).toMatchObject({ ret: 4096n });
  expect(sizes(last('late', [{ do: 'backing_open' }, write]))).toEqual([69_632n, 100n]);
});

test('what it lacks is said, and where', () => {
  const problems = (step: object) =>
    parseDocument(JSON.stringify({ format: 1, steps: [ioend(step)] })).problems.map(({ message }) => message);
  expect(problems({ reply: { newsize: -1 } })[0]).toContain('0xffffffffffffffff');
  expect(problems({ inode: 'b' })[0]).toContain('No inode');
  expect(problems({ replies: [] })[0]).toContain('reply');
});

test('a live server is asked if the reply is left out, and what it said can be kept', () => {
  const { scenario, problems, value } = parseDocument(
    JSON.stringify({ format: 1, kernel: { revision: 'late' }, steps: [ioend({ pos: 65_536 })] }),
  );
  if (scenario === null) throw new Error(problems[0]?.message);
  const server = { iomap_ioend: () => ({ newsize: 100n }) };
  const result = new Runner(loadCore('trace', 'late'), undefined, server).run(scenario);
  expect(result.executions[0]?.io?.diskSizeBytes).toBe(100n);
  const kept = JSON.stringify(capture(value!, scenario, result).value, (_, v: unknown) =>
    typeof v === 'bigint' ? Number(v) : v,
  );
  expect(kept).toContain('"newsize":100');
});
