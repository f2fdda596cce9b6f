// SPDX-License-Identifier: MIT
// `exercise` and `grade`, as their users call them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linkedPart } from '#engine/exercises/link.ts';
import { readExercise } from '#engine/exercises/read.ts';
import { edited } from '#engine/lessons/documents.ts';
import type { JsonValue } from '#engine/scenario/path.ts';
import { encodeLink } from '#engine/link/codec.ts';
import { readJson } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FILE = join(ROOT, 'exercises/the-other-disk.json');
const TEXT = readFileSync(FILE, 'utf8');
const { start } = readExercise(TEXT).exercise!;
const DEV = ['steps', 2, 'replies', 0, 'read', 'dev'];
const withDev = (value: JsonValue) => edited(start, [{ path: DEV, value }]);

const folder = mkdtempSync(join(tmpdir(), 'grade-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

function cli(args: string[]) {
  const program = join(ROOT, 'build/node/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const good = file('anna.json', withDev(1n));
const wrong = file('ben.json', start);
const refused = file('cem.json', withDev(7n));
const astray = file('dana.json', edited(withDev(1n), [{ path: ['steps', 1], value: undefined }]));

test('exercise says that a file is in order, and what is wrong with one', () => {
  expect(cli(['exercise', FILE])).toEqual({ status: 0, stdout: `${FILE}: ok, difficulty 1\n`, stderr: '' });
  const bad = file('bad.json', TEXT.replace('"value": 1 }', '"value": 2 }'));
  expect(cli(['exercise', bad]).stderr).toContain('The solution does not meet the goal.');
  expect(cli(['exercise', wrong]).status).toBe(2);
});

test('grade prints a test for each answer, with the hint that fits', () => {
  const { status, stdout, stderr } = cli(['grade', 'the-other-disk', good, wrong, refused]);
  expect(stderr).toBe('');
  expect(status).toBe(1);
  const lines = stdout.split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'TAP version 13',
    '# The bytes of the other disk',
    `ok 1 - ${good}: met`,
    `not ok 2 - ${wrong}: not met`,
  ]);
  expect(stdout).toContain('message: "Taken, but not the goal"');
  expect(stdout).toContain(
    'hint: "Taken, and the program has the bytes of `vdb`. Which id did backing_open return',
  );
  expect(stdout).toContain('message: "Refused"');
  expect(stdout).toMatch(/\n1\.\.3\n$/);
});

test('an answer that edits more than it may is told where', () => {
  const { status, stdout } = cli(['grade', FILE, astray]);
  expect(status).toBe(1);
  expect(stdout).toContain('edited_beside: "step 2');
});

test('an exercise in a link, and answers in links and in mails', () => {
  const link = `https://host.example/#/exercise/${linkedPart(readJson(TEXT).root!.value)}`;
  const answer = encodeLink({
    scenario: parseDocument(withDev(1n)).value!,
    step: 2,
    verdict: null,
    view: '',
  });
  const mail = file('eva.txt', `Here it is:\n\n> https://host.example/${answer}\n`);
  const { status, stdout } = cli(['grade', link, `https://host.example/${answer}`, mail]);
  expect(stdout).toContain('ok 1 - the link: met');
  expect(stdout).toContain(`ok 2 - ${mail}: met`);
  expect(status).toBe(0);
});

test('what cannot be used has exit status 2, and the others are judged', () => {
  const { status, stdout } = cli(['grade', FILE, join(folder, 'none.json'), good]);
  expect(status).toBe(2);
  expect(stdout).toContain('none.json: not judged');
  expect(stdout).toContain('there is no such file');
  expect(stdout).toContain(`ok 2 - ${good}: met`);
  expect(cli(['grade', 'no-such', good]).stderr).toContain('there is no such file');
  expect(cli(['grade', 'addr_missing', good]).stderr).toContain('Did you mean "addr-missing"?');
  expect(cli(['grade', '#/exercise/1.9.AAAA', good]).stderr).toContain('The link lost its end');
  expect(cli(['grade']).stderr).toContain('no EXERCISE was named');
  expect(cli(['grade', FILE]).stderr).toContain('no ANSWER was named');
});
