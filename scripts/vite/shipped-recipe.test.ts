// SPDX-License-Identifier: MIT
/** Whoever follows source/README.txt in a copy of that folder, and in nothing else, gets the wasm that was shipped. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shippedFiles } from './shipped-source.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'shipped-source-'));
afterAll(() => rmSync(copy, { recursive: true }));

/** One revision of all: each takes its time, and they differ in constants only. */
const REVISION = 'v6-04';

test('the recipe builds the shipped core, byte for byte', () => {
  for (const [path, text] of shippedFiles('any')) {
    if (!path.startsWith('source/')) continue;
    const file = join(copy, path.slice('source/'.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text());
  }
  const recipe = /^ {2}(npm ci.*)$/m.exec(readFileSync(join(copy, 'README.txt'), 'utf8'))![1]!;
  const [install, ...steps] = recipe.split(' && ').map((step) => step.split(' ').slice(1));
  const npm = (args: string[]) => execFileSync('npm', args, { cwd: copy, stdio: 'pipe' });
  // The packages are those that are here: nothing is fetched. What npm runs after it fetched them is run.
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  if (!install!.includes('--ignore-scripts')) npm(['run', 'prepare']);
  expect(steps).toEqual([['run', 'build:core']]);
  npm([...steps[0]!, '--', REVISION]);
  const built = readdirSync(join(copy, 'build/core')).filter((name) => name.endsWith('.wasm'));
  expect(built).toContain(`${REVISION}.trace.wasm`);
  for (const name of built)
    expect(
      readFileSync(join(copy, 'build/core', name)).equals(readFileSync(join(ROOT, 'build/core', name))),
      name,
    ).toBe(true);
});
