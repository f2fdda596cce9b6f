// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const view = (page: Page) => page.getByRole('main', { name: 'Acceptance map' });
const map = (page: Page) => view(page).getByRole('application');
const whole = (page: Page) => expect(map(page)).toHaveAttribute('data-whole', 'true');
const cursor = (page: Page) => view(page).getByRole('region', { name: 'Under the cursor' });
const spoken = (page: Page) => page.getByTestId('map-cursor');
const legend = (page: Page) => view(page).getByRole('region', { name: 'Legend' });

test('arrow keys tell each point, and Enter makes it the scenario', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await whole(page);
  expect(new URL(page.url()).hash).toBe('#/map');
  await expect(spoken(page)).toHaveText('read.offset 4096, read.length 8192: accepted.');
  await map(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(spoken(page)).toHaveText(
    'read.offset 4097, read.length 8192: refused by offset-unaligned, read mapping.',
  );
  await page.keyboard.press('ArrowRight');
  await expect(spoken(page)).toHaveText(
    'read.offset 8192, read.length 8192: refused by read-after-pos, read mapping.',
  );
  await expect(cursor(page)).toContainText('Refused');
  await expect(cursor(page)).toContainText('read.offset 8192 > pos 4096');
  await page.keyboard.press('Enter');
  await expect(
    view(page).getByText('The scenario now has read.offset 8192 and read.length 8192.'),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view(page)).toBeHidden();
  await expect(playground.field('read offset')).toHaveValue('8192');
  await expect(playground.headline).toHaveText('Refused');
  await page.keyboard.press('Control+z');
  await expect(playground.headline).toHaveText('Accepted');
});

test('it zooms from powers of two to single values, and the axis follows the cursor', async ({ page }) => {
  await page.goto('./#/map/read.offset,read.length');
  await whole(page);
  const level = (name: string) => view(page).getByRole('button', { name, exact: true });
  await map(page).focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(level('1 byte')).toHaveAttribute('aria-pressed', 'true');
  await whole(page);
  await page.keyboard.press('ArrowUp');
  await expect(spoken(page)).toContainText('read.length 8193: refused by length-unaligned');
  for (let i = 0; i < 5; i++) await page.keyboard.press('-');
  await expect(level('powers of 2')).toHaveAttribute('aria-pressed', 'true');
  await whole(page);
  await expect(legend(page)).toContainText('offset-past-maxbytes');
  await level('block 4096').click();
  await page.keyboard.press('Home');
  await map(page).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
  await whole(page);
  await expect(spoken(page)).toContainText('refused by');
});

test('a click makes a point the scenario, and the legend leads to the check', async ({
  page,
  playground,
}) => {
  await page.goto('./#/map');
  await whole(page);
  const box = (await map(page).boundingBox())!;
  await map(page).click({ position: { x: box.width - 30, y: 30 } });
  await expect(view(page).getByText(/The scenario now has read.offset 28672/)).toBeVisible();
  await legend(page).getByRole('button', { name: 'read-after-pos' }).click();
  await expect(page.getByRole('dialog', { name: 'read-after-pos' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(playground.headline).toHaveText('Refused');
});

test('two revisions as a map of what differs', async ({ page }) => {
  await page.goto('./#/map/write.type,write.addr');
  await whole(page);
  await view(page).getByLabel('Compare with').selectOption('2026-05');
  await whole(page);
  await expect(legend(page)).toContainText('What differs');
  await expect(legend(page)).toContainText('accepted → refused by overwrite-addr');
  await expect(legend(page)).toContainText('refused by both, by the same check');
});

test('it is a table and a file, too', async ({ page }) => {
  await page.goto('./#/map');
  await whole(page);
  await view(page).getByRole('button', { name: 'Table', exact: true }).click();
  const table = view(page).getByRole('table');
  await expect(table.getByRole('row', { name: /^4096/ })).toContainText('Accepted');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    view(page).getByRole('button', { name: 'Save SVG' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.svg$/);
  const text = await readFile(await file.path(), 'utf8');
  const shapes = await page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    return [document.querySelector('parsererror') === null, document.querySelectorAll('pattern').length];
  }, text);
  expect(shapes).toEqual([true, 6]);
});

test('a step without mappings says so', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Error', exact: true }).click();
  await page.evaluate(() => (location.hash = '#/map'));
  await expect(view(page)).toContainText('This reply has no mappings that could vary.');
});

test('a check shows a map around its smallest refused case', async ({ page, playground }) => {
  await playground.open('#/check/read-before-pos');
  const panel = page.getByRole('dialog', { name: 'read-before-pos' });
  await panel.getByText('A map around its smallest refused case').click();
  const small = panel.getByRole('application');
  await expect(small).toHaveAttribute('data-whole', 'true');
  await expect(panel).toContainText('refused by read-before-pos, read mapping.');
  expect(await faultsOfThemes(page)).toEqual([]);
  await panel.getByRole('button', { name: 'The whole map' }).click();
  await whole(page);
  await expect(spoken(page)).toContainText('refused by read-before-pos, read mapping.');
});
