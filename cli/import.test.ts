// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CLI = join(ROOT, 'build/node/cli.js');
const data = (name: string) => join(ROOT, 'tests/data/imports', name);

function cli(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('import prints the scenario, and says on standard error what was assumed', () => {
  const { status, stdout, stderr } = cli(['import', data('21a.txt')]);
  expect(status).toBe(0);
  expect(parseDocument(stdout).scenario?.steps.at(-1)).toMatchObject({ pos: 24576n, count: 12288n });
  expect(stderr).toMatch(/21a\.txt: note: A hexdump of an answer of 80 bytes\.$/m);
  expect(stderr).toMatch(/note: What the kernel asked is not here\. Assumed: a read at pos 24576/);
});

test('import takes what the page takes', () => {
  const { stdout } = cli(['import', data('13c.txt')]);
  const link = cli(['link', '-'], stdout).stdout;
  const card = cli(['card', '-'], stdout).stdout;
  for (const text of [stdout, `see ${link}`, card.replace(/^/gm, '> ')]) {
    const made = cli(['import', '-'], text);
    expect([made.status, parseDocument(made.stdout).scenario?.steps.length]).toEqual([0, 4]);
  }
});

test.each([
  ['nothing that is known', 'Good morning!', /^\(standard input\):1: error: The playground does not read/],
  ['what was cut', 'write(6, "P\\0\\0\\0"..., 80) = 80', /:1: error: A hexdump of an answer: strace cut/],
  ['a patch', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n', /There is no scenario in it/],
])('import refuses %s with status 2', (_, text, words) => {
  const { status, stdout, stderr } = cli(['import', '-'], text);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
});

test('of several patches import names each, and tells what was mended and what was lost', () => {
  const mail = (subject: string, hunk: string) =>
    `From x Thu Jan  1 00:00:00 1970\nSubject: ${subject}\n\n` +
    `diff --git a/fs/fuse/backing.c b/fs/fuse/backing.c\n--- a/fs/fuse/backing.c\n+++ b/fs/fuse/backing.c\n${hunk}\n`;
  const wrapped =
    '@@ -9,2 +9,2 @@ int fuse_backing_open(struct fuse_conn *fc, struct\nfuse_backing_map *map)\n a;\n-b;\n+c;\n';
  const { status, stderr } = cli(
    ['import', '-'],
    mail('one', wrapped) + mail('two', '@@ -9,7 +9,7 @@\n a;\n-b;\n+c;\n'),
  );
  expect(status).toBe(2);
  expect(stderr.split('\n')).toEqual([
    '(standard input): 2 patches. 1 file, 2 hunks; 1 of them in functions that the core models. There is no scenario in it; the page shows it.',
    '(standard input): 1: one: fs/fuse/backing.c',
    '(standard input): 2: two: fs/fuse/backing.c',
    '(standard input): note: A wrapped "@@" line was joined.',
    '(standard input): note: 1 hunk lost lines on the way: the line numbers there may be wrong.',
    '',
  ]);
});

test('run and matrix take imports, cards and links', () => {
  const ran = cli(['run', '-q', data('13c.txt')]);
  expect([ran.status, ran.stdout]).toEqual([0, expect.stringMatching(/^ok .*13c\.txt\s+4 executions/)]);
  expect(ran.stderr).toContain('Assumed: 3 are open');
  expect(cli(['run', '-q', data('01a.txt')])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('cut'),
  });
  const link = cli(['link', '-'], cli(['import', data('13c.txt')]).stdout).stdout;
  expect(cli(['run', '-q', '-'], `see\n${link}\n`).status).toBe(0);
  const matrix = cli(['matrix', '--rev', 'v6-04,late', data('14a.txt')]);
  expect([matrix.status, matrix.stdout]).toEqual([0, expect.stringContaining('1 scenario')]);
});
