// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

const LONG_MS = 60_000;

test('an error stands at the upper edge over the columns, and stays until it is closed', async ({
  playground,
  page,
}) => {
  await page.clock.install();
  await playground.open();
  await page.evaluate(() => (location.hash = '#/nonsense'));
  const alert = page.getByRole('alert').filter({ hasText: 'There is no place' });
  await expect(alert).toBeInViewport({ ratio: 1 });
  const [told, verdict] = [await alert.boundingBox(), await playground.verdict.boundingBox()];
  expect(told!.y).toBeLessThan(verdict!.y + verdict!.height);
  await page.clock.runFor(LONG_MS);
  await expect(alert).toBeVisible();
  await alert.getByRole('button', { name: 'Close this message' }).click();
  await expect(playground.notices).toHaveText('');
});

test('an offer leaves when the reader has gone on without it, and not under a pointer', async ({
  playground,
  page,
}) => {
  await page.clock.install();
  await playground.open();
  const link = await playground.share();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  const offer = playground.notices.getByText('A link was opened');
  await expect(offer).toBeVisible();
  await page.clock.runFor(LONG_MS);
  await expect(offer).toBeVisible();
  await playground.field('read length').fill('4096');
  await expect(playground.verdict).toContainText('4096');
  await offer.hover();
  await page.clock.runFor(LONG_MS);
  await expect(offer).toBeVisible();
  await playground.headline.hover();
  await page.clock.runFor(LONG_MS);
  await expect(offer).toBeHidden();
});
