// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Outside of assembly/: what restates the kernel's logic, to compare the core with it. */
const RESTATE_THE_KERNEL = [
  'bench/native.c',
  'tests/begin-oracle.ts',
  'tests/property/core-begin.test.ts',
  'tests/property/core-run.test.ts',
  'tests/property/core-table.test.ts',
  'tests/property/xarray.test.ts',
  'tests/unit/facts-begin.test.ts',
  'tests/unit/facts-end.test.ts',
  'tests/unit/facts-table.test.ts',
  'tests/unit/facts-transport.test.ts',
  'tests/unit/io-outcomes.test.ts',
  'tests/unit/io-running.test.ts',
  'tests/unit/io-worked.test.ts',
];

/** Files in which a comment can stand. */
const SOURCE = /\.(ts|mts|js|mjs|svelte|css|html|svg|c|h|sh|py)$|^\.ci\//;

const licenceOf = (path: string) =>
  path.startsWith('assembly/') || RESTATE_THE_KERNEL.includes(path) ? 'GPL-2.0-only' : 'MIT';

/** What the head of a file names as its licence; a shebang, a doctype or an XML tag may stand before it. */
const named = (text: string) =>
  text
    .split('\n', 3)
    .map((line) => /^(?:\/\/|#|<!--|\/\*) SPDX-License-Identifier: (.+?)(?: -->| \*\/)?$/.exec(line)?.[1])
    .find((licence) => licence !== undefined);

/** The files that git knows; without a repository there is nothing to ask. */
function tracked(): string[] | null {
  if (!existsSync(join(ROOT, '.git'))) return null;
  return execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => SOURCE.test(path) && existsSync(join(ROOT, path)));
}

test('the head of a file is read with and without a line before it', () => {
  expect(named('// SPDX-License-Identifier: MIT\ncode')).toBe('MIT');
  expect(named('<!doctype html>\n<!-- SPDX-License-Identifier: GPL-2.0-only -->')).toBe('GPL-2.0-only');
  expect(named('code // SPDX-License-Identifier: MIT')).toBeUndefined();
});

test.skipIf(tracked() === null)('every source file names the licence of its folder', () => {
  const paths = tracked()!;
  expect(paths.length).toBeGreaterThan(500);
  const wrong = paths
    .map((path) => ({ path, says: named(readFileSync(join(ROOT, path), 'utf8')), should: licenceOf(path) }))
    .filter(({ says, should }) => says !== should);
  expect(wrong).toEqual([]);
});

test('a source of each language that the project has is asked', () => {
  // A server to start from may be in any language; a kind of file that nobody asks would go without.
  expect(SOURCE.test('examples/servers/linear.py')).toBe(true);
});

test('package.json and the README say the licence of the whole', () => {
  const { license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { license: string };
  expect(license).toBe('MIT AND GPL-2.0-only');
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8').replace(/\s+/g, ' ');
  expect(readme).toContain(`${license}; [LICENSE](LICENSE) says which is which.`);
  expect(readme).toContain('The page with its wasm, conveyed together, is GPL-2.0-only as a whole');
});

test('what is listed as restating the kernel is there', () => {
  expect(RESTATE_THE_KERNEL.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
