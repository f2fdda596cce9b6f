// SPDX-License-Identifier: MIT
// `matrix --review`, as its users call it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const review = (root: string, ...args: string[]) => {
  const cli = join(root, 'build/node/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'matrix', '--review', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test('prints the table for a mail: ASCII, 72 columns, equal answers once, how far each is to be trusted', () => {
  const { status, stdout, stderr } = review(ROOT, '--rev', 'v6-04,2026-01,late');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(72);
  expect(stdout).toContain(
    'end-addr-dev\n' +
      '  iomap_end\n' +
      '    NULL_ADDR, dev 0     v6-04 C\n' +
      '    addr 0, dev 1        2026-01 C\n' +
      '    addr 1048576, dev 1  late C\n',
  );
  expect(stdout).toMatch(/\n(\d+) of \1 cases as expected\n$/);
});

test('--json has each cell with its trust', () => {
  const [first] = JSON.parse(review(ROOT, '--json', '--rev', 'v6-04,late').stdout);
  expect(first.rows[0].cells.map(({ revision }: { revision: string }) => revision)).toEqual([
    'v6-04',
    'late',
  ]);
  expect(first.rows[0].cells[0].trust).toBe('golden');
});

test('exits 1 if a cell is not as expected, and says which', () => {
  const copy = mkdtempSync(join(tmpdir(), 'review-'));
  try {
    cpSync(join(ROOT, 'build/node'), join(copy, 'build/node'), { recursive: true });
    cpSync(join(ROOT, 'examples'), join(copy, 'examples'), { recursive: true });
    symlinkSync(join(ROOT, 'build/core'), join(copy, 'build/core'));
    writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
    const file = join(copy, 'examples/review-freed-ids.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"ret": 3', '"ret": 7'));
    const { status, stdout } = review(copy, '--rev', 'v6-04,v7-04');
    expect(status).toBe(1);
    expect(stdout).toMatch(/X v6-04 +ret: expected 7, got 3/);
    expect(stdout).toMatch(/\n15 of 16 cases as expected\n$|\n(\d+) of (?!\1 )\d+ cases as expected\n$/);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test.each([
  [['x.json'], '--review takes no FILE'],
  [['--rev', 'v6-03,late'], 'v6-03 has no devices'],
])('refuses %j with words', (args, words) => {
  const { status, stdout, stderr } = review(ROOT, ...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});
