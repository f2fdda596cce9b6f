// SPDX-License-Identifier: MIT
// The page on a host that sends the headers that docs/HOSTING.md recommends, from a folder of it.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { policyOf, staticServer } from '../../scripts/serve.mjs';
import { expect, test, type Page, type Worker } from '@playwright/test';

const FOLDER = '/some/folder';
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const GUIDE = readFileSync(new URL('../../docs/HOSTING.md', import.meta.url), 'utf8');

type Headers = [name: string, value: string][];
interface Rule {
  path: RegExp;
  headers: Headers;
}

/** The rules of the `_headers` file in the guide. */
function headersFile(): Rule[] {
  const text = /```text\n([^`]+)```/.exec(GUIDE)![1]!;
  return text.split(/\n(?=\/)/).map((rule) => {
    const [path = '', ...lines] = rule.trimEnd().split('\n');
    const headers = lines.map((line): [string, string] => {
      const [, name = '', value = ''] = /^ {2}([\w-]+): (.+)$/.exec(line)!;
      return [name, value];
    });
    return { path: new RegExp(`^${path.replaceAll('.', '\\.').replace('*', '.*')}$`), headers };
  });
}

/** The locations of the nginx configuration in the guide, the most special one, which counts, first. */
function nginx(): Rule[] {
  const text = /```nginx\n([^`]+)```/.exec(GUIDE)![1]!;
  return [...text.matchAll(/^location (~ )?(\S+) \{\n([^}]+)\}/gm)]
    .map(([, regexp, path = '', body = '']) => ({
      path: new RegExp((regexp ? path : `^${path}`).replace('/playground/', '/')),
      headers: [...body.matchAll(/^ {2}add_header ([\w-]+) "([^"]+)";$/gm)].map(
        ([, name, value]): [string, string] => [name!, value!],
      ),
    }))
    .reverse();
}

const PATHS = ['/', '/index.html', '/sw.js', '/assets/engine.worker-1.js', '/assets/compiler.worker-1.js'];

let server: Server | null = null;
test.afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** Serves dist/ in the folder. Returns its address. */
async function serve(headersOf: (path: string) => Headers): Promise<string> {
  const files = staticServer(DIST, (path) => Object.fromEntries(headersOf(path)));
  const made = createServer((request, response) => {
    const url = request.url ?? '';
    if (!url.startsWith(`${FOLDER}/`)) return response.writeHead(404).end();
    request.url = url.slice(FOLDER.length);
    files.emit('request', request, response);
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}${FOLDER}/`;
}

const HOSTS = [
  {
    name: 'a _headers file',
    headersOf: (path: string) => fitting(headersFile(), path).flatMap((r) => r.headers),
  },
  { name: 'nginx', headersOf: (path: string) => fitting(nginx(), path)[0]?.headers ?? [] },
];
const fitting = (rules: Rule[], path: string) => rules.filter((rule) => rule.path.test(path));

/** Opens the core's source at a check, takes the check out, and waits for what that changes. */
async function editCheck(page: Page, address: string): Promise<void> {
  await page.goto(`${address}#/check/length-zero`);
  await page.getByRole('button', { name: 'Edit this check' }).click();
  const view = page.getByRole('dialog', { name: 'Change the core' });
  await expect(page.locator('textarea[aria-busy=true]')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^Source of/ })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.type('// ');
  await expect(view.getByRole('region', { name: 'What the edit changes' }).getByRole('status')).toContainText(
    /The edit changes [1-9]\d* of \d+ scenarios\./,
    { timeout: 120_000 },
  );
}

for (const { name, headersOf } of HOSTS)
  test.describe(name, () => {
    test('each file has one policy: the compiler may read data: addresses, the page may not', () => {
      const policies = (path: string) => headersOf(path).filter(([one]) => one === 'Content-Security-Policy');
      for (const path of [...PATHS, '/embed.html']) expect(policies(path), path).toHaveLength(1);
      expect(policies('/assets/compiler.worker-1.js')[0]![1]).toContain("connect-src 'self' data:");
      expect(policies('/')[0]![1]).not.toContain("connect-src 'self' data:");
      // The rest is in the page's own, with a digest that changes with the build.
      expect(policies('/')[0]![1]).toBe("frame-ancestors 'none'");
      expect(policies('/embed.html')[0]![1]).toBe('frame-ancestors *');
      expect(policies('/sw.js')[0]![1]).toContain("default-src 'none'");
      expect(headersOf('/sw.js')).toContainEqual(['Cache-Control', 'no-cache']);
      const html = readFileSync(`${DIST}/index.html`, 'utf8');
      expect(html).toMatch(
        /http-equiv="Content-Security-Policy"\s+content="default-src 'none'; script-src 'self' 'sha256-/,
      );
    });

    test('an edited core is built, and answers', async ({ page }) => {
      test.setTimeout(240_000);
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
      });
      const address = await serve(headersOf);
      const strangers: string[] = [];
      page.on('request', (request) => {
        if (/^http/.test(request.url()) && !request.url().startsWith(address)) strangers.push(request.url());
      });
      const policy = await page.request.get(address);
      expect(policy.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
      await editCheck(page, address);
      expect(refused).toEqual([]);
      expect(strangers).toEqual([]);
    });
  });

test('the server of one machine sends the policies of the guide', () => {
  const rules = nginx();
  for (const path of [...PATHS, '/embed.html']) {
    const [, policy] = fitting(rules, path)[0]!.headers.find(([name]) => name === 'Content-Security-Policy')!;
    expect(policyOf(path), path).toBe(policy);
  }
  expect(policyOf('/source/assembly/index.ts')).toBeNull();
});

/** What a worker is not kept from, asked for by its own code. */
function escapes(worker: Worker, elsewhere: string): Promise<string[]> {
  return worker.evaluate(
    // In a task of its own: what a debugger evaluates may be allowed more.
    (address) =>
      new Promise<string[]>((resolve) =>
        setTimeout(async () => {
          const found: string[] = [];
          try {
            if ((0, eval)('1 + 1') === 2) found.push('eval');
          } catch {
            // Refused.
          }
          await fetch(address, { mode: 'no-cors' }).then(
            () => found.push('fetch'),
            () => {},
          );
          await new Promise<void>((done) => {
            try {
              const socket = new WebSocket(address.replace('http', 'ws'));
              socket.onopen = () => (found.push('WebSocket'), done());
              socket.onerror = () => done();
            } catch {
              done();
            }
          });
          resolve(found);
        }),
      ),
    elsewhere,
  );
}

test('on a host without headers an edited core runs under the policy of the page', async ({ page }) => {
  test.setTimeout(240_000);
  let asked = 0;
  const elsewhere = createServer((_, response) => {
    asked++;
    response.end();
  });
  elsewhere.on('upgrade', (_, socket) => {
    asked++;
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  try {
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const address = await serve(() => []);
    const started: string[] = [];
    page.on('worker', (worker) => started.push(worker.url()));
    await page.goto(address);
    await expect(page.getByRole('listbox', { name: 'Steps' })).toBeVisible();
    // The test sees it where nothing is refused: the shipped engine, of which no stranger has a word.
    const [engine] = page.workers().filter((worker) => worker.url().includes('engine.worker'));
    expect(await escapes(engine!, other)).toContain('eval');
    expect(asked).toBeGreaterThan(0);
    started.length = 0;
    await editCheck(page, address);
    // Compiler, editor and nearest replies run no edited core; what does, starts from a blob.
    expect(started.filter((url) => /\/(?:trial|engine)\.worker/.test(url))).toEqual([]);
    expect(started.some((url) => url.startsWith('blob:'))).toBe(true);
    await page.getByRole('button', { name: 'Let it answer this scenario' }).click();
    await expect(page.getByRole('group', { name: 'Verdict' })).toBeVisible();
    const edited = () => page.workers().filter((worker) => worker.url().startsWith('blob:'));
    await expect.poll(() => edited().length).toBeGreaterThan(0);
    const banner = page.getByRole('region', { name: 'Which core answers' });
    await expect(banner).toContainText('An edited core answers');
    asked = 0;
    expect(await escapes(edited()[0]!, other)).toEqual([]);
    expect(asked).toBe(0);
  } finally {
    elsewhere.closeAllConnections();
    elsewhere.close();
  }
});
