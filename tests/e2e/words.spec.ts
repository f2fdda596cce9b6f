// SPDX-License-Identifier: MIT
// A word is asked: under the pointer, with the focus, by a click, by F1, by its address, in the palette and in the editor.
import type { Page } from '@playwright/test';
import { expect, test } from './playground.ts';

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Glossary' });
const entry = (page: Page, title: string) =>
  drawer(page).getByRole('heading', { name: title, level: 3, exact: true });
const tip = (page: Page) => page.getByRole('tooltip');
const label = (page: Page, text: string) => page.locator('label').getByText(text, { exact: true }).first();

test('under the pointer a label says its sentence; a click opens the entry and leads into the field', async ({
  playground,
  page,
}) => {
  await playground.open();
  const before = await playground.headline.boundingBox();
  await label(page, 'addr').hover();
  await expect(tip(page)).toContainText('The byte of the device');
  await page.mouse.move(5, 5);
  await expect(tip(page)).toHaveCount(0);
  await label(page, 'addr').click();
  await expect(entry(page, 'addr')).toBeVisible();
  await expect(playground.field('read addr')).toBeFocused();
  await expect(label(page, 'addr')).toHaveAttribute('data-asked', '');
  // The drawer took the machine's place: nothing moved, and the page is live.
  expect(await playground.headline.boundingBox()).toEqual(before);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('64M');
  await expect(playground.field('read addr')).toHaveValue('64M');
  await expect(page).toHaveURL(/#\/word\/addr$/);
  // Asked again, it closes.
  await label(page, 'addr').click();
  await expect(drawer(page)).toHaveCount(0);
  await expect(label(page, 'addr')).not.toHaveAttribute('data-asked', '');
});

test('the sentence of a word covers no link of the text that it stands in', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open('', { introduction: true });
  const band = page.getByRole('region', { name: 'Introduction' });
  await band.getByRole('button', { name: 'fuse-iomap' }).hover();
  await expect(tip(page)).toBeVisible();
  // Playwright asks whether a click would reach it.
  await band.getByRole('link', { name: 'lessons' }).click({ trial: true, timeout: 2_000 });
  await expect(tip(page)).toBeVisible();
});

test('with the keys alone: F1 in a field, words of a struct, back, and Escape', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('read type').focus();
  await page.keyboard.press('F1');
  await expect(entry(page, 'type')).toBeVisible();
  await expect(drawer(page)).toContainText('Bytes 24 and 25');
  await expect(drawer(page).getByRole('heading', { name: 'Glossary' })).toBeFocused();
  // On to another word, and back.
  await drawer(page).getByRole('link', { name: 'HOLE', exact: true }).first().press('Enter');
  await expect(entry(page, 'HOLE')).toBeVisible();
  await drawer(page).getByRole('button', { name: '← type' }).press('Enter');
  await expect(entry(page, 'type')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);
  await expect(playground.field('read type')).toBeFocused();
  // The words of a struct are one stop, between which the arrow keys go.
  const struct = page.getByRole('table', { name: 'Fields of iomap' });
  await struct.getByRole('button', { name: 'addr' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(struct.getByRole('button', { name: 'offset' })).toBeFocused();
  await expect(tip(page)).toContainText('The byte of the file');
  await page.keyboard.press('End');
  await expect(struct.getByRole('button', { name: 'bdev' })).toBeFocused();
  await expect(struct.locator('button[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(entry(page, 'bdev')).toBeVisible();
});

test('an entry leads to its checks, examples and other words', async ({ playground, page }) => {
  await playground.open('#/word/pure_overwrite');
  await drawer(page).getByRole('button', { name: 'overwrite-on-read' }).click();
  await expect(page.getByRole('dialog', { name: 'overwrite-on-read' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(entry(page, 'PURE_OVERWRITE')).toBeVisible();
  await drawer(page).getByRole('button', { name: 'A pure overwrite' }).click();
  await expect(playground.title).toHaveValue('A pure overwrite');
  await expect(entry(page, 'PURE_OVERWRITE')).toBeVisible();
});

test('cow is found in the palette, in the search and by its address', async ({ playground, page }) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cow');
  await page
    .getByRole('option', { name: /copy-on-write/ })
    .first()
    .click();
  await expect(entry(page, 'copy-on-write')).toBeVisible();
  await drawer(page).getByRole('button', { name: 'All words' }).click();
  await page.getByRole('searchbox', { name: 'Search words' }).fill('cow');
  await page.getByRole('searchbox', { name: 'Search words' }).press('Enter');
  await expect(entry(page, 'copy-on-write')).toBeVisible();
  await page.evaluate(() => (location.hash = '#/word/cow'));
  await expect(entry(page, 'copy-on-write')).toBeVisible();
  await page.evaluate(() => (location.hash = '#/word/srcmpa'));
  await expect(drawer(page).getByRole('alert')).toHaveText('There is no word “srcmpa”.');
  await drawer(page).getByRole('link', { name: 'srcmap' }).click();
  await expect(entry(page, 'srcmap')).toBeVisible();
});

test('a list of values says what each means', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read type').press('Alt+ArrowDown');
  const list = page.getByRole('listbox', { name: 'Values for read type' });
  await expect(list.getByRole('option', { name: /^HOLE/ })).toContainText('reads give zeros');
  await expect(list.getByRole('option', { name: /^UNWRITTEN/ })).toContainText('never written');
});

test('a word within another control has its sentence and takes no click from it', async ({
  playground,
  page,
}) => {
  await playground.open();
  const line = page
    .getByRole('button', { name: /^fuse_iomap_check_mapping.*write/ })
    .or(page.getByRole('button', { name: /fuse_iomap_check_mapping write/ }))
    .first();
  // What the offers of nearest replies move from under the pointer is pointed at again.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await line.getByText('write', { exact: true }).hover();
    await expect(tip(page)).toContainText('where a write goes', { timeout: 2000 });
  }).toPass();
  await line.getByText('write', { exact: true }).click();
  await expect(line).toHaveAttribute('aria-expanded', 'true');
  await expect(drawer(page)).toHaveCount(0);
});

test('in the editor a key and a name say what they mean', async ({ playground, page }) => {
  await playground.open();
  await playground.tab('Document');
  const editor = page.getByTestId('monaco');
  const hover = page.locator('.monaco-hover').first();
  for (const [text, said] of [
    ['"MAPPED"', 'The bytes are on a device'],
    ['"DIRECT"', 'past the page cache'],
    ['"addr"', 'The byte of the device'],
  ] as const) {
    await expect(async () => {
      await page.mouse.move(0, 0);
      await editor.getByText(text, { exact: true }).first().hover();
      await expect(hover).toContainText(said, { timeout: 4000 });
    }).toPass();
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a tap on a label opens a sheet from below, and no field takes the focus', async ({
    playground,
    page,
  }) => {
    await playground.open();
    const word = label(page, 'offset');
    await word.scrollIntoViewIfNeeded();
    const before = await word.boundingBox();
    await word.tap();
    await expect(entry(page, 'offset')).toBeVisible();
    await expect(playground.field('read offset')).not.toBeFocused();
    const after = (await word.boundingBox())!;
    expect(after.x).toBeCloseTo(before!.x, 0);
    expect(Math.abs(after.y - before!.y)).toBeLessThan(1);
    const sheet = (await drawer(page).boundingBox())!;
    const steps = (await playground.steps.boundingBox())!;
    expect(sheet.y).toBeGreaterThan(300);
    expect(sheet.y + sheet.height).toBeLessThanOrEqual(steps.y + 1);
    await drawer(page).getByRole('button', { name: 'Close' }).tap();
    await expect(drawer(page)).toHaveCount(0);
  });

  test('at 320 px an entry and the list of words stay within the window', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    for (const place of ['#/word/srcmap', '#/word', '#/docs/formats', '#/help']) {
      await page.goto('about:blank');
      await page.goto(`./${place}`);
      await expect(page.getByText(/Glossary|Formats|Help/).first()).toBeVisible();
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, place).toBeLessThanOrEqual(0);
    }
  });
});
