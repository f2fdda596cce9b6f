// SPDX-License-Identifier: MIT
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { staticServer } from '../../scripts/serve.mjs';
import { Playground, expect, test as base } from './playground.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const FOLDER = '/some/folder';

/** A server that answers the page at once, and holds back all else until it is told to let go. */
interface Holding {
  /** The paths that were asked for beside the page and its icon, in order. */
  asked: string[];
  /** Answers what was asked for and what will be; of a list of files, those alone. */
  letGo(only?: readonly string[]): void;
}

const test = base.extend<{ holding: Holding & { url: string } }>({
  // eslint-disable-next-line no-empty-pattern
  holding: async ({}, use) => {
    const files = staticServer(DIST);
    const asked: string[] = [];
    let held: { url: string; answer: () => void }[] | null = [];
    const server = createServer((request, response) => {
      request.url = request.url!.replace(FOLDER, '');
      const answer = () => void files.emit('request', request, response);
      if (request.url === '/' || request.url === '/favicon.svg') return answer();
      asked.push(request.url);
      if (held === null) answer();
      else held.push({ url: request.url, answer });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const letGo = (only?: readonly string[]) => {
      const free = (held ?? []).filter(({ url }) => only?.includes(plain(url)) ?? true);
      held = only ? (held?.filter((one) => !free.includes(one)) ?? null) : null;
      for (const { answer } of free) answer();
    };
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${FOLDER}/`, asked, letGo });
    server.closeAllConnections();
    server.close();
  },
  // What is foreign to it is foreign to the test.
  baseURL: async ({ holding }, use) => use(holding.url),
});

/** A file of the build without its hash. */
const plain = (path: string) => path.replace(/-[^/]{8}(\.\w+)$/, '$1');
const FIRST = [
  '/assets/engine.worker.js',
  '/assets/index.css',
  '/assets/index.js',
  '/assets/v6-04.trace.wasm',
];

test('all that the first verdict waits for is asked for with the page, and once', async ({
  playground,
  page,
  holding: { asked, letGo },
}) => {
  const said: string[] = [];
  page.on('console', (message) => {
    // It is kept out of these tests.
    if (!message.text().includes('Service Worker registration blocked')) said.push(message.text());
  });
  await page.goto('./', { waitUntil: 'commit' });
  // Nothing was answered but the page: what is asked for now is the second round trip, and all of it.
  await expect.poll(() => asked.map(plain).sort()).toEqual(FIRST);
  letGo();
  await expect(page.locator('.the-verdict').first()).toBeVisible();
  await expect(playground.steps).toBeVisible();
  await playground.settled();
  expect(asked.slice(0, FIRST.length).map(plain).sort()).toEqual(FIRST);
  expect(asked).toEqual([...new Set(asked)]);
  expect(said).toEqual([]);
});

test('with a link the reader of documents is asked for with the page, too', async ({
  page,
  holding: { asked },
}) => {
  await page.goto('./#1.x', { waitUntil: 'commit' });
  await expect.poll(() => asked.map(plain)).toEqual(expect.arrayContaining([...FIRST, '/assets/reader.js']));
});

test('no third round trip comes before the first verdict', async ({ page, holding: { asked, letGo } }) => {
  await page.goto('./', { waitUntil: 'commit' });
  await expect.poll(() => asked.length).toBe(FIRST.length);
  // What is asked for later is held back: the verdict waits for none of it.
  letGo(FIRST);
  await expect(page.locator('.first-verdict')).toBeVisible();
  letGo();
});

test('work on another revision is answered by its core', async ({
  playground,
  page,
  holding: { asked, letGo },
}) => {
  letGo();
  await playground.open();
  await page
    .getByRole('combobox', { name: 'Revision of the patch series that answers' })
    .selectOption('v6-03');
  await expect(playground.verdict).toContainText('dev-unsupported');
  await expect.poll(() => page.evaluate(() => Object.values(sessionStorage).join())).toContain('v6-03');
  asked.length = 0;
  await page.reload();
  await expect(playground.verdict).toContainText('dev-unsupported');
  expect(asked.map(plain)).toContain('/assets/v6-03.trace.wasm');
});

for (const [what, file] of [
  ['script', 'engine.worker'],
  ['core', 'v6-04.trace'],
]) {
  test(`an engine whose ${what} did not come with the page is asked for again`, async ({ page, holding }) => {
    holding.letGo();
    const playground = new Playground(page);
    let first = true;
    await page.route(`**/${file}-*`, (route) => {
      if (!first) return route.continue();
      first = false;
      return route.abort();
    });
    await page.goto('./');
    await expect(playground.headline).toHaveText('Accepted');
    expect(first).toBe(false);
  });
}

test('a page whose first lines are forbidden starts its engine later', async ({ page, holding }) => {
  holding.letGo();
  const playground = new Playground(page);
  await page.route(holding.url, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script>.*?<\/script>/, '');
    await route.fulfill({ response, body });
  });
  await page.goto('./');
  await expect(playground.headline).toHaveText('Accepted');
});
