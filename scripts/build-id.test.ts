// SPDX-License-Identifier: MIT
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildId, filesAt } from './build-id.mjs';

let root: string;
const write = (path: string, text: string) => writeFileSync(join(root, path), text);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'build-id-'));
  for (const folder of [
    'LICENSES',
    'assembly',
    'cli',
    'engine',
    'examples',
    'exercises',
    'lessons',
    'lib',
    'scripts',
    'web/src',
  ])
    mkdirSync(join(root, folder), { recursive: true });
  for (const path of [
    'LICENSE',
    'asconfig.json',
    'package-lock.json',
    'vite.config.ts',
    'vite.node.config.ts',
  ])
    write(path, '');
  write('package.json', '{"version":"3.2.1"}');
  write('web/src/main.ts', 'one');
  write('engine/run.ts', 'two');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('it is the version and a digest, the same for a copy without git', () => {
  const id = buildId(root);
  expect(id).toMatch(/^3\.2\.1\+[0-9a-f]{8}$/);
  const copy = `${root}-copy`;
  cpSync(root, copy, { recursive: true });
  expect(buildId(copy)).toBe(id);
  rmSync(copy, { recursive: true });
});

test('any source changes it, also by its name; tests and docs do not', () => {
  const before = buildId(root);
  write('web/src/main.test.ts', 'a test');
  write('README.md', 'words');
  expect(buildId(root)).toBe(before);
  write('web/src/main.ts', 'three');
  const changed = buildId(root);
  expect(changed).not.toBe(before);
  rmSync(join(root, 'web/src/main.ts'));
  write('web/src/first.ts', 'three');
  expect(buildId(root)).not.toBe(changed);
});

test('files are listed sorted, folder by folder', () => {
  expect(filesAt(root, 'engine')).toEqual(['engine/run.ts']);
  expect(filesAt(root, 'LICENSE')).toEqual(['LICENSE']);
  expect(filesAt(root, 'examples')).toEqual([]);
});
