// SPDX-License-Identifier: MIT
// Who knows the page types on while a dialog is still loading.
import type { Page, Route } from '@playwright/test';
import { expect, test } from './playground.ts';

/** Keeps a part of the page back; the promise resolves, once the page asked for it, to a function that releases it. */
function holdBack(page: Page, part: RegExp): Promise<Route> {
  return new Promise((resolve) => void page.route(part, resolve));
}

test('what is typed before the palette is there is typed into it', async ({ playground, page }) => {
  const held = holdBack(page, /\/Commands-[^/]*\.js$/);
  await playground.open();
  await playground.steps.focus();
  const step = await playground.chosen.innerText();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Add step: backing_openn');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  const route = await held;
  // Nothing of it reached the page underneath: neither Enter, which opens the form, nor the letter n.
  await expect(playground.steps).toBeFocused();
  expect(await playground.chosen.innerText()).toBe(step);
  await route.continue();
  await expect(playground.chosen).toContainText('3 backing_open');
  await expect(playground.steps).toBeFocused();
  // The keys are the page's again.
  await page.keyboard.press('Home');
  await expect(playground.chosen).toContainText('1 backing_open');
});

test('the arrows, too, wait for the search of the examples', async ({ playground, page }) => {
  const held = holdBack(page, /\/Examples-[^/]*\.js$/);
  await playground.open();
  await page.getByRole('button', { name: 'Examples' }).press('Enter');
  await page.keyboard.type('1025');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await (await held).continue();
  await expect(playground.title).toHaveValue(/1025/);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('Escape calls a dialog off that is still loading', async ({ playground, page }) => {
  const held = holdBack(page, /\/Commands-[^/]*\.js$/);
  await playground.open();
  await playground.steps.focus();
  await page.keyboard.press('Control+k');
  const route = await held;
  await page.keyboard.type('x');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect(playground.chosen).toContainText('1 backing_open');
  await route.continue();
  // Asked for again, it comes without what was typed for the first.
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder('What do you want to do?')).toHaveValue('');
});

test('a dialog that does not load gives the keys back to the page', async ({ playground, page }) => {
  await page.route(/\/Commands-[^/]*\.js$/, (route) => route.abort());
  await playground.open();
  await playground.steps.focus();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('alert').filter({ hasText: 'did not load' })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(playground.chosen).toContainText('1 backing_open');
});

test('keys that are pressed before the page is mounted are the page’s', async ({ playground, page }) => {
  const held = holdBack(page, /\/page-[^/]*\.js$/);
  // Parts of the page itself may be asked for by name before it; they do no harm.
  await page.goto('./');
  await expect(page.locator('.first-verdict')).toBeVisible();
  const route = await held;
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Add step: backing_open');
  await page.keyboard.press('Enter');
  await route.continue();
  // The arrow chose the first step, and the command added one after it.
  await expect(playground.chosen).toContainText('2 backing_open');
});

test('Escape calls the entry of a check off that is still loading, and no key of it is the page’s', async ({
  playground,
  page,
}) => {
  const held = holdBack(page, /\/CheckPanel-[^/]*\.js$/);
  await playground.open();
  await playground.field('read offset').fill('8192');
  await playground.verdict.getByRole('link', { name: 'read-after-pos' }).press('Enter');
  const route = await held;
  const numbers = page.getByRole('button', { name: /^numbers: / });
  const notation = await numbers.innerText();
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await route.continue();
  await expect(numbers).toHaveText(notation);
  expect(new URL(page.url()).hash).not.toContain('check');
  await page.keyboard.press('n');
  await expect(numbers).not.toHaveText(notation);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what is written before the editor of the document is there goes on in it', async ({
  playground,
  page,
}) => {
  const editor = holdBack(page, /\/MonacoEditor-[^/]*\.js$/);
  await playground.open();
  await playground.tab('Document');
  const plain = page.getByRole('textbox', { name: 'The document' });
  const route = await editor;
  await plain.fill('{ "format": 1, "title": "', { timeout: 5_000 });
  await plain.press('End');
  await page.keyboard.type('Typed ');
  await route.continue();
  await expect(page.getByTestId('monaco')).toBeVisible();
  await expect(page.getByTestId('monaco').locator(':focus')).toHaveCount(1);
  await page.keyboard.type('on');
  await expect(page.getByTestId('monaco')).toContainText('Typed on');
});
