// SPDX-License-Identifier: MIT
// The demonstration of the README, step by step, with the keyboard alone.
import type { Locator, Page } from '@playwright/test';
import { faults } from './faults.ts';
import { Playground, expect, test } from './playground.ts';

/** Tab until the focus is where it should be; a place that the keyboard does not reach is a fault. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let i = 0; i < 60; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}`);
}

/** A command of the palette, by its name. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: /command/i })).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
}

async function accessible(page: Page): Promise<void> {
  // What Monaco draws of its own is Monaco's.
  expect(await faults(page, { except: '.monaco-editor' })).toEqual([]);
}

test('late against v6-04: the matrix, one difference, its card, and the card on a fresh page', async ({
  playground,
  page,
  browser,
}) => {
  // Five stations, each looked at by axe.
  test.slow();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open();

  // 1. The matrix of the examples.
  await command(page, 'Compare revisions');
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await tabTo(page, compare.getByRole('button', { name: 'Many scenarios' }));
  await page.keyboard.press('Enter');
  await expect(compare.getByText(/^late changes \d+ of \d+ scenarios against v6-04$/)).toBeVisible();
  await accessible(page);

  // 2. One difference, as late answers it.
  const row = compare.locator('tbody tr', { has: page.getByRole('rowheader') }).first();
  await expect(row).toHaveClass(/differs/);
  const title = (await row.getByRole('rowheader').textContent())!;
  await tabTo(page, row.getByRole('button').first());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(compare).toBeHidden();
  await playground.settled();
  expect(title).toContain(await playground.title.inputValue());
  const headline = (await playground.headline.textContent())!;
  const sentence = (await playground.verdict.textContent())!;
  await accessible(page);

  // 3. Its card.
  await command(page, 'Text for mail');
  const share = page.getByRole('dialog');
  await tabTo(page, share.getByRole('button', { name: /^Copy: Text card of step/ }));
  await page.keyboard.press('Enter');
  await expect(share.getByText('Copied.')).toBeVisible();
  await accessible(page);
  const card = await page.evaluate(() => navigator.clipboard.readText());
  expect(card).toContain('kernel:     late');

  // 4. On a fresh page, which knows nothing of this one.
  const context = await browser.newContext();
  const other = new Playground(await context.newPage());
  await other.open();
  await command(other.page, 'Paste anything');
  await expect(other.page.getByRole('textbox', { name: 'Pasted text' })).toBeFocused();
  await other.page.keyboard.insertText(card);
  const open = other.page.getByRole('button', { name: 'Open as the scenario' });
  await tabTo(other.page, open);
  await accessible(other.page);
  await other.page.keyboard.press('Enter');
  await expect(other.headline).toHaveText(headline);
  await expect(other.verdict).toHaveText(sentence);
  await expect(other.page.getByRole('combobox', { name: /Revision of the patch/ })).toHaveValue('late');
  await accessible(other.page);
  await context.close();
});

test('a check that is edited moves verdicts: found, built, and one of them opened, by keys', async ({
  playground,
  page,
}) => {
  test.slow();
  await playground.open();
  const view = page.getByRole('dialog', { name: 'Change the core' });

  // 5. The check, and its line in the source.
  await command(page, 'Check: length-zero');
  await tabTo(page, page.getByRole('button', { name: 'Edit this check' }));
  await accessible(page);
  await page.keyboard.press('Enter');
  await expect(view.getByRole('textbox', { name: /^Source of .*file_iomap\.ts/ })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.type('//');

  // 6. The edited core, and what it says otherwise.
  await page.keyboard.press('Control+Enter');
  const outcome = view.getByRole('region', { name: 'What the edit changes' }).getByRole('status');
  await expect(outcome).toContainText(/The edit changes [1-9]\d* of \d+ scenarios\./, { timeout: 120_000 });
  const row = view.getByRole('row', { name: /A mapping of no bytes/ });
  await expect(row).toContainText('✕ read length-zero');
  await expect(row).toContainText('✕ read-before-pos');
  await accessible(page);
  await page.keyboard.press('Escape');
  await tabTo(page, view.locator('[data-cell="0,0"]'));
  await page.keyboard.press('Enter');
  await expect(view.getByRole('region', { name: 'edited' })).toBeVisible();
  await accessible(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(view).toBeHidden();
  await expect(playground.headline).toHaveText('Accepted');
});
