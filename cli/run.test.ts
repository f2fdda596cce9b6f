// SPDX-License-Identifier: MIT
// What the built command makes of results: exit status, reports, which files and steps.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = join(resolve(import.meta.dirname, '..'), 'build/node/cli.js');
const PROVE = '/usr/bin/prove';

let folder: string;
const write = (name: string, value: object) =>
  writeFileSync(join(folder, name), JSON.stringify({ format: 1, ...value }, null, 2));

const OPEN = { do: 'backing_open' };
const MAPPED = { type: 'MAPPED', length: 4096, dev: 1 };
const begin = (read: object, more: object = {}) => ({ do: 'iomap_begin', reply: { read }, ...more });
const REFUSED = begin({ ...MAPPED, dev: 2 });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-run-'));
  mkdirSync(join(folder, 'cases/deep'), { recursive: true });
  mkdirSync(join(folder, 'cases/node_modules'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  write('good.json', { title: 'All well', steps: [OPEN, begin(MAPPED)] });
  write('refused.json', { steps: [OPEN, { ...REFUSED, note: 'Only id 1 is open.' }] });
  write('expected.json', { steps: [OPEN, { ...REFUSED, expect: { ret: '-EFSCORRUPTED' } }] });
  write('caused.json', { steps: [{ ...OPEN, fd: 9 }, begin(MAPPED, { expect: { ret: 0 } })] });
  write('fiemap.json', {
    steps: [
      { do: 'fiemap', length: 65536, replies: [{ read: { ...MAPPED, length: 65536, addr: '1M' } }] },
    ].flatMap((step) => [OPEN, step]),
  });
  write('cases/a.json', { title: 'First of all', steps: [OPEN] });
  write('cases/deep/b.json', { title: 'Second', steps: [OPEN] });
  write('cases/node_modules/c.json', { steps: [] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'run', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

describe('a step that went wrong although nothing expects it', () => {
  test.each([[[]], [['-q']], [['--tap']], [['--json']], [['--jsonl']]])(
    'is exit status 1 with %o',
    (options) => {
      expect(cli(...options, 'refused.json').status).toBe(1);
      expect(cli(...options, 'good.json').status).toBe(0);
      expect(cli(...options, 'expected.json').status).toBe(0);
      expect(cli(...options, '--lenient', 'refused.json').status).toBe(0);
    },
  );

  test('is told with its place, check and numbers, sentence, note and nearest reply', () => {
    const { stdout } = cli('-q', '--ascii', 'refused.json');
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(
      /FAILED refused\.json:\d+:5: step 2 iomap_begin: a reply was refused: -EFSCORRUPTED/,
    );
    expect(text).toContain(
      'check dev-not-found: read.dev 2 is not an iomap device (dev 2, type MAPPED, found nothing)',
    );
    expect(text).toContain('The read mapping is MAPPED on dev 2, but no backing has that id.');
    expect(text).toContain('note Only id 1 is open.');
    expect(text).toContain('nearest accepted: read.dev 2 -> 1');
    expect(text).toMatch(/failed refused\.json 2 executions, nothing expected, 1 step failed $/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    // After the steps the summary tells the same.
    expect(cli('refused.json').stdout).toMatch(/^failed .*\n +FAILED/m);
  });

  test('is named as the cause of those that fail after it', () => {
    const text = cli('-q', 'caused.json').stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/step 1 backing_open: refused: -EBADF \(-9\), and no "ret" or "check" expects that/);
    expect(text).toMatch(
      /step 2 iomap_begin: ret: expected 0, got -EFSCORRUPTED .* cause step 1 backing_open failed before it with -EBADF, which nothing expects/,
    );
  });
});

describe('--tap', () => {
  test('is version 13, with the plan at the end', () => {
    const { stdout } = cli('--tap', 'good.json', 'refused.json', 'none.json');
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('TAP version 13');
    expect(lines.at(-1)).toBe('1..3');
    expect(lines.filter((line) => /^(not )?ok/.test(line))).toEqual([
      'ok 1 - good.json: the run came to its end',
      'not ok 2 - refused.json: step 2 iomap_begin',
      'not ok 3 - none.json: the file can be used',
    ]);
    expect(stdout).toMatch(/^ {2}check: "dev-not-found: /m);
    expect(stdout).toMatch(/^ {2}nearest: "read\.dev 2 → 1"$/m);
  });

  test.skipIf(!existsSync(PROVE))('is read by prove without a complaint', () => {
    const { stdout } = cli('--tap', 'good.json', 'refused.json', 'caused.json', 'none.json');
    writeFileSync(join(folder, 'report.tap'), stdout);
    const { stdout: told } = spawnSync(PROVE, ['-e', 'cat', 'report.tap'], { cwd: folder, encoding: 'utf8' });
    expect(told).toContain('Failed tests:  2-5');
    expect(told).toContain('Tests: 5 Failed: 4');
    expect(told).not.toContain('Parse errors');
  });
});

test('--junit writes its report besides', () => {
  const { status, stdout } = cli('-q', '--junit', 'report.xml', 'good.json', 'refused.json');
  expect([status, stdout]).toEqual([1, expect.stringMatching(/^2 files: 1 ok, 1 failed$/m)]);
  const xml = readFileSync(join(folder, 'report.xml'), 'utf8');
  expect(xml).toContain('<testsuite name="refused.json" tests="1" failures="1" errors="0"');
  expect(xml).toMatch(
    /<testcase classname="refused\.json" name="step 2 iomap_begin" file="refused\.json" line="\d+"/,
  );
  expect(cli('--junit', 'no/where.xml', 'good.json')).toMatchObject({ status: 2, stdout: '' });
});

test('--jsonl has a line for each step and one for the file', () => {
  const lines = cli('--jsonl', 'refused.json')
    .stdout.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { version: 1, kind: 'step', file: 'refused.json', step: 1, indexFrom0: 0, do: 'backing_open', ok: true },
    {
      ...{ step: 2, indexFrom0: 1, ok: false, outcome: 'refused', ret: '-EFSCORRUPTED', which: 'read' },
      ...{ check: 'dev-not-found', operands: { dev: '2', type: '2', found: '0' }, nearest: 'read.dev 2 → 1' },
      sentence: 'The read mapping is MAPPED on dev 2, but no backing has that id.',
      place: expect.stringMatching(/^refused\.json:\d+:5$/),
    },
    { kind: 'file', verdict: 'failed', failedSteps: 1, executions: 2 },
  ]);
});

describe('which files and steps', () => {
  test('a folder is every .json file in it, however deep', () => {
    const { status, stdout } = cli('-q', 'cases');
    expect(status).toBe(0);
    expect(stdout.match(/cases\S+/g)).toEqual(['cases/a.json', 'cases/deep/b.json']);
    expect(JSON.parse(cli('--json', 'cases').stdout)).toMatchObject([
      { file: 'cases/a.json' },
      { file: 'cases/deep/b.json' },
    ]);
    const none = cli('--tap', 'empty');
    expect([none.status, none.stderr]).toEqual([2, 'empty: there is no .json file in this folder\n']);
  });

  test('--filter looks at paths and titles', () => {
    expect(cli('-q', '--filter', 'SECOND', 'cases').stdout).toMatch(/^ok +cases\/deep\/b\.json/);
    expect(cli('-q', '--filter', '/^cases.a/', 'cases').stdout).toMatch(/^ok +cases\/a\.json/);
    const none = cli('-q', '--filter', 'third', 'cases');
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('no scenario has this')]);
    expect(cli('--filter', '/(/', 'cases').stderr).toContain('not a regular expression');
  });

  test('--step runs up to a step, the first is 1, and tells of it alone', () => {
    const first = cli('--step', '1', 'refused.json');
    expect([first.status, first.stdout.match(/^step \d+/gm)]).toEqual([0, ['step 1']]);
    const second = cli('--step', '2', 'caused.json');
    expect([second.status, second.stdout.match(/^step \d+/gm)]).toEqual([1, ['step 2']]);
    expect(cli('--tap', '--step', '1', 'expected.json').stdout).toContain('ok 1 - expected.json: the run');
    expect(cli('--step', '3', 'refused.json')).toMatchObject({
      status: 2,
      stderr: 'refused.json: there is no step 3: it has 2 steps\n',
    });
    expect(cli('--step', '0', 'refused.json').stderr).toContain('the first is 1');
  });
});

test('--extents prints what a fiemap found as filefrag -v does', () => {
  const table = [
    'File size of a is 65536 (16 blocks of 4096 bytes)',
    ' ext:     logical_offset:        physical_offset: length:   expected: flags:',
    '   0:        0..      15:        256..       271:     16:             last,eof',
    'a: 1 extent found',
  ].join('\n');
  expect(cli('-q', '--extents', 'fiemap.json').stdout).toContain(table);
  const { stdout } = cli('--extents', 'fiemap.json');
  expect(stdout).toContain(table);
  expect(stdout).not.toMatch(/^ +extents/m);
});

test('reports file by file: with little memory many files are run', () => {
  mkdirSync(join(folder, 'many'));
  const text = JSON.stringify({ format: 1, notes: 'x'.repeat(15_000), steps: [OPEN, begin(MAPPED)] });
  for (let i = 0; i < 2_000; i++) writeFileSync(join(folder, `many/${i}.json`), text);
  // The texts alone are 30 MB; kept, with their runs, they would not fit.
  const heap = ['--max-old-space-size=20', '--max-semi-space-size=1'];
  const { status, stdout } = spawnSync(process.execPath, [...heap, CLI, 'run', '--tap', 'many'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stdout.split('\n').at(-2)]).toEqual([0, '1..2000']);
});
