// SPDX-License-Identifier: MIT
// The output of `npm run build`, as it is distributed: the licences of its parts, and its build id.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesAt } from '../../scripts/build-id.mjs';
import { objection } from '../../scripts/licences.mjs';
import { shippedFiles } from '../../scripts/vite/shipped-source.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

beforeAll(() => {
  for (const path of ['dist/index.html', 'build/node/cli.js'])
    if (!existsSync(join(ROOT, path))) throw new Error(`${path} is missing: run npm run build`);
});

interface Row {
  name: string;
  version: string;
  licence: string;
  bundles: string[];
}

/** The table of the notices. */
function tableOf(text: string): Row[] {
  const [head = '', ...lines] = text.split('\n\n')[1]!.split('\n');
  const starts = ['Package', 'Version', 'Licence', 'Bundled into'].map((title) => head.indexOf(title));
  return lines.map((line) => {
    const [name = '', version = '', licence = '', bundles = ''] = starts.map((start, i) =>
      line.slice(start, starts[i + 1]).trim(),
    );
    return { name, version, licence, bundles: bundles.split(', ') };
  });
}

describe.each([
  ['dist/THIRD-PARTY.txt', ['svelte', 'monaco-editor', 'valibot', 'dompurify', '@vscode/codicons', 'vite']],
  ['build/node/THIRD-PARTY.txt', ['valibot', 'jsonc-parser', 'fflate', 'postal-mime']],
])('the notices in %s', (path, names) => {
  test('each package may be where it is, and its licence follows', () => {
    const text = read(path);
    const rows = tableOf(text);
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    for (const row of rows) {
      expect(objection(row, row.bundles)).toBeNull();
      expect(text).toContain(`\n${row.name} ${row.version}: `);
    }
  });
});

test('what only the compiler bundles is listed, with its notices, and nothing else is in it', () => {
  const text = read('dist/THIRD-PARTY.txt');
  const inCompiler = tableOf(text).filter(({ bundles }) => bundles.includes('compiler.worker'));
  // rolldown: the helper by which its modules find each other.
  expect(inCompiler.map(({ name }) => name)).toEqual(['assemblyscript', 'binaryen', 'long', 'rolldown']);
  expect(text).toMatch(/^assemblyscript \S+: NOTICE$/m);
  expect(text).toContain('https://github.com/Microsoft/TypeScript');
});

describe('the source of the wasm', () => {
  const shipped = shippedFiles('any');

  test('lies beside the page, as it is here, with the licences', () => {
    for (const [path, text] of shipped)
      if (path !== 'source/core.json') expect(read(`dist/${path}`), path).toBe(text());
    const paths = [...shipped.keys()];
    for (const path of [
      ...filesAt(ROOT, 'assembly'),
      'asconfig.json',
      'scripts/build-core.mjs',
      'package.json',
    ])
      expect(paths).toContain(`source/${path}`);
    expect(paths).toEqual(expect.arrayContaining(['LICENSES/MIT.txt', 'LICENSES/GPL-2.0-only.txt']));
  });

  test('is in no script: not its mark, and no sentence of it', () => {
    const sentences = filesAt(ROOT, 'assembly')
      .map((path) => longestComment(read(path)))
      .filter((sentence) => sentence.length > 40);
    expect(new Set(sentences).size).toBeGreaterThan(30);
    const scripts = ['dist/assets', 'build/node', 'build/node/chunks'].flatMap((folder) =>
      readdirSync(join(ROOT, folder))
        .filter((name) => name.endsWith('.js'))
        .map((name) => `${folder}/${name}`),
    );
    expect(scripts.length).toBeGreaterThan(30);
    expect(scripts.some((path) => path.includes('compiler.worker'))).toBe(true);
    for (const path of scripts) {
      const text = read(path);
      expect(text.includes('SPDX-License-Identifier: GPL'), path).toBe(false);
      expect(
        sentences.filter((sentence) => text.includes(sentence)),
        path,
      ).toEqual([]);
    }
  });

  /** The longest line of comment that stands in a string as it stands here: without quotes of any kind. */
  function longestComment(text: string): string {
    const lines = [...text.matchAll(/^ *(?:\/\/|\*|\/\*\*) +([^'"`\\$\n]+)$/gm)].map(([, words]) => words!);
    return lines.reduce((longest, line) => (line.length > longest.length ? line : longest), '');
  }
});

test('the page, its folder, its source and the command line say which build they are', () => {
  const id = read('dist/build-id.txt').trim();
  expect(id).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
  expect(read('dist/index.html')).toContain(`<meta name="build" content="${id}">`);
  expect(JSON.parse(read('dist/source/core.json')).build).toBe(id);
  const version = execFileSync(process.execPath, [join(ROOT, 'build/node/cli.js'), '--version']);
  expect(String(version)).toBe(`iomap-playground ${id}\n`);
});

test('what shows a link to the page elsewhere has a title and a description of it', () => {
  const page = read('dist/index.html');
  for (const name of ['title', 'description'])
    expect(page).toMatch(new RegExp(`<meta\\s+property="og:${name}"\\s+content="[^"]{10,}"`));
});
