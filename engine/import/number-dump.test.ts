// SPDX-License-Identifier: MIT
// Dumps as od, hexdump, xxd and gdb printed the same 80 bytes: tests/data/dumps. A "==" line parts them.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dumpCommand } from './dump-command.ts';
import { importAnything } from './import-any.ts';

const casesOf = (name: string): [string, string][] =>
  readFileSync(new URL(`../../tests/data/dumps/${name}.txt`, import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)];
    });

const REPLY = {
  read: { offset: 4096n, length: 8192n, addr: 0x10_0000n, type: 'MAPPED', dev: 1n },
  write: { offset: 4096n, length: 8192n, addr: 'NULL_ADDR', type: 'PURE_OVERWRITE' },
};

test.each(casesOf('answers'))('%s is read', async (_, text) => {
  const found = await importAnything(text);
  expect(found).toMatchObject({ kind: 'hexdump', ok: true, unknown: [] });
  expect(found).toMatchObject({ header: { len: 80, error: 0, unique: 42n }, reply: REPLY });
});

test.each(casesOf('refused'))('%s', async (title, text) => {
  const found = await importAnything(text);
  expect(found).toMatchObject({ ok: false });
  expect(found.ok ? '' : found.message).toContain(title.slice(title.indexOf(': ') + 2));
});

test('no part of a dump is taken for an answer', async () => {
  for (const [title, text] of casesOf('answers')) {
    const lines = text.trimEnd().split('\n');
    // The last line may be an address alone, and what p prints is one line.
    for (let kept = 1; kept < lines.length - 1; kept++) {
      const found = await importAnything(lines.slice(0, kept).join('\n'));
      const whole = found.ok && 'header' in found && found.header?.len === 80 && found.bytes.length === 80;
      expect([title, kept, found.ok && !whole]).toEqual([title, kept, false]);
    }
  }
});

test.each([
  ['od -t d4 x', { radix: 10, unit: 4 }],
  ['$ od -An -vtu1 x', { radix: 10, unit: 1, bare: true }],
  ['od -A n --format=o2', { radix: 8, unit: 2, bare: true }],
  ['od -t dL x', { radix: 10, unit: 8 }],
  ['# /usr/bin/od -d x', { radix: 10, unit: 2 }],
  ['od x', { radix: null, unit: null }],
  ['hexdump -ve \'8/2 "%6d "\' x', { radix: 10, unit: 2, bare: true }],
  ['hexdump -e \'"%07_ax " 4/4 "%u "\' x', { radix: 10, unit: 4 }],
  ['hexdump -d x', { radix: 10, unit: 2 }],
  ['(gdb) x/16ud &out', { radix: 10, unit: null }],
  ['x/10xg $rsp', { radix: 16, unit: 8 }],
  ['a word', null],
])('%s says what its numbers are', (text, command) => {
  expect(dumpCommand(text)).toEqual(command);
});

// Each line is looked at once, and so is what gdb repeats: none of these may take minutes, or gigabytes.
test.each([
  ['addresses', '0000000\n'],
  ['numbers', '0000000  80   0   0   0\n'],
  ['numbers alone', '1 2 3 4 5 6 7 8\n'],
  ['indented numbers', '      0000020  1  2\n'],
  ['asterisks', '*\n'],
  ['commands', 'od -t d4 x\n1 2 3 4\n'],
  ['repeats', '\'\\000\' <repeats 99999 times>, "a"\n'],
])('a long text of %s is answered', async (_, line) => {
  const text = `0000000 1 2 3 4 5 6 7 8\n${line.repeat(200_000 / line.length)}`;
  expect((await importAnything(text)).ok).toBe(false);
});
