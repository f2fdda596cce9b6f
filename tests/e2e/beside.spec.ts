// SPDX-License-Identifier: MIT
// A tool beside the columns: the page stays live, and the focus goes in and comes back.
import type { Page } from '@playwright/test';
import { expect, test } from './playground.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Notes' });
const field = (page: Page) => page.getByLabel('Notes in Markdown');

test('notes are written beside the live page, and Escape leads back', async ({ playground, page }) => {
  await playground.open();
  await playground.steps.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Notes');
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Too *late*');
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('Too late');
  const [beside, columns] = [await panel(page).boundingBox(), await page.locator('main').boundingBox()];
  expect(beside!.x).toBeGreaterThanOrEqual(columns!.x + columns!.width - 1);
  // The columns answer as ever.
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await playground.field('read offset').press('Escape');
  await expect(panel(page)).toBeVisible();
  // Asked for again, it only takes the focus.
  await playground.file('Notes');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'File', exact: true })).toBeFocused();
  await page.reload();
  await expect(playground.steps).toBeVisible();
  await expect(panel(page)).toHaveCount(0);
});

test('a dialog opens over it and leaves it there', async ({ playground, page }) => {
  await playground.open();
  await playground.file('Notes');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await panel(page).getByRole('button', { name: 'Close' }).click();
  await expect(panel(page)).toHaveCount(0);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('it stands above the page, with the verdict in view', async ({ playground, page }) => {
    await playground.open();
    await playground.file('Notes');
    await expect(field(page)).toBeFocused();
    await expect(playground.headline).toBeInViewport();
    const [beside, verdict] = [await panel(page).boundingBox(), await playground.headline.boundingBox()];
    expect(verdict!.y).toBeGreaterThanOrEqual(beside!.y + beside!.height);
    // Scrolled away, the verdict stands in the bar under the panel.
    await playground.field('read offset').scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 900);
    const bar = page.getByTestId('verdict-bar');
    await expect(bar).toBeInViewport();
    const [above, below] = [await panel(page).boundingBox(), await bar.boundingBox()];
    expect(above!.y).toBe(0);
    expect(below!.y).toBeGreaterThanOrEqual(above!.height - 1);
  });
});
