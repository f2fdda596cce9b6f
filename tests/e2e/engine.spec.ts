// SPDX-License-Identifier: MIT
import type { Route } from '@playwright/test';
import { expect, test } from './playground.ts';

const WORKER = '**/engine.worker-*.js';
/** An engine whose runs never end. */
const ENDLESS = `onmessage = ({ data }) => {
  postMessage({ kind: 'running', seq: data.seq });
  for (;;);
};`;

test('a run that does not end is stopped, and not started again by itself', async ({ playground, page }) => {
  await page.route(WORKER, (route) => route.fulfill({ contentType: 'text/javascript', body: ENDLESS }));
  await page.goto('./');
  await expect(playground.trouble).toContainText('takes a while');
  await page.getByRole('button', { name: 'Stop it' }).click();
  await expect(playground.trouble).toContainText('The run was stopped');

  await page.unroute(WORKER);
  await page.reload();
  await expect(playground.trouble).toContainText('was not started again');
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(playground.headline).toHaveText('Accepted');
  await page.reload();
  await expect(playground.headline).toHaveText('Accepted');
});

test('the watchdog stops a run that the reader does not stop', async ({ playground, page }) => {
  await page.clock.install();
  await page.route(WORKER, (route) => route.fulfill({ contentType: 'text/javascript', body: ENDLESS }));
  await page.goto('./');
  await expect(async () => {
    await page.clock.fastForward(2000);
    await expect(playground.trouble).toContainText('did not end within', { timeout: 100 });
  }).toPass();
});

test('a core on a slow way is waited for, and asked for again on request', async ({ playground, page }) => {
  await page.clock.install();
  const held: Route[] = [];
  await page.route('**/late.trace-*.wasm', (route) => void held.push(route));
  await playground.open();
  await page
    .getByRole('combobox', { name: 'Revision of the patch series that answers' })
    .selectOption('late');
  await expect.poll(() => held.length).toBe(1);
  await page.clock.fastForward(60_000);
  await expect(playground.trouble).toContainText('is still loading');
  await expect(playground.verdict).toContainText('still loading');
  await page.getByRole('button', { name: 'Ask for it again' }).click();
  await expect.poll(() => held.length).toBe(2);
  await page.clock.fastForward(60_000);
  await expect(playground.trouble).toContainText('is still loading');
  await held[1]!.continue();
  await expect(playground.trouble).toBeHidden();
  await expect(playground.headline).toHaveText('Accepted');
});

test('a first core that loads slowly does not block the page', async ({ playground, page }) => {
  await page.clock.install();
  const held: Route[] = [];
  await page.route('**/v6-04.trace-*.wasm', (route) => void held.push(route));
  await page.goto('./');
  await expect.poll(() => held.length).toBe(1);
  await expect(async () => {
    await page.clock.fastForward(5000);
    await expect(playground.steps).toBeVisible({ timeout: 100 });
  }).toPass();
  await page.clock.fastForward(2000);
  await expect(playground.trouble).toContainText('is still loading');
  await held[0]!.continue();
  await expect(playground.headline).toHaveText('Accepted');
  // It came to the engine that had asked for it.
  expect(held).toHaveLength(1);
});

test('an engine that breaks says so, and the next edit starts another', async ({ playground, page }) => {
  let broken = true;
  await page.route(WORKER, (route) =>
    broken
      ? route.fulfill({
          contentType: 'text/javascript',
          body: 'onmessage = () => { throw new Error("boom"); };',
        })
      : route.continue(),
  );
  await page.goto('./');
  await expect(playground.trouble).toContainText('The engine broke');
  await expect(playground.trouble).toContainText('boom');
  broken = false;
  await playground.field('iomap_begin count').fill('4096');
  await expect(playground.headline).toHaveText('Accepted');
  await expect(playground.trouble).toBeHidden();
});

test('an engine with a part that did not load says so, and is started again on request', async ({
  playground,
  page,
}) => {
  let broken = true;
  await page.route('**/extras-*.js', (route) => (broken ? route.abort() : route.continue()));
  await page.goto('./');
  await expect(playground.trouble).toContainText('did not load');
  broken = false;
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(playground.headline).toHaveText('Accepted');
  await expect(playground.trouble).toBeHidden();
});
