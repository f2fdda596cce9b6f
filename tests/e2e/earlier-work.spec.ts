// SPDX-License-Identifier: MIT
// The list of earlier work: what is in it, and that it can be deleted, saved and taken up again.
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator } from '@playwright/test';
import { Playground, expect, test } from './playground.ts';

/** Work of a tab that is closed again. */
async function closedTab(context: BrowserContext, title: string): Promise<void> {
  const tab = new Playground(await context.newPage());
  await tab.open();
  await tab.title.fill(title);
  await tab.kept();
  await tab.page.close();
}

async function earlierWork(playground: Playground): Promise<Locator> {
  await playground.file('Bring back earlier work');
  return playground.page.getByRole('dialog', { name: 'Earlier work' });
}

test('of 15 closed tabs all are found, whatever links came after', async ({ playground, context }) => {
  for (let i = 1; i <= 15; i++) await closedTab(context, `Tab ${i} of 15`);
  await playground.open();
  await expect(playground.notices).toContainText('15 pieces of work');
  const dialog = await earlierWork(playground);
  await expect(dialog.getByText(/^Tab \d+ of 15$/)).toHaveCount(15);
});

test('what is deleted can be had back until the list closes, and is gone then', async ({
  playground,
  context,
  page,
}) => {
  await closedTab(context, 'One');
  await closedTab(context, 'Two');
  await playground.open();
  const dialog = await earlierWork(playground);
  const row = dialog.getByRole('listitem').filter({ hasText: 'One' });
  await row.getByRole('button', { name: 'Delete' }).press('Enter');
  const undo = row.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await undo.press('Enter');
  await expect(row.getByRole('button', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.reload();
  await earlierWork(playground);
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Delete' }).click();
  await expect(undo).toBeVisible();
  await page.reload();
  await earlierWork(playground);
  await expect(dialog).toContainText('Two');
  await expect(row).toHaveCount(0);
});

test('all of it is saved as one file, which brings all of it back where it is dropped', async ({
  playground,
  context,
  page,
}) => {
  await closedTab(context, 'One');
  await closedTab(context, 'Two');
  await playground.open();
  const dialog = await earlierWork(playground);
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save all as a file' }).click();
  const file = await readFile(await (await saved).path(), 'utf8');
  for (const name of ['One', 'Two']) {
    const row = dialog.getByRole('listitem').filter({ hasText: name });
    await row.getByRole('button', { name: 'Delete' }).click();
    await expect(row).toContainText('Deleted');
  }
  await page.keyboard.press('Escape');
  await playground.title.fill('Mine');
  for (let i = 0; i < 2; i++) {
    await playground.drop('earlier-work.json', file);
    await expect(dialog.getByText(/^(One|Two)$/)).toHaveCount(2);
    await page.keyboard.press('Escape');
    // It takes the place of nothing.
    await expect(playground.title).toHaveValue('Mine');
  }
  await page.reload();
  await earlierWork(playground);
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'One' })
    .getByRole('button', { name: 'Bring back' })
    .click();
  await expect(playground.title).toHaveValue('One');
  await playground.drop('cut.json', file.slice(0, -20));
  await expect(playground.notices).toContainText('cut off or damaged');
  await expect(playground.title).toHaveValue('One');
});

test('a file of earlier work costs nobody a piece, and says how many had no room', async ({
  playground,
  context,
  page,
}) => {
  await closedTab(context, 'Mine');
  await playground.open();
  const pieces = Array.from({ length: 120 }, (_, i) => ({
    ...{ title: `Foreign ${i}`, savedAt: '2999-01-01T00:00:00.000Z', text: `{ "format": 1, "n": ${i} }` },
  }));
  const file = { 'iomap-playground': 'earlier work', format: 1, pieces };
  await playground.drop('earlier-work.json', JSON.stringify(file));
  await expect(playground.notices).toContainText('99 pieces of earlier work taken up. 21 pieces of the file');
  const dialog = page.getByRole('dialog', { name: 'Earlier work' });
  await expect(dialog.getByRole('listitem')).toHaveCount(100);
  await expect(dialog.getByText('Mine', { exact: true })).toBeVisible();
  await expect(dialog).not.toContainText('2999');
  // Nor do they when there is something more to keep.
  await page.keyboard.press('Escape');
  await playground.title.fill('Next');
  await playground.kept();
  await playground.file('Bring back earlier work');
  await expect(dialog.getByText('Mine', { exact: true })).toBeVisible();
});

test('what was opened and not edited is apart from one’s own work', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('Own');
  await playground.example('A read, accepted');
  await playground.file('New scenario');
  const dialog = await earlierWork(playground);
  await expect(dialog.getByText('Own', { exact: true })).toBeVisible();
  const others = dialog.getByText('Opened, and not edited: 1');
  await expect(dialog.getByText('A read, accepted')).toBeHidden();
  await others.click();
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'A read, accepted' })
    .getByRole('button', { name: 'Bring back' })
    .click();
  await expect(playground.title).toHaveValue('A read, accepted');
  await page.goBack();
  await expect(playground.title).toHaveValue('');
});

test('what an older version kept under names without a folder is taken over', async ({
  playground,
  page,
}) => {
  const work = (id: string, title: string) => ({
    ...{ id, title, step: 0, savedAt: 1_700_000_000_000, hash: '', kind: 'tab' },
    text: JSON.stringify({ format: 1, title, steps: [{ do: 'unmount' }] }),
  });
  await page.goto('./favicon.svg');
  await page.evaluate(
    ([tab, closed, newer]) => {
      sessionStorage.setItem('iomap-playground:tab', JSON.stringify(tab));
      localStorage.setItem('iomap-playground:work:1-1', JSON.stringify(tab));
      localStorage.setItem('iomap-playground:work:2-2', JSON.stringify(closed));
      localStorage.setItem('iomap-playground:/:work:3-3', JSON.stringify({ ...newer, format: 99 }));
    },
    [work('1-1', 'Of this tab'), work('2-2', 'Of a closed tab'), work('3-3', 'Of a newer page')] as const,
  );
  await playground.open();
  await expect(playground.title).toHaveValue('Of this tab');
  const dialog = await earlierWork(playground);
  await expect(dialog).toContainText('Of a closed tab');
  // It is moved, but for what a newer page left.
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('work'))),
  ).toEqual(['iomap-playground:/:work:3-3']);
});
