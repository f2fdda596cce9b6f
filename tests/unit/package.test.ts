// SPDX-License-Identifier: MIT
// The package as others get it: packed, installed offline in an empty project, used there.
import { execFileSync, spawnSync } from 'node:child_process';
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
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesAt } from '../../scripts/build-id.mjs';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = `import { FUSE_IOMAP_TYPE, capture, explain, mount, play, server, type FuseServer } from 'iomap-playground';

export const linear: FuseServer = server({
  init: (se) => void se.device_add(3),
  iomap_begin: (_nodeid, _ino, pos, count, opflags) =>
    (opflags & 1) === 0 || count > 0n
      ? { read: { length: 65536n, addr: pos & 0n, type: FUSE_IOMAP_TYPE.MAPPED, dev: 1 } }
      : -28,
  iomap_end: () => 0,
});
const run = play({ format: 1, steps: [{ do: 'pread', length: 512 }] }, { server: linear });
export const ret: bigint | null | undefined = run.executions[0]?.ret;
export const again = play(capture(run));
const done = mount({ revision: 'late', inodes: { a: { size: '64K' } }, server: linear }).pread(0n, 100);
export const bytes: Uint8Array | null = done.bytes;
export const sentence: string = explain(done.calls[0]!).sentence;
// @ts-expect-error: a position is a bigint
export const wrong: FuseServer = { iomap_begin: () => ({ read: { offset: 4096 } }) };
`;
const TEST = `import { expect, test } from 'vitest';
import { again, bytes, ret, sentence } from './use.ts';

test('the library plays', () => {
  expect([ret, again.executions[1]?.ret, bytes?.length]).toEqual([512n, 512n, 100]);
  expect(sentence.length).toBeGreaterThan(10);
});
`;

let project = '';
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'package-'));
  const npm = (args: string[]) => execFileSync('npm', args, { cwd: project, encoding: 'utf8' });
  const packed = execFileSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', project],
    { cwd: ROOT, encoding: 'utf8' },
  ).trim();
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--silent', join(project, packed)]);
  writeFileSync(join(project, 'use.ts'), SOURCE);
  writeFileSync(join(project, 'use.test.ts'), TEST);
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(project, 'node_modules/vitest'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const node = (args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

test('it carries the source of the core, the licences and the notices, and its types name nothing of the engine', () => {
  const inside = join(project, 'node_modules/iomap-playground');
  const files = readdirSync(inside, { recursive: true, encoding: 'utf8' });
  for (const path of filesAt(ROOT, 'assembly')) expect(files).toContain(path);
  const others = ['asconfig.json', 'scripts/build-core.mjs', 'scripts/core-settings.mjs', 'LICENSE'];
  const notices = ['LICENSES/MIT.txt', 'LICENSES/GPL-2.0-only.txt', 'build/node/THIRD-PARTY.txt'];
  expect(files).toEqual(expect.arrayContaining([...others, ...notices]));
  expect(readFileSync(join(inside, 'build/types/index.d.ts'), 'utf8')).not.toContain('#engine');
});

test('its types need nothing else, and hold under all of the strict rules', () => {
  const options = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
  const target = ['--target', 'es2022', '--lib', 'es2022', '--module', 'nodenext', '--noEmit'];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  expect(node([tsc, ...options, ...target, 'use.ts'])).toEqual({ status: 0, output: '' });
});

test('it runs in a test there', () => {
  const { status, output } = node([join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', project]);
  expect(output).toMatch(/1 passed/);
  expect(status).toBe(0);
});
