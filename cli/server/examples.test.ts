// SPDX-License-Identifier: MIT
// The example servers on the command line: run, fuzz, capture. Those in C and Python count as skipped where there is no gcc
// or no python3.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SERVERS = join(ROOT, 'examples/servers');
const CASE = join(SERVERS, 'case.json');
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const GCC = has('gcc');
const PYTHON = has('python3');

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'servers-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'build/node/cli.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const WRONG = ['zeroed-write-slot', 'new-forgotten', 'end-of-file', 'one-place', 'direct-copy-on-write'].map(
  (name) => `wrong-${name}`,
);

test.each(['linear', 'extents', 'striped', 'copy-on-write'])('%s.ts meets all that is expected', (name) => {
  const { status, stderr } = cli('run', '-q', '--server', join(SERVERS, `${name}.ts`), CASE);
  expect([status, stderr]).toEqual([0, '']);
});

describe('servers in other languages', () => {
  test.skipIf(!GCC)('linear.c', () => {
    const made = spawnSync('gcc', ['-Wall', '-Werror', '-O1', '-o', 'linear', join(SERVERS, 'linear.c')], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(cli('run', '-q', '--server', './linear', CASE)).toMatchObject({ status: 0, stderr: '' });
    expect(cli('run', '-q', '--rev', 'late', '--server', './linear', CASE)).toMatchObject({ status: 0 });
    // The time limit is not what is tested; on a busy machine any may be too short.
    const fuzzed = cli('fuzz', '--server', './linear', '--server-timeout', '60000', '--ops', '300');
    const stdout = 'ok: 300 operations, and no byte is different\n';
    expect(fuzzed).toEqual({ status: 0, stdout, stderr: '' });
  });

  test.skipIf(!PYTHON)('linear.py', () => {
    const server = `python3 '${join(SERVERS, 'linear.py')}'`;
    expect(cli('run', '-q', '--server', server, CASE)).toMatchObject({ status: 0, stderr: '' });
    expect(cli('fuzz', '--server', server, '--server-timeout', '60000', '--ops', '100')).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});

describe('fuzz', () => {
  test.each(WRONG)('--replay shows what %s does wrong, and that the right one does not', (name) => {
    const path = join(SERVERS, `${name}.json`);
    const wrong = cli('fuzz', '--replay', '--server', join(SERVERS, `${name}.ts`), path);
    expect(wrong.status).toBe(1);
    expect(wrong.stdout).toMatch(/^step \d+: (byte \d+ is \d+, expected \d+|the kernel refused)/);
    const right = cli('fuzz', '--replay', '--server', join(SERVERS, 'extents.ts'), path);
    expect([right.status, right.stdout]).toEqual([0, 'ok: nothing goes wrong\n']);
  });

  test('prints a short run that goes wrong, the same for the same seed', () => {
    const server = join(SERVERS, 'wrong-new-forgotten.ts');
    const { status, stdout, stderr } = cli('fuzz', '--server', server, '--ops', '500', '--seed', '1');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^after \d+ operations: byte /);
    writeFileSync(join(folder, 'short.json'), stdout);
    expect(cli('fuzz', '--replay', '--server', server, 'short.json').status).toBe(1);
    expect(cli('fuzz', '--server', server, '--ops', '500').stdout).toBe(stdout);
  });

  test('refuses a call that it does not know', () => {
    expect(cli('fuzz')).toMatchObject({ status: 2 });
    expect(cli('fuzz', '--server', 'true', '--ops', '0')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nothing would be looked at'),
    });
    expect(cli('fuzz', '--server', 'true', '--ops', 'x').stderr).toMatch(/'x' is not a whole number/);
    expect(cli('fuzz', '--server', 'true', '--replay').stderr).toMatch(/--replay needs the FILE/);
  });
});

describe('capture', () => {
  test('prints a scenario that needs no server', () => {
    const { status, stdout, stderr } = cli('capture', '--server', join(SERVERS, 'extents.ts'), CASE);
    expect([status, stderr]).toEqual([0, '']);
    writeFileSync(join(folder, 'captured.json'), stdout);
    expect(cli('run', '-q', 'captured.json')).toMatchObject({ status: 0, stderr: '' });
    expect(stdout).toMatch(/"do": "backing_open"/);
  });

  test('fails where the server does what no server can', () => {
    const { status, stderr } = cli('capture', '--server', 'exit 3', CASE);
    expect(status).toBe(1);
    expect(stderr).toMatch(/died: init: its process ended with exit status 3/);
  });
});
