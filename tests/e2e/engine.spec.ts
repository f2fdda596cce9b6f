// SPDX-License-Identifier: GPL-2.0-only
import { expect, test } from './playground.ts';

const WORKER = '**/engine.worker-*.js';

test('a run that does not end is stopped, and not started again by itself', async ({ playground, page }) => {
  await page.route(WORKER, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'onmessage = () => { for (;;); };' }),
  );
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

test('the watchdog stops a run that nobody stops', async ({ playground, page }) => {
  await page.clock.install();
  await page.route(WORKER, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'onmessage = () => { for (;;); };' }),
  );
  await page.goto('./');
  await expect(async () => {
    await page.clock.fastForward(2000);
    await expect(playground.trouble).toContainText('did not end within', { timeout: 100 });
  }).toPass();
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
