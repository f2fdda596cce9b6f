// SPDX-License-Identifier: MIT
// card and uncard of the built command line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const CLI = join(ROOT, 'build/node/cli.js');
const CASE = 'examples/begin-passthrough-id.json';

beforeAll(() => {
  if (!existsSync(CLI))
    throw new Error('build/node/cli.js is missing: run npm run build:core && npm run build:node');
});

function cli(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('card prints a case within 72 columns, and uncard reads it back, out of quotes too', () => {
  const { status, stdout, stderr } = cli(['card', CASE]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^iomap-playground card 1-/);
  expect(stdout).toContain('X dev-not-found: read.dev 2 is not an iomap device');
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(72);
  const back = cli(['uncard', '-'], `Look at this:\n\n${stdout.replace(/^/gm, '> ')}\n-- \nme\n`);
  expect([back.status, back.stderr]).toEqual([0, '']);
  expect(cli(['run', '-q', '-'], back.stdout).stdout).toMatch(/^ok /);
});

test('--link puts the link below, as link prints it', () => {
  const base = ['--base', 'https://host.example/p/'];
  const link = cli(['link', ...base, CASE]).stdout.trim();
  expect(
    cli(['card', '--link', ...base, CASE])
      .stdout.trim()
      .split('\n')
      .at(-1),
  ).toBe(link);
  expect(cli(['card', CASE]).stdout).not.toContain('#1.');
});

test('--step chooses the step', () => {
  const { stdout } = cli(['card', '--step', '1', CASE]);
  expect(stdout).toContain('answer 0:');
  expect(stdout).not.toContain('step 1:');
  for (const wrong of ['0', '4']) {
    const { status, stderr } = cli(['card', '--step', wrong, CASE]);
    expect(status).toBe(2);
    expect(stderr).toContain('expected a number from 1 to 3');
  }
});

test('uncard says what was edited, and where a card cannot be used', () => {
  const { stdout } = cli(['card', CASE]);
  const edited = cli(['uncard', '-'], stdout.replace('dev 2', 'dev 1'));
  expect(edited.status).toBe(0);
  expect(edited.stderr).toMatch(/note: .*edited/);
  const broken = cli(['uncard', '-'], `Hello\n\n${stdout.replace('MAPPED', 'MAPED')}`);
  expect(broken).toMatchObject({ status: 2, stdout: '' });
  expect(broken.stderr).toMatch(/^\(standard input\):\d+: error: .*Did you mean "MAPPED"/);
  expect(cli(['uncard', '-'], 'hello').stderr).toMatch(/^\(standard input\):1: error: There is no text card/);
  expect(cli(['uncard', 'nowhere.txt']).stderr).toMatch(/there is no such file/);
});

test('a card is read out of a mail as lore has it: a mailbox, in an encoding', () => {
  const { stdout } = cli(['card', CASE]);
  const head = (encoding: string) =>
    `From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: J <j@x.org>\nSubject: a case\nMIME-Version: 1.0\n` +
    `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n`;
  const scenario = cli(['uncard', '-'], stdout);
  for (const mail of [
    head('base64') + Buffer.from(stdout).toString('base64').replace(/.{76}/g, '$&\n'),
    head('quoted-printable') + stdout.replaceAll('=', '=3D').replace(/^(.{60})(?=.)/gm, '$1=\n'),
    head('quoted-printable') + stdout.replace(/^/gm, '> ').replace(/ $/gm, '=20'),
  ]) {
    expect(cli(['uncard', '-'], mail)).toEqual(scenario);
    const { status, stderr } = cli(['matrix', '--rev', 'v6-04,late', '-'], mail);
    expect([status, stderr]).toEqual([0, '']);
  }
});

test('bad calls are refused with words', () => {
  expect(cli(['card', '--base', 'https://x.example/', CASE]).stderr).toContain('--base is for --link');
  expect(cli(['card']).stderr).toContain('FILE is missing');
  expect(cli(['uncard']).stderr).toContain('FILE is missing');
  for (const command of ['card', 'uncard'])
    for (const line of cli([command, '--help']).stdout.split('\n'))
      expect(line.length).toBeLessThanOrEqual(80);
});
