// SPDX-License-Identifier: MIT
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const TITLE = 'What changed here';

test('a function of two revisions stands side by side, by its address', async ({ playground, page }) => {
  await playground.open('#/changed/fuse_iomap_check_mapping?from=v6-03&to=v6-04');
  const dialog = page.getByRole('dialog', { name: TITLE });
  const table = dialog.getByRole('table');
  await expect(table.getByRole('cell', { name: /only here: .*DEV_UNSUPPORTED/ })).toHaveCount(1);
  await expect(table).toContainText('LENGTH_ZERO');
  await expect(table).not.toContainText('HAS_IOMAP_DEVICES');
  await dialog.getByRole('combobox', { name: 'To' }).selectOption('v6-03');
  await expect(dialog.getByRole('status')).toContainText('is the same on v6-03 and v6-03');
  await expect
    .poll(() => new URL(page.url()).hash)
    .toBe('#/changed/fuse_iomap_check_mapping?from=v6-03&to=v6-03');
});

test('a check leads to its function', async ({ playground, page }) => {
  await playground.open('#/check/dev-unsupported');
  await page.getByRole('button', { name: TITLE }).press('Enter');
  const dialog = page.getByRole('dialog', { name: TITLE });
  await expect(dialog.getByRole('combobox', { name: 'Function' })).toHaveValue('fuse_iomap_check_mapping');
});

test('a check leads to the revision that answers, the older first', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('combobox', { name: /Revision of the patch/ }).selectOption('v6-03');
  await page.evaluate(() => (location.hash = '#/check/length-zero'));
  await page.getByRole('button', { name: TITLE }).press('Enter');
  const dialog = page.getByRole('dialog', { name: TITLE });
  await expect(dialog.getByRole('combobox', { name: 'From' })).toHaveValue('v6-03');
  await expect(dialog.getByRole('combobox', { name: 'To' })).toHaveValue('v6-04');
});

test('of a function that is not there it is said', async ({ playground, page }) => {
  await playground.open('#/changed/fuse_nothing?from=v6-03&to=v6-04');
  const said = page.getByRole('dialog', { name: TITLE }).getByRole('status');
  await expect(said).toContainText(
    'fuse_nothing is not here: either no revision changes it, or the core has no',
  );
});

test('functions that do not load are told, and asked for again', async ({ playground, page }) => {
  await playground.open();
  await page.route('**/source/folded.json*', (route) => route.fulfill({ status: 404 }));
  await page.evaluate(() => (location.hash = '#/changed'));
  const dialog = page.getByRole('dialog', { name: TITLE });
  await expect(dialog.getByRole('alert')).toContainText('the server answered 404');
  await page.unroute('**/source/folded.json*');
  await dialog.getByRole('button', { name: 'Load them again' }).click();
  await expect(dialog.getByRole('table')).toBeVisible();
});

test('code of another build than the page is not shown as its own', async ({ playground, page }) => {
  await playground.open();
  await page.route('**/source/folded.json*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), build: 'another' } });
  });
  await page.evaluate(() => (location.hash = '#/changed'));
  const dialog = page.getByRole('dialog', { name: TITLE });
  await expect(dialog.getByRole('alert')).toContainText(
    /is of build another, this page is of build .*: reload/,
  );
  await expect(dialog.getByRole('table')).toBeHidden();
});

test('on a phone lines stand under each other, and what changed is not cut off', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open('#/changed/fuse_iomap_check_mapping?from=v6-04&to=late');
  const box = page.getByRole('region', { name: /fuse_iomap_check_mapping on both/ });
  await expect(box.getByText('Check.CACHE_UNAVAILABLE')).toBeInViewport({ ratio: 1 });
  await expect(box.getByText('const type = map.type;').filter({ visible: true })).toHaveCount(1);
  expect(await box.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
});

for (const width of [1440, 390])
  test(`axe finds nothing, light or dark, at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await playground.open('#/changed/fuse_iomap_end?from=v6-04&to=late');
    await expect(page.getByRole('dialog', { name: TITLE }).getByRole('table')).toBeVisible();
    expect(await faultsOfThemes(page)).toEqual([]);
  });
