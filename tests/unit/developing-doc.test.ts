// SPDX-License-Identifier: MIT
/** What docs/DEVELOPING.md and README.md name must be there: files, folders, and the functions beside them. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** What a build makes is not there in a fresh clone. */
const MADE = /^(build|dist|source|node_modules)\//;
/** A path from the root: a folder ends with a slash, a file with its ending. */
const PATH = /^[\w.-]+(?:\/[\w.-]+)*(?:\/|\.(?:ts|mjs|js|json|svelte|css|md|c))$/;

/** The words in backticks of each line, outside of blocks of code. */
const quotedIn = (text: string) =>
  text
    .replace(/^```.*?^```/gms, '')
    .split('\n')
    .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, word]) => word!));

/** The paths that a text names and that are not there. A bare file name is one beside a path before it in its line. */
function missingIn(text: string): string[] {
  return quotedIn(text).flatMap((words) => {
    const paths = words.filter((word) => PATH.test(word) && !MADE.test(word));
    const folders = paths.filter((path) => path.includes('/')).map((path) => dirname(`${path}x`));
    const known = [...folders, '', 'tests/unit', ...paths.map((path) => dirname(path))];
    return paths.filter((path) =>
      path.includes('/')
        ? !existsSync(join(ROOT, path))
        : path !== 'tool.ts' && !known.some((folder) => existsSync(join(ROOT, folder, basename(path)))),
    );
  });
}

/** The functions and classes that a text puts into a file: `name()` in `path`, also two of them. */
const pairsIn = (text: string): [name: string, path: string][] =>
  [...text.matchAll(/((?:`#?\w+(?:\(\))?`(?:,| or| and)?\s+)+)in\s+`([^`]+\.(?:ts|mjs|svelte))`/g)].flatMap(
    ([, names, path]) =>
      [...names!.matchAll(/`(#?\w+)(?:\(\))?`/g)].map(([, name]): [string, string] => [name!, path!]),
  );

/** Whether a text declares something of that name. */
const declares = (text: string, name: string) =>
  new RegExp(
    `(?:(?:function|class|type|interface|enum|const|let) |^ {2}(?:async |get )?)${name}\\b`,
    'm',
  ).test(text);

describe.each(['docs/DEVELOPING.md', 'README.md'])('%s', (file) => {
  it('names files that exist', () => {
    expect(
      quotedIn(read(file))
        .flat()
        .filter((word) => PATH.test(word)).length,
    ).toBeGreaterThan(4);
    expect(missingIn(read(file))).toEqual([]);
  });
});

describe('docs/DEVELOPING.md', () => {
  const pairs = pairsIn(read('docs/DEVELOPING.md'));

  it('names functions together with their files', () => expect(pairs.length).toBeGreaterThan(35));

  it.each(pairs.filter(([, path]) => path.includes('/')))('%s is declared in %s', (name, path) => {
    expect(declares(read(path), name)).toBe(true);
  });

  it('names every layer in its order', async () => {
    const { ENGINE_LAYERS, WEB_LAYERS } = await import('../../scripts/layers.mjs');
    const rows = [...read('docs/DEVELOPING.md').matchAll(/^\| `(engine|web\/src)\/([\w/-]+)\/` /gm)];
    const named = (part: string) => rows.filter((row) => row[1] === part).map((row) => row[2]);
    expect(named('engine')).toEqual(ENGINE_LAYERS);
    const columns = (layer: string) => layer.replace(/^columns\/.*/, 'columns');
    expect([...new Set(named('web/src').map((layer) => columns(layer!)))]).toEqual([
      ...new Set(WEB_LAYERS.filter((layer) => layer !== '').map(columns)),
    ]);
  });
});

it('finds what is not there', () => {
  expect(missingIn('see `engine/gone.ts`, `engine/run/` and `gone.ts`')).toEqual([
    'engine/gone.ts',
    'gone.ts',
  ]);
  expect(missingIn('see `engine/link/dictionary-1.ts` and `letters-1.ts`')).toEqual([]);
  expect(pairsIn('`a()` and `B` in\n   `x/y.ts`')).toEqual([
    ['a', 'x/y.ts'],
    ['B', 'x/y.ts'],
  ]);
  expect(declares('export function runs() {}\n  call(run());', 'run')).toBe(false);
});
