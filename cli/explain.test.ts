// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { CHECKS } from '#engine/kernel/checks.ts';
import { ALL_WORDS } from '#engine/words/glossary.ts';
import { explain } from './commands/explain.ts';
import type { Terminal } from './common/terminal.ts';

async function called(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const terminal: Terminal = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    lines: () => {},
    width: 80,
  };
  return { status: await explain.run(args, terminal), out, err };
}

test('a word is explained: what, a case, where, and the checks that compare it', async () => {
  const { status, out, err } = await called('pos');
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^pos \(field\)\n\nThe first byte of the file/);
  expect(out).toContain('On the wire: Bytes 16 to 23');
  expect(out).toContain('In the kernel: `iter.pos`.');
  expect(out).toMatch(/Checks: read-after-pos, write-after-pos,\s+read-before-pos, write-before-pos/);
  expect(out).toContain('See also: count, offset, iomap_begin');
});

test('an errno is found with its minus sign, by number and by name', async () => {
  const { status, out } = await called('117');
  expect(status).toBe(0);
  expect(out).toMatch(/^-EFSCORRUPTED /);
  for (const text of ['-117', '-EFSCORRUPTED', 'EFSCORRUPTED'])
    expect(await called(text)).toEqual({ status: 0, out, err: '' });
  await expect(called('-x')).rejects.toThrow('explain: ');
});

test('the lessons and the examples that speak of a word are listed, in their order', async () => {
  const { out } = await called('direct');
  expect(out).toMatch(/\n {0,2}Lessons: \d+\.\d/);
  expect((await called('pure_overwrite')).out).toMatch(/Examples: [a-z]+-[a-z-]+/);
});

test('another word for it, or several, will do', async () => {
  expect((await called('cow')).out).toMatch(/^copy-on-write /);
  expect((await called('copy', 'on', 'write')).out).toMatch(/^copy-on-write /);
  expect((await called('FUSE_IOMAP_TYPE_HOLE')).out).toMatch(/^HOLE /);
});

test('a check is explained, as run names it', async () => {
  const { status, out, err } = await called('length-zero');
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^length-zero \(check\)\n/);
  expect(out).toContain('To mend the server: ');
  expect(out).toContain('In the kernel: fuse_iomap_check_mapping() in fs/fuse/file_iomap.c');
  expect((await called('Length_Zero')).out).toBe(out);
  expect((await called('lenght-zero')).err).toContain('Of the checks: Did you mean "length-zero"?');
  for (const id of CHECKS)
    for (const line of (await called(id)).out.split('\n'))
      if (!line.includes('https:')) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('for an unknown word the nearest are named, and the status is 2', async () => {
  expect(await called('srcmpa')).toEqual({
    status: 2,
    out: '',
    err: "explain: there is no word 'srcmpa'\nDid you mean srcmap?\n",
  });
  expect(await called('\u001b[31mqqqqqqqqqqqqqqq')).toMatchObject({ status: 2, out: '' });
  await expect(called()).rejects.toThrow('explain: WORD is missing');
});

test('no entry is wider than 80 columns', async () => {
  for (const { id } of ALL_WORDS)
    for (const line of (await called(id)).out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});
