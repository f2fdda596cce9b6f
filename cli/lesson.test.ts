// SPDX-License-Identifier: MIT
// `lesson`, as its users call it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const FILE = join(ROOT, 'lessons/holes-and-mapped.json');

function lesson(args: string[], input = '') {
  const cli = join(ROOT, 'build/node/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lesson', ...args], {
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

test('says that a lesson is in order', () => {
  expect(lesson([FILE])).toEqual({ status: 0, stdout: `${FILE}: ok, 3 steps\n`, stderr: '' });
});

test('takes a folder for the files in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lessons-'));
  copyFileSync(FILE, join(folder, 'one.json'));
  const { status, stdout } = lesson([folder]);
  rmSync(folder, { recursive: true });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/one\.json: ok, 3 steps\n$/)]);
});

test('says what is wrong with a lesson, and with text that is none', () => {
  const file = JSON.parse(readFileSync(FILE, 'utf8'));
  const [first] = file.steps;
  first.solution.pop();
  first.hints[1].answer = first.hints[2].answer;
  expect(lesson(['-'], JSON.stringify(file))).toEqual({
    status: 1,
    stdout: '',
    stderr:
      '(standard input): step 1: The solution does not meet the goal.\n' +
      '(standard input): step 1: The answer of hint 2 leads to hint 3.\n',
  });
  const elsewhere = JSON.parse(readFileSync(FILE, 'utf8'));
  elsewhere.steps[1].show = 0;
  expect(lesson(['-'], JSON.stringify(elsewhere)).stderr).toContain(
    'step 2: It opens on step 1 of the scenario, in which nothing may be edited.',
  );
  expect(lesson(['-'], '{"lesson": 1}').status).toBe(2);
  expect(lesson([join(ROOT, 'tests/data/dumps')])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('there is no .json file in this folder'),
  });
  expect(lesson(['no-such-file']).stderr).toBe('no-such-file: there is no such file\n');
});
