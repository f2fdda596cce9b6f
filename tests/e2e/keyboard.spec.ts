// SPDX-License-Identifier: MIT
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
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
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

test('the focus goes to the step that an action made, and to its neighbour when it goes', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.getByRole('button', { name: '+ step' }).click();
  await page.getByRole('menuitem', { name: /^unmount/ }).press('Enter');
  await expect(playground.chosen).toContainText('3 unmount');
  await expect(playground.steps).toBeFocused();
  const tools = page.getByRole('group', { name: 'This step' });
  await tools.getByRole('button', { name: 'Copy' }).click();
  await expect(playground.chosen).toContainText('4 unmount');
  await expect(playground.steps).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Add step: backing_open');
  await page.keyboard.press('Enter');
  await expect(playground.chosen).toContainText('5 backing_open');
  await expect(playground.steps).toBeFocused();
  // Enter goes on in the form.
  await page.keyboard.press('Enter');
  await expect(playground.field('backing_open fd')).toBeFocused();
  await tools.getByRole('button', { name: 'Remove' }).click();
  await expect(playground.chosen).toContainText('5 backing_close');
  await expect(playground.steps).toBeFocused();
  // A button that is switched off by its own action hands the focus on.
  await page.keyboard.press('ArrowLeft');
  await expect(playground.chosen).toContainText('4 unmount');
  await tools.getByRole('button', { name: 'Move step later' }).press('Enter');
  await expect(playground.chosen).toContainText('5 unmount');
  await expect(playground.steps).toBeFocused();
});

test('Enter in the search of examples opens the card that it shows first, by its title', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.getByRole('button', { name: 'Examples' }).press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('writeback');
  const first = page.getByRole('dialog').locator('button.example').first();
  await expect(first.locator('b')).toContainText(/writeback/i);
  const title = await first.locator('b').innerText();
  await page.keyboard.press('Enter');
  await expect(playground.title).toHaveValue(title);
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

test('a dialog that was opened from nowhere, or from what is gone, hands the focus to the steps', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.steps).toBeFocused();
  // From the palette, whose field is gone when the other dialog arrives.
  await page.getByRole('tab', { name: 'Form' }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Change the core');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Change the core' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.locator('main :focus, .bottom :focus')).toHaveCount(1);
});

test('Escape closes the word that was asked for, then the page that it stood on', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.evaluate(() => (location.hash = '#/quiz/7'));
  await expect(page.getByText('Question 1 of 10')).toBeVisible();
  const term = page.getByRole('button', { name: 'addr', exact: true });
  await term.press('Enter');
  await expect(page.getByRole('heading', { name: 'addr', level: 3 })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.drawer')).toHaveCount(0);
  await expect(page.getByText('Question 1 of 10')).toBeVisible();
  await expect(term).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Question 1 of 10')).toBeHidden();
  await expect(playground.steps).toBeFocused();
});
