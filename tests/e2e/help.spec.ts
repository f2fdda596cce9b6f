// SPDX-License-Identifier: MIT
// Help, and the project's documents read in the page.
import { expect, test } from './playground.ts';

test('? opens Help, which leads to words, documents, keys and the build', async ({ playground, page }) => {
  await playground.open();
  await page.locator('body').press('?');
  const dialog = page.getByRole('dialog', { name: 'Help' });
  await expect(dialog).toContainText('You are the file system');
  await expect(dialog).toContainText('what the word means');
  await expect(dialog.getByText(/^Build \d/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Glossary' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('searchbox', { name: 'Search words' })).toBeFocused();
  // The button of the header opens it, too, and so does its address.
  await page.getByRole('button', { name: 'Help' }).click();
  await dialog.getByRole('button', { name: 'About the revisions' }).click();
  await expect(page.getByRole('dialog', { name: 'Revisions of the patch series' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '#/help'));
  await expect(dialog).toBeVisible();
});

test('a document is read in the page, and its links stay in it', async ({ playground, page }) => {
  await page.goto('./#/docs/limits/the-kernel-that-ran');
  const limits = page.getByRole('main', { name: 'Limits' });
  const heading = limits.getByRole('heading', { name: /^The kernel that ran/ });
  await expect(heading).toBeInViewport();
  await expect(heading).toBeFocused();
  // A link within the document.
  await limits.getByRole('link', { name: 'above', exact: true }).scrollIntoViewIfNeeded();
  await expect(heading).not.toBeInViewport();
  await limits.getByRole('link', { name: 'above', exact: true }).click();
  await expect(heading).toBeInViewport();
  // A link to another document, which opens in this tab.
  await limits.getByRole('link', { name: 'HOSTING.md' }).first().click();
  await expect(page.getByRole('main', { name: 'Hosting' })).toBeVisible();
  await expect(page).toHaveURL(/#\/docs\/hosting$/);
  await page.keyboard.press('Escape');
  await expect(playground.headline).toBeVisible();
  await expect(playground.steps).toBeFocused();
});

test('every heading has an address, and a document that is not there is told of', async ({
  playground,
  page,
}) => {
  await page.goto('./#/docs/formats');
  const formats = page.getByRole('main', { name: 'Formats' });
  await formats
    .getByRole('navigation', { name: 'Contents' })
    .getByRole('link', { name: 'Share link' })
    .click();
  await expect(formats.getByRole('heading', { name: /^Share link/ })).toBeInViewport();
  await expect(page).toHaveURL(/#\/docs\/formats\/share-link$/);
  await page.evaluate(() => (location.hash = '#/docs/nothing'));
  await expect(playground.notices).toContainText('There is no document “nothing”');
});

test('tables and lists of a document are drawn, and nothing of it is fetched from elsewhere', async ({
  page,
}) => {
  await page.goto('./#/docs/formats');
  const formats = page.getByRole('main', { name: 'Formats' });
  await expect(formats.getByRole('cell', { name: 'kernel.revision', exact: true })).toBeVisible();
  expect(await formats.getByRole('table').count()).toBeGreaterThan(5);
  expect(await formats.locator('img').count()).toBe(0);
  // No part was too much for the parser.
  await expect(formats.locator('.part > pre:not(:has(code))')).toHaveCount(0);
});
