// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('title, verdict, notes and the reply stand within the first two screens', async ({
  playground,
  page,
}) => {
  await playground.open();
  const top = async (locator: typeof playground.title) => (await locator.boundingBox())!.y;
  const notes = page.getByRole('region', { name: 'Notes' });
  await expect(notes).toContainText('Try this first: change read.offset to 8192');
  const order = [playground.title, playground.headline, notes, playground.field('iomap_begin pos')];
  const tops = await Promise.all(order.map(top));
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(tops[1]).toBeLessThan(844 / 2);
  expect(tops[3]).toBeLessThan(844);
  expect(await top(playground.field('read offset'))).toBeLessThan(2 * 844);
});

test('the nearest accepted reply stands directly under the verdict', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  const nearest = page.getByTestId('nearest');
  await expect(nearest).toHaveAttribute('data-ready', 'true');
  const [verdict, place] = await Promise.all([playground.verdict.boundingBox(), nearest.boundingBox()]);
  const gap = place!.y - (verdict!.y + verdict!.height);
  expect(gap).toBeGreaterThanOrEqual(0);
  expect(gap).toBeLessThan(24);
});

test('the machine unfolds on a tap', async ({ playground, page }) => {
  await playground.open();
  const cell = page.getByRole('region', { name: 'The machine' }).getByRole('cell', { name: 'vda' });
  await expect(cell).toBeHidden();
  await page.getByRole('button', { name: 'The machine' }).click();
  await expect(cell).toBeVisible();
});

test('what is said of a number that is far too long breaks within its field', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('iomap_begin count').fill('9'.repeat(40));
  await expect(page.getByText(/^Expected an integer.*found "9{40}"/).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
});

test('a document begins on the first screen; the list of its headings unfolds', async ({ page }) => {
  await page.goto('./#/docs/formats');
  const formats = page.getByRole('main', { name: 'Formats' });
  await expect(formats.getByText('Seven things outlive the build')).toBeInViewport();
  const contents = formats.getByRole('navigation', { name: 'Contents' });
  await expect(contents.getByRole('link')).toHaveCount(0);
  await contents.getByRole('button', { name: /^Contents: \d+ headings$/ }).click();
  await contents.getByRole('link', { name: 'Share link' }).click();
  await expect(formats.getByRole('heading', { name: /^Share link/ })).toBeInViewport();
});

test('a drawer from below leaves the verdict in view, and its line away', async ({ playground, page }) => {
  const bar = page.getByTestId('verdict-bar');
  await playground.open('#/word/srcmap');
  await expect(page.getByRole('complementary', { name: 'Glossary' })).toBeVisible();
  await expect(playground.headline).toBeInViewport();
  await expect(bar).toBeHidden();
  // What the drawer covers is not in view.
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('main')!.style.marginTop = '420px';
  });
  await expect(bar).toBeVisible();
});
