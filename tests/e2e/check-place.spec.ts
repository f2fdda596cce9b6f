// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('a check with a revision in its address opens on its smallest refused case there', async ({
  page,
  playground,
}) => {
  await page.goto('./#/check/length-zero?rev=late');
  await expect(page.getByText('Its smallest refused case on late is open.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Revision of the patch series that answers')).toHaveValue('late');
  await expect(playground.verdict).toContainText('length-zero');
  await page.evaluate(() => (location.hash = '#/check/cache-unavailable?rev=v6-04'));
  await expect(page.getByText('v6-04 does not make the check cache-unavailable.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '#/check/length-zero?rev=v9'));
  await expect(playground.notices).toContainText('There is no check “length-zero?rev=v9”');
});
