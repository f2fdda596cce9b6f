// SPDX-License-Identifier: MIT
/** The commands and the programs that the documents show, carried out as they stand. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkedPart } from '#engine/exercises/link.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CLI = join(ROOT, 'build/node/cli.js');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Lines of the blocks of a language, without those of a comment alone. */
const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!);

const COMMANDS = ['README.md', 'docs/HOWTO.md'].flatMap((file) =>
  blocksOf(read(file), 'sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => /npm run -s cli -- /.test(line))
    .map((line): [string, string] => [file, line]),
);

/** A line with what a document cannot spell out, and with less of the same. */
const stands = (line: string) =>
  line
    .replace('my-server/*.json', 'tests/*.json')
    .replace("'#1...'", `'${link}'`)
    .replace("'https://…/#/exercise/1.…'", `'https://host/#/exercise/${exercise}'`)
    .replace('strace -s 200 -e trace=read,writev -p PID 2>&1', 'cat trace.txt')
    .replace('--ops 10000', '--ops 50');
/** Those that find something wrong, as they should with what stands here, and what they say of it. */
const FINDS: readonly (readonly [RegExp, string])[] = [
  [/ -- grade /, 'not ok'],
  // It forgets what was written.
  [/ -- fuzz --server \.\/my-server /, 'the seed of its run is 7'],
];

/** A server in another language than the kernel's, as far as its caller can tell. */
const SERVER = `#!/usr/bin/env node
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: what } = JSON.parse(line);
  const answers = {
    hello: { version: 1, device_add: [3] },
    iomap_begin: { read: { offset: 0, length: 1 << 20, addr: 0, type: 'MAPPED', dev: 1 } },
  };
  console.log(JSON.stringify({ id, ...answers[what] }));
}
`;

let folder = '';
let link = '';
let exercise = '';
const cli = (...args: string[]) =>
  execFileSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docs-'));
  for (const name of ['examples', 'tests', 'answers', 'bin']) mkdirSync(join(folder, name));
  // One of each kind that a command may meet among them: the suite of the examples runs all.
  for (const name of ['begin-read', 'check-length-zero', 'server-linear'])
    cpSync(join(ROOT, `examples/${name}.json`), join(folder, `examples/${name}.json`));
  symlinkSync(join(ROOT, 'examples/servers'), join(folder, 'examples/servers'));
  for (const name of ['case.json', 'anna.json', 'answers/ben.json', 'tests/one.json'])
    cpSync(join(ROOT, 'examples/end-want-iomap-end-ignored.json'), join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'my-server'), SERVER, { mode: 0o755 });
  // `npm run -s cli -- …`, without npm and without the folder of the playground.
  const npm = `#!/bin/sh\nshift 4\nexec '${process.execPath}' '${CLI}' "$@"\n`;
  writeFileSync(join(folder, 'bin/npm'), npm, { mode: 0o755 });
  writeFileSync(join(folder, 'mail.txt'), cli('card', '--step', '3', 'case.json'));
  cpSync(join(ROOT, 'tests/data/imports/13a.txt'), join(folder, 'trace.txt'));
  link = cli('link', 'case.json').trim();
  exercise = linkedPart(JSON.parse(read('exercises/the-other-disk.json')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are commands', () => expect(COMMANDS.length).toBeGreaterThan(20));

const HAS_PROVE = spawnSync('prove', ['--version']).status === 0;

describe.each(COMMANDS)('%s', (_file, line) => {
  test.skipIf(line.startsWith('prove ') && !HAS_PROVE)(line, () => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', stands(line)], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    });
    const said = FINDS.find(([of]) => of.test(line))?.[1];
    expect([status, status === 0 ? '' : stdout + stderr]).toEqual(
      said === undefined ? [0, ''] : [1, expect.stringContaining(said)],
    );
  });
});

test('the programs of the library print what stands beside them', () => {
  const blocks = blocksOf(read('docs/API.md'), 'js');
  expect(blocks).toHaveLength(3);
  const said = blocks.flatMap((block) => [...block.matchAll(/^console\.log.*; \/\/ (.*)$/gm)]);
  expect(said).toHaveLength(1);
  const program = blocks.join('').replace("'iomap-playground'", `'${join(ROOT, 'build/node/lib.js')}'`);
  writeFileSync(join(folder, 'program.js'), program);
  const printed = execFileSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' });
  expect(printed).toBe(`${said.map(([, text]) => text).join('\n')}\n`);
});
