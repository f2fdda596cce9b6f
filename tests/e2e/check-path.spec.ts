// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('groups that passed are one line each, and the one that decides is open', async ({
  playground,
  page,
}) => {
  await playground.open();
  const path = page.getByRole('group', { name: 'Path of checks' });
  const chips = path.getByRole('button', { name: /, passed$/ });
  await expect(path.getByRole('button', { expanded: false, name: /passed$/ })).toHaveCount(5);
  await expect(chips).toHaveCount(0);

  const find = path.getByRole('button', { name: /^fuse_iomap_find_dev/ });
  await find.click();
  await expect(chips).toHaveText([/device found/]);
  await expect(find).toHaveAttribute('aria-expanded', 'true');
  await find.click();
  await expect(chips).toHaveCount(0);

  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await expect(path.getByRole('button', { name: 'read-after-pos' })).toBeVisible();
  await expect(path.getByRole('button', { name: /^fuse_iomap_begin_validate/ })).toHaveCount(0);
});

test('what was unfolded stays so through an edit, and the arrow keys move along what is open', async ({
  playground,
  page,
}) => {
  await playground.open();
  const path = page.getByRole('group', { name: 'Path of checks' });
  const read = path.getByRole('button', { name: /^fuse_iomap_check_mapping read/ });
  await read.press('Enter');
  await path.getByRole('button', { name: /^fuse_iomap_find_dev/ }).press('Enter');
  const chips = path.getByRole('button', { name: /, passed$/ });
  await chips.first().press('ArrowDown');
  await expect(path.getByRole('button', { name: /device found/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(chips.nth(9)).toBeFocused();
  await playground.field('read addr').fill('2M');
  await expect(playground.verdict).toContainText('sector 4096');
  await expect(read).toHaveAttribute('aria-expanded', 'true');
});

test('the name of a check looks the same in the verdict and beside the field', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  const names = page.getByText('read-after-pos', { exact: true });
  const fonts = await names.evaluateAll((all) => all.map((one) => getComputedStyle(one).fontFamily));
  expect(fonts.length).toBeGreaterThan(1);
  expect(new Set(fonts).size).toBe(1);
});
