// SPDX-License-Identifier: MIT
/** Two files whose names differ in a dot or a dash only are taken for each other, in docs and in the head. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** The pairs of a list that differ in nothing but `.`, `-` and capitals; a test stands beside its file. */
function alike(paths: readonly string[]): string[] {
  const met = new Map<string, string>();
  return paths.flatMap((path) => {
    const key = path.replaceAll(/[.-]/g, '').toLowerCase();
    const other = met.get(key);
    met.set(key, path);
    return other === undefined ? [] : [`${other} and ${path}`];
  });
}

test('names that differ in a dot are told, others are not', () => {
  expect(alike(['a/x-worker.ts', 'a/x.worker.ts', 'b/x-worker.ts', 'a/x.ts'])).toEqual([
    'a/x-worker.ts and a/x.worker.ts',
  ]);
});

test.each(['assembly', 'engine', 'web/src', 'cli', 'lib', 'bench', 'scripts', 'tests'])(
  'no two files of %s are named alike',
  (folder) => {
    const paths = readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(ts|mjs|svelte|css)$/.test(path),
    );
    expect(paths.length).toBeGreaterThan(3);
    expect(alike(paths)).toEqual([]);
  },
);
