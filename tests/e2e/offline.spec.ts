// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('a part that did not load is asked for again, and comes with the work kept', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('My work');
  await page.route(/\/Examples-[^/]*\.js$/, (route) => route.abort());
  await page.getByRole('button', { name: 'Examples' }).click();
  const failed = page.getByRole('alert').filter({ hasText: 'did not load' });
  await expect(failed).toBeVisible();
  await page.unroute(/\/Examples-[^/]*\.js$/);
  await failed.getByRole('button', { name: 'Try again' }).click();
  // At once, or after the page was loaded anew because the browser keeps the failure; then it is asked for there.
  const search = page.getByRole('searchbox');
  await expect(async () => {
    if (!(await search.isVisible()))
      await page.getByRole('button', { name: 'Examples' }).click({ timeout: 1000 });
    await expect(search).toBeVisible({ timeout: 2000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(playground.title).toHaveValue('My work');
});

test('a revision that does not load keeps the answer of before, and comes with the connection', async ({
  playground,
  page,
  context,
}) => {
  await playground.open();
  const revision = page.getByRole('combobox', { name: 'Revision of the patch series that answers' });
  await context.setOffline(true);
  await revision.selectOption('v6-03');
  await expect(playground.trouble).toContainText('The core of v6-03 did not load');
  await expect(playground.headline).toHaveText('Accepted');
  await expect(playground.verdict).toContainText('Answer to the text before');
  // The run of before can still be looked through.
  await playground.steps.press('ArrowRight');
  await expect(playground.verdict).toContainText('-EBUSY');
  await playground.steps.press('ArrowLeft');
  await context.setOffline(false);
  await expect(playground.verdict).toContainText('dev-unsupported');
  await expect(playground.verdict).not.toContainText('Answer to the text before');
});
