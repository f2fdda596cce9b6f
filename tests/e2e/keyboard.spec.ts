// SPDX-License-Identifier: GPL-2.0-only
import { expect, test } from './playground.ts';

test('the whole way without a pointer: palette, example, field, step, share', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused();
  await page.keyboard.type('passthrough id is not');
  await page.keyboard.press('Enter');
  await expect(playground.title).toHaveValue('A passthrough id is not an iomap device');
  await expect(playground.verdict).toContainText('dev-not-found');

  // Tab reaches the field, in the order of the page.
  await playground.title.focus();
  const dev = playground.field('read dev');
  for (let i = 0; i < 60 && !(await dev.evaluate((field) => field === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await expect(dev).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1');
  await expect(playground.headline).toHaveText('Accepted');

  await playground.steps.focus();
  await page.keyboard.press('Home');
  await expect(playground.chosen).toContainText('1 backing_open');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.steps).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});

test('menus and tabs answer to the arrow keys', async ({ playground, page }) => {
  await playground.open();
  const file = page.getByRole('button', { name: 'File', exact: true });
  await file.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'New scenario' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Open a file…' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(file).toBeFocused();
  await page.getByRole('tab', { name: 'Form' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Document' })).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Document' })).toBeVisible();
});

test('examples are searched and opened by keys', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Examples' }).press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('1025');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(playground.title).toHaveValue(/1025/);
});
