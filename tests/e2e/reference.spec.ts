// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('the page of a check shows both smallest cases with what the core says of them now', async ({
  playground,
  page,
}) => {
  await playground.open('#/check/length-zero');
  const panel = page.getByRole('dialog', { name: 'length-zero' });
  const refused = panel.getByRole('heading', { name: 'Smallest refused case' }).locator('..');
  const accepted = panel.getByRole('heading', { name: 'Smallest accepted case' }).locator('..');
  await expect(refused.getByRole('status')).toContainText('Refused');
  await expect(refused.getByRole('status')).toContainText('by length-zero');
  await expect(accepted.getByRole('status')).toContainText('Accepted');
  await panel.getByRole('button', { name: 'Try the smallest refused case' }).click();
  await expect(panel).toBeHidden();
  await expect(playground.verdict).toContainText('length-zero');
});

test('it shows each revision, what is asked before, examples, lessons and words', async ({
  playground,
  page,
}) => {
  await playground.open('#/check/overwrite-flags');
  const panel = page.getByRole('dialog', { name: 'overwrite-flags' });
  const row = (revision: string) =>
    panel.getByRole('row').filter({ has: page.getByText(revision, { exact: true }) });
  await expect(row('v6-04')).toContainText('This revision does not make the check.');
  await expect(row('2026-05')).toContainText('-EFSCORRUPTED');
  await expect(row('2026-05').getByRole('link')).toHaveAttribute('href', /^#\/check\//);
  await page.evaluate(() => (location.hash = '#/check/length-zero'));
  const other = page.getByRole('dialog', { name: 'length-zero' });
  await expect(other.getByRole('heading', { name: 'Examples' })).toBeVisible();
  await expect(other.getByRole('button', { name: /length/i }).first()).toBeVisible();
  await other.getByRole('button', { name: 'Open the smallest refused case on late' }).click();
  await expect(page.getByLabel('Revision of the patch series that answers')).toHaveValue('late');
});

test('all checks are listed by function, and each leads to its page and back', async ({
  playground,
  page,
}) => {
  await playground.open('#/checks');
  const list = page.getByRole('main', { name: 'All checks' });
  await expect(list.getByRole('heading', { level: 3 }).first()).toContainText('fuse_iomap_check_mapping');
  await list.getByRole('link', { name: 'dev-not-found' }).click();
  const panel = page.getByRole('dialog', { name: 'dev-not-found' });
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(list).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.verdict).toBeVisible();
});
