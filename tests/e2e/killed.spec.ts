// SPDX-License-Identifier: MIT
// A renderer or a whole browser that is killed at any moment takes nothing with it that the page had acknowledged.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { expect, test } from './playground.ts';

/** No piece is older than this, in milliseconds by the page's own clock. */
const OLDEST_MS = 1500;

/** Each goes through the start of a page twenty times, or of a browser ten times. */
test.describe.configure({ timeout: 360_000 });

/** Numbers from 0 to 1 that are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

interface Watched {
  /** Save numbers as the page acknowledged them. */
  acknowledged: number;
  /** The time of each key, by the page's clock; the text has as many marks as keys. */
  keys: number[];
  now: number;
  /** The tab's own name, which its piece has; '' if it was given none yet. */
  tab: string;
}

const TITLE = 'Title of the scenario';

/** Types marks without a pause for so long, and tells what the page said as the last was typed: the kill follows at once. */
async function typeUntil(page: Page, moment: number): Promise<Watched> {
  await page.getByRole('textbox', { name: TITLE }).fill('');
  return page.evaluate(
    ({ name, lasts }) =>
      new Promise<Watched>((resolve) => {
        const field = document.querySelector<HTMLInputElement>(`[aria-label="${name}"]`)!;
        const keys: number[] = [];
        const begin = performance.now();
        const type = setInterval(() => {
          const now = performance.now();
          field.value += 'x';
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
          keys.push(now);
          if (now - begin < lasts) return;
          clearInterval(type);
          const acknowledged = Number(document.documentElement.dataset['kept'] ?? 0);
          const work = Object.values(sessionStorage).find((text: string) => text.includes('"kind":"tab"'));
          const { id: tab = '' } = JSON.parse((work as string | undefined) ?? '{}') as { id?: string };
          resolve({ acknowledged, keys, now: performance.now(), tab });
        }, 40);
      }),
    { name: TITLE, lasts: moment },
  );
}

/** What the database has of a tab, and of all. */
interface Kept {
  /** Its save number. */
  seq: number;
  /** How many marks its title has. */
  marks: number;
  /** For the message of a failure. */
  all: string[];
}

async function keptOf(page: Page, { tab }: Watched): Promise<Kept> {
  return page.evaluate(async (wanted) => {
    const { name } = (await indexedDB.databases()).find((one) => one.name?.endsWith(':work'))!;
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const db = await result(indexedDB.open(name!));
    type Info = { id: string; seq: number; title: string };
    const all = (await result(db.transaction('pieces').objectStore('pieces').getAll())) as Info[];
    db.close();
    const kept = all.find(({ id }) => id === wanted);
    const marks = /^x*$/.test(kept?.title ?? '') ? (kept?.title.length ?? 0) : 0;
    return { seq: kept?.seq ?? 0, marks, all: all.map(({ id, seq, title }) => `${id} ${seq} ${title}`) };
  }, tab);
}

function expectKept(kept: Kept, { acknowledged, keys, now, tab }: Watched): void {
  const told = `tab ${tab || 'without a name'}; kept: ${kept.all.join(', ')}`;
  expect(kept.seq, told).toBeGreaterThanOrEqual(acknowledged);
  expect(kept.marks, told).toBeGreaterThanOrEqual(keys.filter((time) => time < now - OLDEST_MS).length);
}

/**
 * How many renderers, or browsers, live at a time. Browsers are slow to start, and each has a profile of its own. Renderers
 * share a database and a processor: four at a time keep each other from saving within OLDEST_MS.
 */
const LANES = { renderers: 1, browsers: 2 };

/** Works through the moments in so many lanes, each of which asks for its next one. */
async function inLanes(
  lanes: number,
  moments: readonly number[],
  lane: (moments: () => number | undefined) => Promise<void>,
): Promise<void> {
  const left = [...moments];
  await Promise.all(Array.from({ length: lanes }, () => lane(() => left.shift())));
}

/** When to kill, in milliseconds after the first key. */
function momentsOf(count: number): number[] {
  const random = seeded(count);
  return Array.from({ length: count }, () => 300 + random() * 1800);
}

test('a renderer that is killed loses nothing acknowledged, 20 times', async ({ context }) => {
  const after = await context.newPage();
  await after.goto('./favicon.svg');
  let killed = 0;
  await inLanes(LANES.renderers, momentsOf(20), async (next) => {
    for (let moment = next(); moment !== undefined; moment = next()) {
      const page = await context.newPage();
      await page.goto('./');
      const watched = await typeUntil(page, moment);
      const gone = page.waitForEvent('crash');
      const session = await context.newCDPSession(page);
      void session.send('Page.crash').catch(() => {});
      await gone;
      expectKept(await keptOf(after, watched), watched);
      await page.close();
      killed++;
    }
  });
  expect(killed).toBe(20);
});

test('a browser that is killed loses nothing acknowledged, 10 times', async ({ baseURL }, { project }) => {
  let killed = 0;
  await inLanes(LANES.browsers, momentsOf(10), async (next) => {
    const profile = await mkdtemp(join(tmpdir(), 'playground-'));
    const open = () => chromium.launchPersistentContext(profile, project.use.launchOptions);
    let context = await open();
    try {
      for (let moment = next(); moment !== undefined; moment = next()) {
        const page = await context.newPage();
        await page.goto(baseURL!);
        const watched = await typeUntil(page, moment);
        const session = await context.browser()!.newBrowserCDPSession();
        const { processInfo } = await session.send('SystemInfo.getProcessInfo');
        const closed = context.waitForEvent('close');
        process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
        await closed;
        // The browser that is asked is the next one that is killed.
        context = await open();
        const after = await context.newPage();
        await after.goto(new URL('favicon.svg', baseURL).href);
        expectKept(await keptOf(after, watched), watched);
        await after.close();
        killed++;
      }
    } finally {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    }
  });
  expect(killed).toBe(10);
});

test('a tab whose renderer was killed shows all that was acknowledged when it is loaded again', async ({
  playground,
  page,
  context,
}) => {
  await playground.open();
  const tab = await context.newCDPSession(page);
  // A page that crashed answers no test any more, but its target does.
  const evaluate = async (expression: string): Promise<unknown> =>
    (await tab.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result
      .value as unknown;
  const title = () => evaluate(`document.querySelector('[aria-label="${TITLE}"]')?.value ?? ''`);
  for (const name of ['First', 'Second', 'Third']) {
    await evaluate(`{
      const field = document.querySelector('[aria-label="${TITLE}"]');
      field.value = '${name}';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }`);
    const sign = () => evaluate(`document.querySelector('[data-testid=kept]')?.textContent`);
    await expect.poll(sign).toBe('Kept');
    const crashed = new Promise<void>((resolve) => tab.once('Inspector.targetCrashed', () => resolve()));
    void tab.send('Page.crash').catch(() => {});
    await crashed;
    await tab.send('Page.reload');
    await expect.poll(title).toBe(name);
  }
});
