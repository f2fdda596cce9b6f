// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const table = (page: Page) =>
  page.getByRole('main', { name: 'What reviewers asked, answered by each revision' });
const caseOf = (page: Page, name: string) =>
  table(page).getByRole('button', { name: new RegExp(`\\b${name}\\b`) });
const quote = (page: Page) => table(page).getByRole('group', { name: /^To quote: .*, as text$/ });

test('the cores answer each case, and all come out as expected', async ({ page, playground }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(table(page).getByRole('status').first()).toHaveText(/✓ (\d+) of \1 cases as expected/);
  expect(new URL(page.url()).hash).toBe('#/review');
  const changed = table(page).getByRole('row', { name: /end-addr-dev/ });
  await expect(changed.getByRole('button').nth(1)).toContainText('NULL_ADDR, dev 0');
  await expect(changed.getByRole('button').nth(2)).toContainText('addr 0, dev 1');
  await expect(changed.getByRole('button').nth(2)).toContainText('compiled kernel C');
  await page.keyboard.press('Escape');
  await expect(table(page)).toBeHidden();
  await expect(playground.steps).toBeVisible();
});

test('a link to a case opens it, with lines to quote and the link itself', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#/review/end-addr-dev');
  await expect(caseOf(page, 'end-addr-dev')).toHaveAttribute('aria-expanded', 'true');
  await table(page)
    .getByRole('button', { name: /^Copy: To quote/ })
    .click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const lines = copied.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^v6-04 +iomap_end: NULL_ADDR, dev 0 +\[compiled kernel C\]$/);
  expect(lines[1]).toMatch(/^2026-01 +iomap_end: addr 0, dev 1 +\[compiled kernel C\]$/);
  expect(lines[0]!.length).toBeLessThanOrEqual(72);
  expect(lines[2]).toBe(`${new URL(page.url()).origin}/#/review/end-addr-dev`);
  // The address follows what is open.
  await caseOf(page, 'end-addr-dev').click();
  expect(new URL(page.url()).hash).toBe('#/review');
  await caseOf(page, 'freed-ids').click();
  expect(new URL(page.url()).hash).toBe('#/review/freed-ids');
});

test('arrow keys go from cell to cell, and Enter opens the case at the cell', async ({ page }) => {
  await page.goto('./#/review');
  await expect(table(page).getByRole('row', { name: /overwrite-slot/ })).toBeVisible();
  await page.locator('[data-cell="0,0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-cell="1,1"]')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[aria-expanded=true]')).toHaveCount(1);
  await expect(quote(page)).toContainText('2026-01');
});

test('a cell opens beside the answer before it, and as the scenario', async ({ page, playground }) => {
  await page.goto('./#/review/end-addr-dev');
  await table(page).getByRole('button', { name: 'v6-04 and 2026-01 side by side' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare' });
  await expect(dialog).toContainText('v6-04 and 2026-01 differ in 1 of 3 steps.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await table(page).getByRole('button', { name: 'Open it in 2026-01' }).click();
  await expect(playground.title).toHaveValue('What iomap_end says of addr and dev');
  await expect(playground.chosen).toContainText('iomap_end');
});

test('a case that there is none of is said to be none', async ({ page, playground }) => {
  await page.goto('./#/review/nothing');
  await expect(playground.notices).toContainText('There is no case “nothing”.');
});

test('nothing of the table loads before it is asked for', async ({ page, playground }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await playground.open();
  expect(asked.filter((url) => /\/Review-/.test(url))).toEqual([]);
});

test('on a phone the File menu has it', async ({ page, playground }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open();
  await expect(page.getByRole('button', { name: 'Review', exact: true })).toBeHidden();
  await playground.file('What reviewers asked');
  await expect(table(page)).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [768, 1024],
  [390, 844],
] as const) {
  test(`has no fault of accessibility, and fits, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('./#/review/overwrite-slot');
    await expect(quote(page)).toBeVisible();
    expect(await faultsOfThemes(page)).toEqual([]);
    const { scroll, client } = await page.evaluate(() => {
      const { scrollWidth: scroll, clientWidth: client } = document.documentElement;
      return { scroll, client };
    });
    expect(scroll).toBeLessThanOrEqual(client);
  });
}
