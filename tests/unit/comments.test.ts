// SPDX-License-Identifier: MIT
/** What a file is for stands above its imports, and any other comment stands right above what it is about. */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PARTS = ['assembly', 'bench', 'cli', 'engine', 'lib', 'scripts', 'tests', 'web/src'];

/** A comment of documentation that a blank line, or the end, separates from what follows. */
const LOOSE = /^\/\*\*(?:(?!\*\/).)*\*\/\n(?=\n|$(?!.))/gms;

/** The lines of a text at which a comment below the first import is about nothing. */
function looseComments(text: string): number[] {
  const firstImport = text.search(/^(?:import|export [^;]*? from) /m);
  return [...text.matchAll(LOOSE)]
    .filter(
      ({ index, 0: comment }) => firstImport >= 0 && index > firstImport && !comment.includes('@typedef'),
    )
    .map(({ index }) => text.slice(0, index).split('\n').length);
}

test('a comment below the imports is about what stands right below it', () => {
  expect(looseComments("/** A file. */\n\nimport a from 'a';\n/** b */\nconst b = 1;\n")).toEqual([]);
  expect(looseComments("import a from 'a';\n\n/** A file. */\n\nconst b = 1;\n")).toEqual([3]);
  expect(looseComments("import a from 'a';\n/**\n * Nothing.\n */\n")).toEqual([2]);
  expect(looseComments('/** A file. */\n\n/** One part. */\n\nconst b = 1;\n')).toEqual([]);
});

test.each(PARTS)('no comment of %s is about nothing', (part) => {
  const files = readdirSync(resolve(ROOT, part), { recursive: true, encoding: 'utf8' })
    .map((path) => `${part}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|mjs)$/.test(path));
  expect(files.length).toBeGreaterThan(3);
  const loose = files.flatMap((file) =>
    looseComments(readFileSync(resolve(ROOT, file), 'utf8')).map((line) => `${file}:${line}`),
  );
  expect(loose).toEqual([]);
});
