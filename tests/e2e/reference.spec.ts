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
  await playground.open();
  await page.evaluate(() => (location.hash = '#/checks'));
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

test('a struct shows its bytes, its fields with their words, and the layouts of two revisions side by side', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.evaluate(() => (location.hash = '#/struct'));
  await page
    .getByRole('main', { name: 'Structs of the wire' })
    .getByRole('link', { name: 'fuse_iomap_ioend_in' })
    .click();
  await expect(page.getByRole('heading', { name: 'struct fuse_iomap_ioend_in', level: 2 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'On v6-03, v6-04, 2026-01: 40 bytes' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /2026-05-cache: 48 bytes/ })).toBeVisible();
  await page.getByRole('button', { name: 'new_addr' }).first().click();
  await expect(page.getByRole('heading', { name: 'new_addr', level: 3 })).toBeVisible();
  await page.getByRole('link', { name: 'struct fuse_iomap_ioend_in' }).click();
  await expect(page.getByRole('main', { name: 'struct fuse_iomap_ioend_in' })).toBeVisible();
  await page.evaluate(() => (location.hash = '#/struct/fuse_iomap_io'));
  await expect(page.getByRole('heading', { name: 'Values of type' })).toBeVisible();
  await expect(page.getByRole('row', { name: /PURE_OVERWRITE/ })).toContainText('65535');
});

test('the examples stand in teaching order, and an opened one leads on', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Examples' }).click();
  const dialog = page.getByRole('dialog', { name: 'Examples' });
  await expect(dialog.getByRole('heading', { level: 3 }).first()).toHaveText(
    'The conversation: who asks, and what is answered',
  );
  await dialog.getByRole('button', { name: /A read, accepted/ }).click();
  const way = page.getByRole('navigation', { name: 'Further examples' });
  await expect(way).toContainText('One read, three mappings');
  await way.getByRole('button', { name: 'Reading a hole' }).click();
  await expect(playground.title).toHaveValue('Reading a hole');
  await expect(way.getByRole('button', { name: 'Answering with the whole extent' })).toBeVisible();
  await playground.title.fill('My own');
  await expect(way).toBeHidden();
});
