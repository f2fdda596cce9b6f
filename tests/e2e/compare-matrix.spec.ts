// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type Playground } from './playground.ts';

const hole = (title: string) =>
  JSON.stringify({
    format: 1,
    title,
    steps: [{ do: 'iomap_begin', reply: { read: { length: 4096, addr: 'NULL_ADDR' } } }],
  });
const retry = (title: string) => hole(title).replace('"addr"', '"type":"RETRY_CACHE","addr"');

async function openMatrix(playground: Playground): Promise<Locator> {
  await playground.open();
  const dialog = await playground.compare('Many scenarios');
  await dialog.getByText('Other scenarios').click();
  return dialog;
}

test('links, cards and documents between each other become rows; unusable ones are reported by line', async ({
  playground,
  page,
}) => {
  await playground.open();
  const link = await playground.share();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('tab', { name: /mail/i }).click();
  const card = (await page.getByRole('group', { name: /^Text card of step/ }).textContent())!;
  await page.keyboard.press('Escape');
  const dialog = await openMatrix(playground);
  const pasted = [
    retry('by document'),
    `see ${link} there`,
    'and',
    card.replace(/^/gm, '> '),
    link.slice(0, -5),
    'and no more',
  ].join('\n');
  await dialog.getByLabel(/^Links, text cards/).fill(pasted);
  await dialog.getByRole('button', { name: 'Compare these' }).click();
  await expect(dialog.getByText('late changes 1 of 3 scenarios against v6-04')).toBeVisible();
  await expect(dialog.getByRole('rowheader')).toHaveText([
    /by document/,
    /^Your first reply/,
    /^Your first reply \(2\)/,
  ]);
  const line = pasted.split('\n').length - 1;
  await expect(dialog.getByRole('alert')).toContainText(`Line ${line}: The link can't be used.`);
});

test('a chosen folder becomes the rows, with what lies deeper in it', async ({ playground }) => {
  const folder = mkdtempSync(join(tmpdir(), 'folder-'));
  try {
    mkdirSync(join(folder, 'deeper'));
    writeFileSync(join(folder, 'a.json'), hole('a'));
    writeFileSync(join(folder, 'deeper', 'b.json'), retry('b'));
    writeFileSync(join(folder, 'picture.png'), 'no scenario, and none is looked for');
    writeFileSync(join(folder, 'broken.json'), '{ "format": 1 }');
    const dialog = await openMatrix(playground);
    await dialog.getByLabel('Choose a folder…').setInputFiles(folder);
    await expect(dialog.getByText('late changes 1 of 2 scenarios against v6-04')).toBeVisible();
    await expect(dialog.getByRole('rowheader', { name: /^differs: b / })).toBeVisible();
    await expect(dialog.getByText(/^broken is not a scenario that can be run: /)).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a dropped folder becomes the rows, read portion by portion', async ({ playground, page }) => {
  const dialog = await openMatrix(playground);
  await dialog.getByRole('group', { name: 'Scenarios to compare' }).evaluate(
    (element, texts) => {
      // A page cannot make a DataTransfer with folders: entries as a browser gives them stand in.
      const file = ([name, text]: [string, string]) => ({
        isFile: true,
        isDirectory: false,
        name,
        file: (take: (file: File) => void) => take(new File([text], name)),
      });
      const folder = (name: string, inside: object[]) => ({
        isFile: false,
        isDirectory: true,
        name,
        createReader() {
          const portions = [...inside.map((one) => [one]), []];
          return { readEntries: (take: (some: object[]) => void) => take(portions.shift() ?? []) };
        },
      });
      const [a, b, c] = Object.entries(texts).map(file);
      const root = folder('root', [a!, folder('deeper', [b!]), c!]);
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', {
        value: { items: [{ webkitGetAsEntry: () => root }], files: [] },
      });
      element.dispatchEvent(event);
    },
    { 'a.json': hole('a'), 'b.json': retry('b'), 'c.png': 'nothing' },
  );
  await expect(dialog.getByText('late changes 1 of 2 scenarios against v6-04')).toBeVisible();
  await expect(dialog.getByRole('rowheader')).toHaveText([/^≠.*b /, /^a /]);
  await page.keyboard.press('Escape');
  await expect(playground.title).toHaveValue('Your first reply');
});

/**
 * Searches and comparisons: that of the nearest reply, which stays, and that of the dialog. What may run an edited core
 * starts from a blob.
 */
const workers = (page: Page) => page.workers().filter((worker) => /search|^blob:/.test(worker.url())).length;

test('a matrix that takes long says how far it is, and is given up: the page lives on', async ({
  playground,
  page,
}) => {
  const dialog = await openMatrix(playground);
  await expect(dialog.getByText(/^late changes \d+ of/)).toBeVisible();
  await expect.poll(() => workers(page)).toBe(2);
  const long = JSON.stringify({
    format: 1,
    steps: [{ do: 'iomap_begin', times: 1_000, reply: { read: { length: 4096, addr: 'NULL_ADDR' } } }],
  });
  await dialog.getByLabel(/^Links, text cards/).fill(Array(1_000).fill(long).join('\n'));
  await dialog.getByRole('button', { name: 'Compare these' }).click();
  await expect(dialog.getByText(/^\d+ of 1000 scenarios$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText(/^Given up/)).toBeVisible();
  await expect.poll(() => workers(page)).toBe(1);
  await dialog.getByRole('button', { name: /^The \d+ examples$/ }).click();
  await expect(dialog.getByText(/^late changes \d+ of \d\d+ scenarios/)).toBeVisible();
  await expect(dialog.getByText(/^Given up/)).toBeHidden();
});

test('a search is given up, and asking again works', async ({ playground, page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/late\.trace/, async (route) => {
    await held;
    // Whoever asked may be gone.
    await route.continue().catch(() => undefined);
  });
  await playground.open();
  const dialog = await playground.compare('Find a difference');
  const find = dialog.getByRole('button', { name: 'Find a reply on which v6-04 and late disagree' });
  await find.click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await expect(find).toBeDisabled();
  await expect.poll(() => workers(page)).toBe(2);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('progressbar')).toBeHidden();
  await expect.poll(() => workers(page)).toBe(1);
  release();
  await find.click();
  await expect(dialog.getByText(/^v6-04 and late disagree: /)).toBeVisible();
});

test('the examples that are not compared are told of', async ({ playground }) => {
  await playground.open();
  const dialog = await playground.compare('Many scenarios');
  const summary = dialog.getByText(/changes \d+ of \d+ scenarios/);
  await expect(summary).toBeVisible();
  const compared = Number(/of (\d+) scenarios/.exec((await summary.textContent())!)![1]);
  const told = await dialog.getByText('have a server in code').textContent();
  const [, others, all] = /^The other (\d+) of (\d+) examples/.exec(told!)!;
  expect(compared + Number(others)).toBe(Number(all));
  // Of scenarios that the reader brought it would not be true.
  await dialog.getByText('Other scenarios').click();
  const bring = dialog.getByRole('textbox', { name: /^Links, text cards/ });
  await bring.fill('{"format":1,"steps":[{"do":"backing_open"}]}');
  await dialog.getByRole('button', { name: 'Compare these' }).click();
  await expect(dialog.getByText(/changes \d+ of 1 scenario/)).toBeVisible();
  await expect(dialog.getByText('have a server in code')).toHaveCount(0);
});
