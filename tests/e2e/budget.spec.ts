// SPDX-License-Identifier: MIT
import { gzipSync } from 'node:zlib';
import type { Request } from '@playwright/test';
import { expect, test } from './playground.ts';

/** When the page had its first verdict, in ms since 1970. */
type Drawn = Window & { drawnAt?: number };

/** What the first verdict may cost at most, for good. */
const BUDGET_BYTES = 60 * 1024;
/**
 * What it may cost now: so much of the budget is kept free for what is still to stand there. Whoever spends some lowers it,
 * and says here for what. A first visit needs no reader of documents: its scenario is there as it is read. 128 bytes went
 * to whether a page of another origin has this one in a frame, and the rest of that KiB to scenarios that say themselves who
 * answers, to their place in a reply, and to the step iomap_ioend. 128 bytes more: an address that leads nowhere has no
 * verdict. 640 bytes more: which pages the core has written to, so that long scenarios of I/O take half of the time. 128 bytes
 * more: that a link which can't be used stays the address, and an untouched page is known again after a reload.
 */
const FREE_BYTES = 16 * 1024 - 896;

test('every byte before the first verdict fits the budget, with room to spare', async ({
  playground,
  page,
}) => {
  // Whatever is asked for until the verdict stands in the page, by page and worker, is held against the budget.
  const asked: Request[] = [];
  page.on('request', (request) => asked.push(request));
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.first-verdict')) return;
      observer.disconnect();
      (window as Drawn).drawnAt = performance.timeOrigin + performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('./');
  const drawnAt = () => page.evaluate(() => (window as Drawn).drawnAt ?? 0);
  await expect.poll(drawnAt).toBeGreaterThan(0);
  await playground.settled();
  const at = await drawnAt();
  // When a request began is told with its end. What is asked for from here on is none of them.
  const known = [...asked];
  await Promise.all(known.map(async (request) => (await request.response())?.finished()));
  // The browser asks for the icon beside the page, sooner or later.
  const early = known.filter((one) => one.timing().startTime <= at && !one.url().endsWith('favicon.svg'));
  const before = [...new Set(early.map((request) => request.url()))];
  const kinds = ['.js', '.css', '.wasm', '/'].map((end) => before.some((url) => url.endsWith(end)));
  expect(kinds, before.join('\n')).toEqual([true, true, true, true]);
  expect(before.filter((url) => url.includes('worker'))).toHaveLength(1);
  const sizes = await Promise.all(
    before.map(async (url) => {
      const body = await (await page.request.get(url)).body();
      return { url: new URL(url).pathname, gzip: gzipSync(body, { level: 9 }).length };
    }),
  );
  const total = sizes.reduce((sum, { gzip }) => sum + gzip, 0);
  const told = sizes.map(({ url, gzip }) => `${gzip} ${url}`).join('\n');
  expect(total, told).toBeLessThanOrEqual(BUDGET_BYTES - FREE_BYTES);
  await expect(playground.headline).toHaveText('Accepted');
});

test('Monaco, the palette, the examples and Markdown are not loaded before they are wanted', async ({
  playground,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await playground.open();
  const late = asked.filter((url) =>
    /monaco|editor\.worker|json\.worker|Commands|examples|Share|CheckPanel/i.test(url),
  );
  expect(late).toEqual([]);
});
