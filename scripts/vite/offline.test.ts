// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { offlineFiles } from './offline.mjs';

it('lists the files of a build, with a digest where the name has none, and without the compiler', () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  for (const file of [
    'index.html',
    'sw.js',
    'sw-off.js',
    'build-id.txt',
    'source/assembly/index.ts',
    'assets/page-AbCd_123.js',
    'assets/page-AbCd_123.js.map',
    'assets/asc-AbCd_123.js',
    'assets/compiler.worker-AbCd_123.js',
    'assets/engine.worker-Ab-d_123.js',
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  const digest = expect.stringMatching(/^[0-9a-f]{16}$/) as string;
  expect(offlineFiles(folder)).toEqual([
    { url: 'assets/engine.worker-Ab-d_123.js', revision: null },
    { url: 'assets/page-AbCd_123.js', revision: null },
    { url: 'index.html', revision: digest },
    { url: 'source/assembly/index.ts', revision: digest },
  ]);
  rmSync(folder, { recursive: true });
});
