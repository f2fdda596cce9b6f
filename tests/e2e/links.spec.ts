// SPDX-License-Identifier: GPL-2.0-only
import { expect, test, Playground } from './playground.ts';

test('a link opens in a fresh profile in the same state', async ({ playground, browser }) => {
  await playground.open();
  await playground.title.fill('Über 2^64 “quoted”');
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await playground.steps.press('End');
  await expect(playground.verdict).toContainText('-EBUSY');
  const link = await playground.share();

  const context = await browser.newContext();
  const other = new Playground(await context.newPage());
  await other.page.goto(link);
  await expect(other.title).toHaveValue('Über 2^64 “quoted”');
  await expect(other.chosen).toContainText('3 backing_close');
  await expect(other.verdict).toContainText('-EBUSY');
  await expect(other.verdict).not.toContainText('When the link was made');
  await other.steps.press('ArrowLeft');
  await expect(other.verdict).toContainText('read-after-pos');
  await context.close();
});

test('the address follows the work without filling the history', async ({ playground, page }) => {
  await playground.open();
  const entries = await page.evaluate(() => history.length);
  await playground.field('read offset').fill('8192');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('a damaged link says what is wrong and leaves the work alone', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('My work');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  const { hash } = new URL(page.url());
  const cut = hash.slice(0, -40);
  await page.evaluate((to) => (location.hash = to), cut);
  await expect(playground.notices).toContainText(/lost its end|of \d+ characters/);
  await expect(playground.title).toHaveValue('My work');
  // Also when the page is loaded with it.
  await page.goto('about:blank');
  await page.goto(`./${cut}`);
  await expect(playground.notices).toContainText(/lost its end|of \d+ characters/);
  await expect(playground.title).toHaveValue('My work');
});

test('a link never destroys the work of the tab it is opened in', async ({ playground, page }) => {
  await playground.open();
  const link = await playground.share();
  await playground.title.fill('My work');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(playground.title).toHaveValue('Your first reply');
  await playground.notices.getByRole('button', { name: 'Bring it back' }).click();
  await expect(playground.title).toHaveValue('My work');
});

test('a link clicked within the page can be undone', async ({ playground, page }) => {
  await playground.open();
  const link = await playground.share();
  await playground.title.fill('My work');
  await page.evaluate((to) => (location.hash = to), new URL(link).hash);
  await expect(playground.title).toHaveValue('Your first reply');
  await playground.notices.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.title).toHaveValue('My work');
});

test('the dialog says how long the link is and what it fits', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  await expect(page.getByTestId('link-length')).toHaveText(String(link.length));
  await expect(page.getByRole('dialog')).toContainText('fits one line of a plain-text mail');
  await expect(page.getByRole('dialog')).toContainText('Recorded verdict of step 2: 0');
});

test('a place in the app opens its check, an unknown one says so', async ({ playground, page }) => {
  await playground.open('#/check/dev-not-found');
  await expect(page.getByRole('dialog', { name: 'dev-not-found' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '#/check/no-such-check'));
  await expect(playground.notices).toContainText('There is no check “no-such-check”');
});
