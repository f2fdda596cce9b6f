// SPDX-License-Identifier: MIT
// `run --run-server`, as it was built: scenarios with the code of their server.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '../../build/node/cli.js');
const LINEAR = `import { FUSE_IOMAP_TYPE } from 'iomap-playground';
let dev: number = 0;
export function init(se) { dev = se.device_add(3); }
export function iomap_begin() {
  // WRONG
  return { read: { length: 65536n, type: FUSE_IOMAP_TYPE.MAPPED, dev } };
}
`;
const STEPS = [
  { do: 'iomap_begin', count: 4096, expect: { ret: 0 } },
  { do: 'pread', length: 4096, direct: true, expect: { ret: 4096 } },
];
let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'server-code-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const caseOf = (server: string) =>
  writeFileSync(join(folder, 'case.json'), JSON.stringify({ format: 1, server, steps: STEPS }));
function run(server: string, ...args: string[]) {
  caseOf(server);
  return cli('run', ...args, 'case.json');
}
const wrong = (code: string) => LINEAR.replace('// WRONG', code);

test('without the flag its code does not run, and there is no verdict', () => {
  const { status, stdout, stderr } = run(LINEAR, '-q');
  expect(status).toBe(2);
  expect(stderr).toMatch(/case\.json: it has the code of a server, which only --run-server runs/);
  expect(stdout).not.toMatch(/Accepted/);
});

test('with the flag it answers', () => {
  expect(run(LINEAR, '-q', '--run-server')).toMatchObject({ status: 0, stderr: '' });
});

test('capture writes down what it answers, and only with the flag', () => {
  caseOf(LINEAR);
  expect(cli('capture', 'case.json')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('which only --run-server runs'),
  });
  const { status, stdout, stderr } = cli('capture', '--run-server', 'case.json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).not.toHaveProperty('server');
  writeFileSync(join(folder, 'captured.json'), stdout);
  expect(cli('run', '-q', 'captured.json')).toMatchObject({ status: 0, stderr: '' });
});

describe('what goes wrong is told, with exit status 1', () => {
  test.each([
    [
      'an exception',
      wrong('null.x;'),
      /threw: FUSE_IOMAP_BEGIN .*it threw TypeError.*\(line 5 of the server\)/,
    ],
    [
      'an endless loop',
      wrong('for (;;);'),
      /timeout: FUSE_IOMAP_BEGIN .*iomap_begin\(\): it gave no answer within 1000 ms/,
    ],
    ['a wrong shape', wrong('return 1;'), /shape: FUSE_IOMAP_BEGIN/],
    [
      'text that is no TypeScript',
      'export const = 1',
      /at the start: threw: init: it can't be read: .*line 1/,
    ],
    [
      'an early exception',
      "\nthrow new Error('no')",
      /at the start: threw: init: it threw Error: no \(line 2 of the server\)/,
    ],
    [
      'files',
      wrong("log.constructor('return process')().getBuiltinModule; require('node:fs');"),
      /there is no 'node:fs' here/,
    ],
    [
      'a heap that is full',
      wrong('const kept = []; for (;;) kept.push(new Array(100000).fill(0).map(() => ({})));'),
      /died: FUSE_IOMAP_BEGIN .*it reached its limit of 256 MB of memory, and was ended\n/,
    ],
  ])('%s', (_, code, words) => {
    // Only the endless loop is to meet its limit, however busy the machine is.
    const limit = words.source.startsWith('timeout')
      ? ['--server-timeout', '1000']
      : ['--server-timeout', '60000'];
    const { status, stderr } = run(code, '-q', '--run-server', ...limit);
    expect(stderr).toMatch(words);
    expect(status).toBe(1);
  });

  test('in TAP, too', () => {
    const { stdout } = run(wrong('return 1;'), '--tap', '--run-server');
    expect(stdout).toMatch(/^not ok \d+ - case\.json: the server answers as a server can$/m);
    expect(stdout).toMatch(/reason: "step 1: shape: FUSE_IOMAP_BEGIN/);
  });
});

test('code that breaks out of its context may read no file', () => {
  const breakout = `const process = log.constructor('return process')();
const { readFileSync } = process.mainModule?.require('fs') ?? process.binding('fs');
log(readFileSync('/etc/hostname'));
export const iomap_begin = () => -5;`;
  const { stderr } = run(breakout, '-q', '--run-server');
  expect(stderr).toMatch(/at the start: threw/);
});

test('help says what is not kept from it', () => {
  const { stdout } = spawnSync(process.execPath, [CLI, 'run', '--help'], { encoding: 'utf8' });
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/The network is not kept from it/);
});
