// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from './playground.ts';

test('undo reaches back across a loaded example, a new scenario and a dropped file', async ({
  playground,
}) => {
  await playground.open();
  await playground.field('read length').fill('4096');
  await playground.field('read length').blur();
  await playground.example('A read, accepted');
  await playground.file('New scenario');
  await expect(playground.title).toHaveValue('');
  await playground.drop('x.json', '{"format":1,"title":"Dropped","steps":[{"do":"unmount"}]}');
  await expect(playground.title).toHaveValue('Dropped');
  await playground.undo();
  await expect(playground.title).toHaveValue('');
  await playground.undo();
  await expect(playground.title).toHaveValue('A read, accepted');
  await playground.undo();
  await expect(playground.title).toHaveValue('Your first reply');
  await expect(playground.field('read length')).toHaveValue('4096');
  await playground.undo();
  await expect(playground.field('read length')).toHaveValue('8192');
  await playground.page.locator('body').press('Control+Shift+z');
  await expect(playground.field('read length')).toHaveValue('4096');
});

test('a reload brings everything back as it was spelled', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read addr').fill('0x200000');
  await playground.title.fill('Mine');
  await page.reload();
  await playground.settled();
  await expect(playground.title).toHaveValue('Mine');
  await expect(playground.field('read addr')).toHaveValue('0x200000');
});

test('the work of a closed tab is offered again', async ({ playground, page, context }) => {
  await playground.open();
  await playground.title.fill('Lost and found');
  await page.close();
  const second = await context.newPage();
  await second.goto('./');
  await second.locator('.notices').getByRole('button', { name: 'Show' }).click();
  await expect(second.getByRole('dialog')).toContainText('Lost and found');
  await second.getByRole('button', { name: 'Bring back' }).click();
  await expect(second.getByRole('textbox', { name: 'Title of the scenario' })).toHaveValue('Lost and found');
});

test('two tabs keep their work apart', async ({ playground, page, context }) => {
  await playground.open();
  await playground.title.fill('One');
  const second = await context.newPage();
  await second.goto('./');
  const title = second.getByRole('textbox', { name: 'Title of the scenario' });
  await title.fill('Two');
  await second.reload();
  await expect(title).toHaveValue('Two');
  await page.reload();
  await expect(playground.title).toHaveValue('One');
});

test('a browser that keeps nothing is told about, and the page works', async ({ playground, page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    IDBFactory.prototype.open = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
  });
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await expect(playground.notices).toContainText('Download it to be safe');
});

test('a file that is not a scenario replaces nothing, says why, and can be fixed', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('My work');
  for (const [text, why] of [
    ['', 'the file is empty'],
    ['{"format": 1, "steps": [{"do": "nothing"}]}', 'line 1, column'],
    ['{"format": 1, "steps": [', 'line 1, column'],
  ] as const) {
    await playground.drop('broken.json', text);
    await expect(playground.notices).toContainText(`broken.json can't be used as a scenario`);
    await expect(playground.notices).toContainText(why);
    await expect(playground.title).toHaveValue('My work');
    // One notice about files at a time.
    await expect(page.getByRole('button', { name: 'Open it as a document' })).toHaveCount(1);
  }
  await page.getByRole('button', { name: 'Open it as a document' }).click();
  await expect(playground.trouble).toContainText('line 1');
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await page.keyboard.press('Escape');
  await playground.undo();
  await expect(playground.trouble).toBeHidden();
  await expect(playground.headline).toHaveText('Accepted');
});

test('every example meets its expectations in the page', async ({ playground, page }) => {
  await playground.open();
  const folder = new URL('../../examples/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(28);
  await page.getByRole('button', { name: 'Examples' }).click();
  await expect(page.getByRole('searchbox')).toHaveAttribute('placeholder', `Search ${files.length} examples`);
  await page.keyboard.press('Escape');
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    await playground.drop(file, text);
    const { title, show = 0 } = JSON.parse(text) as { title: string; show?: number };
    await expect(playground.title).toHaveValue(title);
    // An example may well end in an oops of the kernel's: only that it can't be run would be ours.
    await expect(playground.trouble.getByText(/can't be run|engine broke/), file).toHaveCount(0);
    await expect(playground.steps.getByText('expectation not met'), file).toHaveCount(0);
    await expect(playground.chosen).toContainText(`${show + 1} `);
  }
});
