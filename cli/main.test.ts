// SPDX-License-Identifier: MIT
// The built command line, as its users call it.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeDiff } from '#engine/core-edit/diff.ts';
import { filesAt } from '../scripts/build-id.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CLI = join(ROOT, 'build/node/cli.js');

let folder: string;

beforeAll(() => {
  if (!existsSync(CLI))
    throw new Error('build/node/cli.js is missing: run npm run build:core && npm run build:node');
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'good.json'), JSON.stringify(GOOD));
  writeFileSync(join(folder, 'unmet.json'), JSON.stringify(UNMET));
  writeFileSync(join(folder, 'broken.json'), '{\n  "format": 1,\n  "steps": [{ "do": "backing_opne" }]\n}\n');
  writeFileSync(join(folder, 'a/b/deep.json'), JSON.stringify(GOOD));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAPPED = { type: 'MAPPED', length: 4096, dev: 1 };
const GOOD = {
  format: 1,
  title: 'One device',
  steps: [
    { do: 'backing_open', expect: { ret: 1 } },
    { do: 'iomap_begin', reply: { read: MAPPED }, expect: { ret: 0, iomap: { bdev: 'vda' } } },
    {
      do: 'iomap_begin',
      reply: { read: { ...MAPPED, dev: 2 } },
      expect: { ret: '-EFSCORRUPTED', check: 'dev-not-found', which: 'read' },
    },
  ],
};
const UNMET = { format: 1, steps: [{ do: 'backing_open', expect: { ret: '-EPERM' } }] };

/** Runs the built program in the test's folder. */
function cli(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

describe('run', () => {
  test('explains each step within 80 columns and sums up', () => {
    const { status, stdout, stderr } = cli(['run', 'good.json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^== good\.json: One device$/m);
    expect(stdout.match(/^step \d+ /gm)).toHaveLength(3);
    expect(stdout).toMatch(/request +FUSE_IOMAP_BEGIN/);
    expect(stdout).toMatch(/reply +80 bytes/);
    expect(stdout).toMatch(/✗ dev-not-found: .*<- decided/);
    expect(stdout).toContain('returned -EFSCORRUPTED (-117)');
    expect(stdout).toMatch(/iomap +MAPPED .*bdev vda/);
    expect(stdout).toMatch(/^ok +good\.json +3 executions, 6 expectations met$/m);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('\u001b');
  });

  test('keeps to 80 columns with a long path and a long title, and the path whole', () => {
    const path = join(folder, 'a/b', `${'long-'.repeat(20)}.json`);
    writeFileSync(path, JSON.stringify({ ...GOOD, title: 'words of a title '.repeat(10).trim() }));
    const { stdout } = cli(['run', path]);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).toEqual([`== ${path}:`, expect.stringMatching(/^ {3}words of a title words/)]);
    expect(stdout).toMatch(/^ok +\/.*-\.json\n +3 executions, 6 expectations met$/m);
    for (const line of lines)
      if (!line.endsWith(path) && !line.endsWith(`${path}:`)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('exits 1 if an expectation was not met, and says which', () => {
    const { status, stdout } = cli(['run', '--quiet', 'unmet.json']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/UNMET +unmet\.json:1:\d+: step 1 backing_open: ret: expected -EPERM,\s+got 1/);
    expect(stdout).toMatch(/^unmet +unmet\.json +1 execution, 0 of 1 expectation met$/m);
  });

  test('exits 2 for a file that cannot be used, says where and why, and still runs the others', () => {
    const { status, stdout, stderr } = cli([
      'run',
      '-q',
      'broken.json',
      'none.json',
      'good.json',
      'unmet.json',
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^broken\.json:3:\d+: error: .*backing_opne/m);
    expect(stderr).toMatch(/^none\.json: there is no such file$/m);
    expect(stdout).toMatch(/^ok +good\.json/m);
    expect(stdout).toMatch(/^4 files: 2 unusable, 1 ok, 1 unmet$/m);
  });

  test('reads standard input', () => {
    const { status, stdout } = cli(['run', '-q', '-'], { input: JSON.stringify(GOOD) });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^ok +\(standard input\)/)]);
    expect(cli(['run', '-'], { input: '\u0000' }).status).toBe(2);
  });

  test('--json prints the run, and a list for several files', () => {
    const one = JSON.parse(cli(['run', '--json', 'good.json']).stdout);
    expect(one.executions.map(({ ret }: { ret: string }) => ret)).toEqual(['1', '0', '-117']);
    const { status, stdout } = cli(['run', '--json', 'good.json', 'broken.json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: 'good.json', run: { executions: { length: 3 } } },
      { file: 'broken.json', error: [expect.stringContaining('broken.json:3:')] },
    ]);
  });

  test('every example meets its expectations', () => {
    const examples = readdirSync(join(ROOT, 'examples'))
      .filter((file) => file.endsWith('.json'))
      .map((name) => join(ROOT, 'examples', name));
    const { status, stdout, stderr } = cli(['run', '-q', '--run-server', ...examples]);
    expect({ status, stderr, stdout: stdout.replace(/^ok .*\n(?: +\d.*\n)?/gm, '') }).toEqual({
      status: 0,
      stderr: '',
      stdout: `${examples.length} files: ${examples.length} ok\n`,
    });
  });

  test('keeps its exit status when the reader goes away', () => {
    const many = { format: 1, steps: [{ do: 'backing_open', times: 1024 }, ...UNMET.steps] };
    writeFileSync(join(folder, 'many.json'), JSON.stringify(many));
    const pipe = `"${process.execPath}" "${CLI}" run --unfold many.json | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', pipe], { cwd: folder, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['== many.json\n1\n', '']);
  });
});

test('an output that cannot be written is told, with status 2', () => {
  // Opened for reading only.
  const output = openSync(join(folder, 'good.json'), 'r');
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'run', 'good.json'], {
    cwd: folder,
    stdio: ['ignore', output, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(output);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^iomap-playground: the output can't be written: EBADF.*\n$/);
});

describe('link and unlink', () => {
  test('are each other turned round', () => {
    const made = cli(['link', 'good.json']);
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toMatch(/^#1\.\S+\n$/);
    const back = cli(['unlink', made.stdout.trim()]);
    expect(back.status).toBe(0);
    expect(JSON.parse(back.stdout)).toMatchObject({ format: 1, title: 'One device', steps: { length: 3 } });
    expect(cli(['run', '-q', '-'], { input: back.stdout }).status).toBe(0);
  });

  test('--base makes a whole link, which unlink takes too, also from standard input', () => {
    const { stdout } = cli(['link', '--base', 'https://host.example/p/#old', 'good.json']);
    expect(stdout).toMatch(/^https:\/\/host\.example\/p\/#1\.\S+\n$/);
    expect(cli(['unlink', stdout.trim()]).status).toBe(0);
    expect(cli(['unlink', '-'], { input: stdout }).status).toBe(0);
  });

  test('run --rev answers as another revision; one that does not exist is refused with the list', () => {
    const { status, stdout } = cli(['run', '--rev', 'v6-03', 'good.json']);
    expect(stdout).toContain('patch 04/31 brings it');
    expect(status).toBe(1);
    expect(cli(['run', '--rev', 'v9', 'good.json']).stderr).toMatch(/no revision 'v9'[^]*v6-03, v6-04/);
  });

  test('an edit of the core is told, and printed on request', () => {
    const golden = readFileSync(new URL('../tests/data/links/2.jsonl', import.meta.url), 'utf8').split(
      '\n',
    )[0]!;
    const { link, state } = JSON.parse(golden) as { link: string; state: { edit: { diff: string } } };
    const scenario = cli(['unlink', link]);
    expect(scenario.stderr).toContain('unlink --edit prints it');
    expect(JSON.parse(scenario.stdout)).toMatchObject({ format: 1 });
    expect(cli(['unlink', '--edit', link])).toMatchObject({ status: 0, stdout: state.edit.diff, stderr: '' });
    const plain = cli(['link', 'good.json']).stdout.trim();
    expect(cli(['unlink', '--edit', plain])).toMatchObject({ status: 2, stdout: '' });
  });

  test('--edit puts an edit of the core into the link, as the page copies it', () => {
    const path = 'assembly/fs/fuse/file_iomap.ts';
    const source = readFileSync(join(ROOT, path), 'utf8');
    const before = source.split('\n').find((line) => line.includes('Check.LENGTH_ZERO,'))!;
    const edited = source.replace(before, `${before} // edited`);
    const diff = makeDiff({ [path]: source }, { [path]: edited });
    writeFileSync(join(folder, 'edit.diff'), diff);
    const made = cli(['link', '--edit', 'edit.diff', 'good.json']);
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toMatch(/^#2\./);
    expect(cli(['unlink', '--edit', made.stdout.trim()]).stdout).toBe(diff);
    expect(cli(['unlink', made.stdout.trim()]).stdout).toContain('"title": "One device"');
    // Out of a mail, and from standard input.
    const mail = `Hi,\n\n${diff.replace(/^/gm, '> ')}\nbye\n`;
    expect(cli(['link', '--edit', '-', 'good.json'], { input: mail }).stdout).toBe(made.stdout);
  });

  test('an edit that is none is refused, with where and why', () => {
    const refusal = (input: string) => {
      const { status, stdout, stderr } = cli(['link', '--edit', '-', 'good.json'], { input });
      expect([status, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(refusal('hello')).toMatch(
      /^\(standard input\): error: expected a unified diff of files in assembly/,
    );
    expect(refusal('--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1 +1 @@\n-a\n+b\n')).toMatch(/fs\/x\.c .*no such file/);
    const path = 'assembly/fs/fuse/file_iomap.ts';
    const hunk = `--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n`;
    expect(refusal(`${hunk}-never there\n+x\n`)).toMatch(/there is no line “never there”/);
    const first = readFileSync(join(ROOT, path), 'utf8').split('\n')[0]!;
    expect(refusal(`${hunk}-${first}\n+${first}\n`)).toMatch(/leaves the core as it was/);
    expect(cli(['link', '--edit', 'none.diff', 'good.json']).stderr).toBe(
      'none.diff: there is no such file\n',
    );
  });

  test('--step is part of the link', () => {
    const at = (step: string) => cli(['link', '--step', step, 'good.json']).stdout;
    expect(at('3')).toBe(cli(['link', 'good.json']).stdout);
    expect(at('1')).not.toBe(at('3'));
    expect(cli(['link', '--step', '4', 'good.json'])).toMatchObject({ status: 2, stdout: '' });
  });

  test('a link that cannot be used exits 2 with the reason', () => {
    const { stdout } = cli(['link', 'good.json']);
    const cut = cli(['unlink', stdout.trim().slice(0, -20)]);
    expect(cut).toMatchObject({ status: 2, stdout: '' });
    expect(cut.stderr).toMatch(/^unlink: .*\d+ of \d+ characters/);
    expect(cli(['unlink', 'hello']).status).toBe(2);
  });

  test('a file that cannot be used exits 2, and so does a base that is not an address', () => {
    expect(cli(['link', 'broken.json'])).toMatchObject({ status: 2, stdout: '' });
    expect(cli(['link', '--base', 'nowhere', 'good.json'])).toMatchObject({ status: 2, stdout: '' });
    expect(cli(['link', '--base', 'javascript:alert(1)', 'good.json'])).toMatchObject({
      status: 2,
      stdout: '',
    });
  });
});

describe('the command itself', () => {
  test.each([[['--help']], [['run', '--help']], [['link', '-h']], [['unlink', '--help']], [['help', 'run']]])(
    '%o helps within 80 columns',
    (args) => {
      const { status, stdout } = cli(args);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^(Usage|iomap-playground)/);
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    },
  );

  test.each([
    [[], 'a command is missing'],
    [['rnu'], "there is no command 'rnu'"],
    [['help', 'rnu'], "there is no command 'rnu'"],
    [['link', ''], '"": this is not a file name'],
    [['run'], 'no FILE was named'],
    [['run', '--jsno', 'good.json'], "Unknown option '--jsno'"],
    [['run', '--json', '--tap', 'good.json'], 'two different outputs'],
    [['link'], 'FILE is missing'],
    [['link', 'good.json', 'unmet.json'], "'unmet.json' is a second"],
  ])('%o is refused with words and status 2', (args, words) => {
    const { status, stdout, stderr } = cli(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  test('resolves paths against the folder from which npm run was called', () => {
    const run = spawnSync('npm', ['--prefix', ROOT, 'run', '-s', 'cli', '--', 'run', '-q', 'deep.json'], {
      cwd: join(folder, 'a/b'),
      encoding: 'utf8',
    });
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^ok +deep\.json/)]);
  });

  test('its package holds the source of its wasm, what builds it, and every licence', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(filesAt(ROOT, 'assembly')));
    for (const path of [
      ...['asconfig.json', 'package.json', 'scripts/build-core.mjs', 'scripts/core-settings.mjs'],
      ...['LICENSE', 'LICENSES/MIT.txt', 'LICENSES/GPL-2.0-only.txt', 'build/node/THIRD-PARTY.txt'],
      ...['build/node/cli.js', 'build/core/v6-04.trace.wasm'],
    ])
      expect(paths).toContain(path);
    // And nothing else of the clone.
    const parts = new Set(paths.map((path) => path.replace(/\/.*/s, '')));
    expect([...parts].sort()).toEqual([
      'LICENSE',
      'LICENSES',
      'README.md',
      'asconfig.json',
      'assembly',
      'build',
      'docs',
      'examples',
      'exercises',
      'lessons',
      'package.json',
      'scripts',
    ]);
    expect(paths.filter((path) => path.startsWith('scripts/'))).toHaveLength(2);
  });

  test('works from its package, installed elsewhere', () => {
    const npm = (args: string[], cwd: string) => execFileSync('npm', args, { cwd, encoding: 'utf8' });
    // Without scripts: prepare would build anew under the other tests.
    const packed = npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], ROOT).trim();
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"private":true}');
    npm(['install', '--offline', '--no-audit', '--no-fund', '--silent', join(folder, packed)], project);
    const { status, stdout } = spawnSync(
      join(project, 'node_modules/.bin/iomap-playground'),
      ['run', '-q', '../good.json'],
      { cwd: project, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^ok +\.\.\/good\.json/)]);
    const version = execFileSync(join(project, 'node_modules/.bin/iomap-playground'), ['--version'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(version).toBe(cli(['--version']).stdout);
    expect(version).toMatch(/^iomap-playground \d+\.\d+\.\d+\+[0-9a-f]{8}\n$/);
    // An edit is read against the package's own assembly/.
    const path = 'assembly/fs/fuse/file_iomap.ts';
    const source = readFileSync(join(ROOT, path), 'utf8');
    const edited = spawnSync(
      join(project, 'node_modules/.bin/iomap-playground'),
      ['link', '--edit', '-', '../good.json'],
      {
        cwd: project,
        encoding: 'utf8',
        input: makeDiff({ [path]: source }, { [path]: `// edited\n${source}` }),
      },
    );
    expect([edited.status, edited.stderr]).toEqual([0, '']);
  });
});
