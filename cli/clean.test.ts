// SPDX-License-Identifier: MIT
// A stranger's words in what the commands print: nothing of them steers the terminal or turns a line around.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeLink } from '#engine/link/codec.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { COMMANDS } from './commands/all.ts';
import { UsageError } from './common/args.ts';

const BAD = 'x\u202ey\u2066\u200f\u009b31m\u0007\x1b[2J\u2028';
// eslint-disable-next-line no-control-regex
const HARMFUL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

const READ = { length: 4096, addr: 'NULL_ADDR', type: 'RETRY_CACHE' };
const SCENARIO = {
  format: 1,
  title: BAD,
  notes: BAD,
  steps: [
    { do: 'backing_open', note: BAD },
    { do: 'iomap_begin', reply: { read: READ }, expect: { ret: 0 } },
  ],
};

let folder: string;
let files: Record<'good' | 'broken' | 'doubled' | 'card' | 'mail', string>;
let link: string;
let edited: string;
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** All that a command prints. */
const printed = async (name: string, ...args: string[]) => (await both(name, ...args)).all;

async function both(name: string, ...args: string[]): Promise<{ all: string; out: string }> {
  let [text, own] = ['', ''];
  const say = (more: string) => void (text += more);
  const lines = (some: Iterable<{ text: string }>) => {
    for (const line of some) say(`${line.text}\n`);
  };
  const out = (more: string) => {
    own += more;
    say(more);
  };
  const command = COMMANDS.find((one) => one.name === name)!;
  await command.run(args, { out, err: say, lines, width: 80 });
  return { all: text, out: own };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clean-'));
  const scenario = parseDocument(JSON.stringify(SCENARIO)).value!;
  const verdict = { ret: BAD, check: BAD, which: null, revision: BAD };
  link = encodeLink({ scenario, step: 0, verdict, view: BAD });
  const diff = `--- a/${BAD}\n+++ b/${BAD}\n@@ -1 +1 @@\n-a\n+${BAD}\n`;
  edited = encodeLink({ scenario, step: 0, verdict: null, view: '', edit: { revision: BAD, diff } });
  const good = write('good.json', JSON.stringify(SCENARIO));
  files = {
    good,
    broken: write(`b${BAD}.json`, JSON.stringify({ ...SCENARIO, [BAD]: 1, steps: [{ do: BAD }] })),
    doubled: write('doubled.json', `{"${'\u202e'}":1,"${'\u202e'}":2}`),
    card: write('card.txt', await printed('card', good)),
    mail: write('mail.txt', `${BAD}\n${link}\n${link.slice(0, -4)}\n${JSON.stringify(SCENARIO)}\n`),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[string, () => string[]]>([
  ['run', () => [files.good]],
  ['run', () => [files.good, '--verbose']],
  ['run', () => [files.good, '--json']],
  ['run', () => [files.good, '--tap']],
  ['run', () => [files.good, '--quiet']],
  ['run', () => [files.broken]],
  ['run', () => [files.broken, '--tap']],
  ['run', () => [files.doubled]],
  ['run', () => [join(folder, `none ${BAD}`)]],
  ['card', () => [files.good]],
  ['card', () => [files.broken]],
  ['uncard', () => [files.card]],
  ['uncard', () => [files.mail]],
  ['link', () => [files.good]],
  ['link', () => [files.broken]],
  ['unlink', () => [link]],
  ['unlink', () => [edited]],
  ['unlink', () => ['--edit', edited]],
  ['unlink', () => [`${BAD}${link.slice(0, -4)}`]],
  ['matrix', () => ['--rev', 'v6-04,late', files.good, files.mail, files.broken]],
  ['matrix', () => ['--rev', 'v6-04,late', '--json', files.good, files.mail]],
])('%s: what it prints steers nothing: %#', async (name, args) => {
  const text = await printed(name, ...args()).catch((error: unknown) => {
    if (error instanceof UsageError) return error.message;
    throw error;
  });
  expect(text).not.toBe('');
  expect(text).not.toMatch(HARMFUL);
});

test('what is printed as a document loses nothing', async () => {
  for (const { out } of [await both('unlink', link), await both('uncard', files.card)])
    expect(parseDocument(out).value).toMatchObject({ title: BAD });
});
