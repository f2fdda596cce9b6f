// SPDX-License-Identifier: MIT
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXCEPTIONS, VENDORED, objection, readNotice } from './licences.mjs';
import { packageFolder } from './vite/notices.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const MODULES = join(ROOT, 'node_modules');

describe('what may be bundled', () => {
  test.each([
    ['MIT', ['page', 'compiler.worker'], null],
    ['(MPL-2.0 OR Apache-2.0)', ['page'], null],
    ['Apache-2.0', ['compiler.worker'], null],
    ['Apache-2.0', ['compiler.worker', 'page'], /Apache-2\.0.*into compiler\.worker alone, not into page/],
    ['CC-BY-4.0', ['page'], /CC-BY-4\.0.*not into page/],
    ['GPL-3.0-only', ['compiler.worker'], /not on the list/],
    ['UNLICENSED', ['page'], /not on the list/],
  ])('%s in %o', (licence, bundles, words) => {
    const why = objection({ name: 'some', licence }, bundles);
    if (words === null) expect(why).toBeNull();
    else expect(why).toMatch(words);
  });
});

describe('what a package says of itself', () => {
  let folder: string;
  const put = (files: Record<string, string>) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  };
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'package-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('its name, version and licence, and every text of licences and notices', () => {
    put({
      'package.json': '{"name":"some","version":"1.2.3","license":"MIT"}',
      'LICENSE.md': 'the licence\n',
      NOTICE: 'the notice',
      'ThirdPartyNotices.txt': 'of others',
      'README.md': 'words',
    });
    expect(readNotice(folder)).toEqual({
      name: 'some',
      version: '1.2.3',
      licence: 'MIT',
      texts: [
        { file: 'LICENSE.md', text: 'the licence' },
        { file: 'NOTICE', text: 'the notice' },
        { file: 'ThirdPartyNotices.txt', text: 'of others' },
      ],
    });
  });

  test('without a text, or without a field and evidence, it is refused', () => {
    put({ 'package.json': '{"name":"some","version":"1.2.3","license":"MIT"}' });
    expect(() => readNotice(folder)).toThrow('some 1.2.3 carries no text of its licence');
    put({ 'package.json': '{"name":"some","version":"1.2.3"}', LICENSE: 'MIT, I think' });
    expect(() => readNotice(folder)).toThrow('some has no licence field');
    const known = { some: { licence: 'MIT', file: 'LICENSE', sha256: '0'.repeat(64) } };
    expect(() => readNotice(folder, known)).toThrow(
      'some: LICENSE is another text than the one that was read',
    );
  });

  test.each(Object.keys(EXCEPTIONS))('%s still needs its exception, and the evidence still holds', (name) => {
    const folder = join(MODULES, name);
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).license).toBeUndefined();
    expect(readNotice(folder).licence).toBe(EXCEPTIONS[name]!.licence);
  });
});

describe('which package a module is of', () => {
  test.each([
    ['/p/web/src/main.ts', null],
    ['\0some-helper', null],
    ['\0vite/preload-helper.js', '/p/node_modules/vite'],
    ['\0rolldown/runtime.js', '/p/node_modules/rolldown'],
    ['/p/node_modules/svelte/src/index.js?v=1', '/p/node_modules/svelte'],
    ['/p/node_modules/@valibot/to-json-schema/dist/index.js', '/p/node_modules/@valibot/to-json-schema'],
    ['/p/node_modules/a/node_modules/b/index.js', '/p/node_modules/a/node_modules/b'],
  ])('%j', (id, folder) => expect(packageFolder(id, '/p')).toBe(folder));

  test.each(VENDORED)('what $inside holds is what its notice is about', ({ inside, copyOf, notice }) => {
    const files = readdirSync(join(MODULES, inside));
    const folder = packageFolder(join(MODULES, inside, files[0]!), ROOT)!;
    const { name, version } = readNotice(folder);
    if (copyOf === undefined) return expect(files).toContain(notice!.bundles[0]);
    expect(name).toBe(copyOf);
    expect(existsSync(folder)).toBe(true);
    const head = readFileSync(join(MODULES, inside, `${copyOf}.js`), 'utf8').slice(0, 300);
    expect(head).toContain(version);
  });
});
