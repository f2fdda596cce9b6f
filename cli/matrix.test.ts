// SPDX-License-Identifier: MIT
// The built `matrix` command, as its users call it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CLI = resolve(import.meta.dirname, '../build/node/cli.js');
const READ = { length: 4096, addr: 'NULL_ADDR' };
const RETRY = {
  format: 1,
  steps: [{ do: 'iomap_begin', reply: { read: { ...READ, type: 'RETRY_CACHE' } } }],
};
const HOLE = { format: 1, steps: [{ do: 'iomap_begin', reply: { read: READ } }] };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  writeFileSync(join(folder, 'hole.json'), JSON.stringify(HOLE));
  writeFileSync(join(folder, 'retry.json'), JSON.stringify(RETRY));
  writeFileSync(join(folder, 'broken.json'), '{');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function matrix(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'matrix', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('shows what differs and how, within 80 columns, then the count', () => {
  const { status, stdout, stderr } = matrix('--rev', 'v6-04,late', 'hole.json', 'retry.json');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^ +1 scenario: the iomap_begin is now refused by cache-unavailable instead of\n +type-unknown\n\nretry\.json\n {2}late +step 1 iomap_begin: refused by type-unknown/,
  );
  expect(stdout).not.toContain('hole.json');
  expect(stdout).toMatch(/\nlate changes 1 of 2 scenarios against v6-04\n$/);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('--fail-on-diff exits 1 if any differ, and 0 if none does', () => {
  expect(matrix('--fail-on-diff', '--rev', 'v6-04,late', 'hole.json', 'retry.json').status).toBe(1);
  expect(matrix('--fail-on-diff', '--rev', 'v6-04,v7-04', 'hole.json', 'retry.json').status).toBe(0);
  expect(matrix('--fail-on-diff', 'hole.json').status).toBe(0);
});

test('--json prints every verdict, of all revisions if none is named', () => {
  const result = JSON.parse(matrix('--json', 'retry.json').stdout);
  expect(result.columns).toEqual(['v6-03', 'v6-04', '2026-01', 'v7-04', 'late', '2026-05', '2026-05-cache']);
  const checks = result.rows[0].cells.map(
    ({ verdicts }: { verdicts: { check: string }[] }) => verdicts[0]?.check,
  );
  const early = Array<string>(4).fill('type-unknown');
  expect(checks).toEqual([...early, 'cache-unavailable', 'type-unknown', 'cache-unavailable']);
});

test('says what cannot be used, and still compares the others', () => {
  const { status, stdout, stderr } = matrix('broken.json', 'none.json', 'retry.json');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^broken\.json:1:\d+: error: /m);
  expect(stderr).toMatch(/^none\.json: there is no such file$/m);
  expect(stdout).toContain('1 of 1 scenario');
});

test.each([
  [['--rev', 'v6-04,v9', 'hole.json'], "there is no revision 'v9'"],
  [['--rev', 'V7', 'hole.json'], 'Write "v7-04".'],
  [['--rev', 'late', 'hole.json'], 'two or more different revisions are expected'],
  [['--rev', 'late,late', 'hole.json'], 'two or more different revisions are expected'],
  [[], 'no FILE was named'],
])('refuses %j with words', (args, words) => {
  const { status, stdout, stderr } = matrix(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});

test('each card and link in a mail becomes a row; unusable ones are reported by line', () => {
  const card = spawnSync(process.execPath, [CLI, 'card', 'retry.json'], {
    cwd: folder,
    encoding: 'utf8',
  }).stdout;
  const link = spawnSync(process.execPath, [CLI, 'link', 'hole.json'], {
    cwd: folder,
    encoding: 'utf8',
  }).stdout;
  const quoted = card.replace(/^/gm, '> ');
  writeFileSync(join(folder, 'mail.txt'), `See\n\n${quoted}\nand https://host/p/${link}\nbye`);
  const { status, stdout, stderr } = matrix('--rev', 'v6-04,late', 'mail.txt');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^mail\.txt: card in line 3\n/m);
  expect(stdout).toMatch(/\nlate changes 1 of 2 scenarios against v6-04\n$/);
  writeFileSync(join(folder, 'cut.txt'), `one\n${link.trim().slice(0, -7)}\n`);
  const cut = matrix('--rev', 'v6-04,late', 'cut.txt', 'hole.json');
  expect(cut.status).toBe(2);
  expect(cut.stderr).toMatch(/^cut\.txt:2: error: The link can't be used/);
  expect(cut.stdout).toMatch(/late changes 0 of 1 scenario /);
  writeFileSync(join(folder, 'prose.txt'), 'nothing here');
  expect(matrix('prose.txt')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('does not read text of this kind'),
  });
});
