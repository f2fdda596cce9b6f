// SPDX-License-Identifier: MIT
// `run --server`, as it was built: servers that are processes, right ones and all kinds of wrong ones.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '../../build/node/cli.js');
let folder = '';

const SCENARIO = {
  format: 1,
  inodes: { a: { size: 0 } },
  steps: [
    { do: 'iomap_begin', count: 4096, expect: { ret: 0 } },
    { do: 'pwrite', length: 10_000, expect: { ret: 10_000 } },
    { do: 'fsync', expect: { ret: 0, diskSize: 10_000 } },
    { do: 'truncate', length: 500, expect: { ret: 0 } },
    { do: 'pread', length: 4096, direct: true, expect: { ret: 500 } },
  ],
};

/** The right server in JavaScript, with a place for what goes wrong. */
const lines = (wrong: string) => `
require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const q = JSON.parse(line);
  const say = (answer) => console.log(JSON.stringify({ id: q.id, ...answer }));
  ${wrong}
  if (q.do === 'hello') say({ version: 1, device_add: [q.devices[0].fd] });
  else if (q.do === 'iomap_begin') say({ read: { length: '64K', type: 'MAPPED', dev: 1 } });
  else say({});
});`;

const TYPESCRIPT = `import { FUSE_IOMAP_TYPE, type FuseServer } from 'iomap-playground';
import { size } from './size.ts';
let dev: number = 0;
console.log('heard by nobody');
const server: FuseServer = {
  init(se) { dev = se.device_add(3); },
  iomap_begin: () => ({ read: { length: size as bigint, type: FUSE_IOMAP_TYPE.MAPPED, dev } }),
  iomap_end: () => 0,
  iomap_ioend: () => 0,
  setattr: () => 0,
};
export default server;
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-'));
  writeFileSync(join(folder, 'case.json'), JSON.stringify(SCENARIO));
  writeFileSync(join(folder, 'size.ts'), 'export const size: bigint = 65536n;\n');
  writeFileSync(join(folder, 'server.ts'), TYPESCRIPT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function served(wrong: string, ...more: string[]) {
  writeFileSync(join(folder, 'server.cjs'), lines(wrong));
  return cli(['run', '-q', '--server', `"${process.execPath}" server.cjs`, ...more, 'case.json']);
}

describe('a right server', () => {
  test('as a command of the shell', () => {
    expect(served('')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^ok .*5 expectations met|6 expectations met/) as string,
      stderr: '',
    });
  });

  test('as a TypeScript file, which may import others and this package', () => {
    const { status, stderr } = cli(['run', '-q', '--server', 'server.ts', 'case.json']);
    expect([status, stderr]).toEqual([0, '']);
  });

  test('starts anew for each file', () => {
    const { status } = cli(['run', '-q', '--server', 'server.ts', 'case.json', 'case.json']);
    expect(status).toBe(0);
  });
});

describe('a wrong one is told, with the request, and the exit status is 1', () => {
  const at = (action: string) => `if (q.do === 'iomap_ioend') { ${action} return; }`;
  const IOEND = 'FUSE_IOMAP_IOEND pos 0 count 0 op read, unique 12, nodeid 12';

  test.each([
    ['ends', at('process.exit(3);'), 'died', /exit status 3/],
    ['ends with words', at("console.error('no space'); process.exit(1);"), 'died', /no space/],
    ['hangs', at(''), 'timeout', /within 1500 ms/],
    ['writes rubbish', at("console.log('rubbish');"), 'not-json', /"rubbish", which is not JSON/],
    ['writes two answers', at("console.log('{\"id\":' + q.id + '}\\nmore');"), 'two-answers', /two lines/],
    ['answers another request', at('console.log(\'{"id":0}\');'), 'two-answers', /request 0 a second time/],
    ['says a word for an errno', at("say({ error: 'ENOSPC' });"), 'shape', /negative errno/],
    ['never ends its line', at("process.stdout.write('x'.repeat(1 << 19));"), 'too-much', /262,144 bytes/],
  ])('%s', (_, wrong, kind, message) => {
    const { status, stderr } = served(wrong, '--server-timeout', '1500');
    expect(stderr.split('\n')[0]).toMatch(`case.json: server: step 3: ${kind}: ${IOEND}: `);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });

  describe('no answer is a failed step with its cause, and not an expectation that nobody wrote', () => {
    const rubbish = "if (q.do === 'iomap_begin') { console.log('rubbish'); return; }";
    const bare = (...options: string[]) => {
      writeFileSync(join(folder, 'server.cjs'), lines(rubbish));
      const steps = [{ do: 'iomap_begin' }, { do: 'pread' }];
      writeFileSync(join(folder, 'bare.json'), JSON.stringify({ format: 1, steps }));
      return cli(['run', ...options, '--server', `"${process.execPath}" server.cjs`, 'bare.json']);
    };
    const FAILED = 'a request got no answer, and no "ret" or "check" expects that';

    test('with -q', () => {
      const { status, stdout } = bare('-q');
      const said = stdout.replace(/\s+/g, ' ');
      expect(said.split(FAILED)).toHaveLength(3);
      expect(said).toContain('The server gave no answer to FUSE_IOMAP_BEGIN pos 0 count 4096 op read');
      expect(said).toContain('2 executions, nothing expected, 2 steps failed');
      expect(said).not.toMatch(/UNMET|none is left/);
      expect(status).toBe(1);
    });

    test('with --tap, --junit and --jsonl', () => {
      const tap = bare('--tap', '--junit', 'report.xml');
      expect(tap.status).toBe(1);
      expect(tap.stdout.split(JSON.stringify(FAILED))).toHaveLength(3);
      expect(tap.stdout).not.toContain('expectations not met');
      const xml = readFileSync(join(folder, 'report.xml'), 'utf8');
      expect(xml.match(/type="\w+"/g)).toEqual(['type="unexpected"', 'type="unexpected"', 'type="file"']);
      const [begin, read, file] = bare('--jsonl')
        .stdout.trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      for (const step of [begin, read])
        expect(step).toMatchObject({ ok: false, headline: 'No answer', reasons: [FAILED] });
      expect(file).toMatchObject({ verdict: 'failed', expectationsMet: 0, expectationsNotMet: 0 });
    });
  });

  test('answers twice, and is found out at the next request', () => {
    const { stderr, status } = served(
      // The second answer comes while the next request waits for its own.
      at('say({}); globalThis.again = true; setTimeout(() => say({}), 1);') +
        'if (globalThis.again) { setTimeout(() => say({}), 200); return; }',
      '--server-timeout',
      '1500',
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/two-answers: .*(request \d+ .*a second time|nothing asked for: |two lines)/);
  });

  test('a mapping in words that are none', () => {
    const { stderr } = served("if (q.do === 'iomap_begin') { say({ read: { type: 'MAPED' } }); return; }");
    expect(stderr).toMatch(/step 1: shape: FUSE_IOMAP_BEGIN .*: read\.type: /);
  });

  test('a payload in hex goes to the kernel as it is', () => {
    const wrong = "if (q.do === 'iomap_begin') { say({ payload: '00' }); return; }";
    const { status, stderr, stdout } = served(wrong);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/step 1/);
  });
});

test.each([
  [
    'throws',
    "export default {\n  iomap_begin() { throw new Error('no'); },\n};",
    'it threw Error: no (wrong.ts:2:',
  ],
  ['returns a promise', 'export default { async iomap_begin() { return -5; } };', 'it returned a promise'],
  ['has no server', 'export const a = 1;', 'exit status 1: the file has no default export'],
  ['is no TypeScript', 'export default {\n  {\n', 'the file does not load: SyntaxError'],
])('a file that %s is told in a line, without what called it', (_, text, words) => {
  writeFileSync(join(folder, 'wrong.ts'), text);
  const { status, stderr } = cli(['run', '-q', '--server', 'wrong.ts', 'case.json']);
  expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
  expect(stderr).not.toMatch(/\.js:|file:|\bat \S+ \(/);
});

test.each([
  ['objects', 'kept.push(new Array(100_000).fill({}).map(() => ({})))'],
  ['buffers', 'kept.push(new Uint8Array(16 << 20).fill(1))'],
])(
  'a file that keeps more %s than its memory holds is told by limit and request, without a stack',
  (_, keep) => {
    writeFileSync(
      join(folder, 'storm.ts'),
      `const kept: unknown[] = [];\nexport default { iomap_begin() { for (;;) ${keep}; } };`,
    );
    const options = ['--server', 'storm.ts', '--server-timeout', '60000'];
    const { status, stderr } = cli(['run', '-q', ...options, 'case.json']);
    const [first, ...more] = stderr.trimEnd().split('\n');
    expect(first).toMatch(
      /step 1: (died|too-much): FUSE_IOMAP_BEGIN pos 0 count 4096 .*: it reached its limit of 256 MB of memory, and was ended$/,
    );
    expect(more.filter((line) => !line.startsWith('case.json: server: '))).toEqual([]);
    expect(status).toBe(1);
  },
);

test('what cannot be a server', () => {
  const run = (...args: string[]) => cli(['run', ...args, 'case.json']);
  expect(run('--server', 'none.ts')).toMatchObject({ status: 2 });
  expect(run('--server', 'none.ts').stderr).toMatch(/there is no file 'none\.ts'/);
  expect(run('--server', 'x', '--server-timeout', '0').stderr).toMatch(/'0' is not a number/);
  expect(cli(['run', '--help']).stdout).toMatch(/neither files nor the network\s+are kept from it/);
});
