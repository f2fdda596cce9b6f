// SPDX-License-Identifier: MIT
// The introduction of a first visit: it comes late into room that is kept, and goes for good.
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

const band = (page: import('@playwright/test').Page) => page.getByRole('region', { name: 'Introduction' });

test('the introduction comes after the verdict, and moves nothing', async ({ playground, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // The first verdict is watched until the page takes its place.
  await page.addInitScript(() => {
    const tops: number[] = [];
    Object.assign(window, { tops });
    new MutationObserver(() => {
      const top = document.querySelector('.kernel .the-verdict')?.getBoundingClientRect().top;
      if (top !== undefined && top !== tops.at(-1)) tops.push(top);
    }).observe(document, { childList: true, subtree: true });
  });
  await playground.open('', { introduction: true });
  await expect(band(page)).toContainText('You are the file system');
  await expect(band(page).getByRole('img')).toBeVisible();
  const bottom = await band(page).evaluate((element) => element.getBoundingClientRect().bottom);
  const main = await page.locator('main').evaluate((element) => element.getBoundingClientRect().top);
  expect(main).toBeCloseTo(bottom, 0);
  // The room was there with the first verdict: below the band from the beginning.
  const tops = await page.evaluate(() => (window as unknown as { tops: number[] }).tops);
  for (const top of tops) expect(top).toBeGreaterThan(bottom);
  expect(asked.some((path) => /IntroText/.test(path))).toBe(true);
  expect(asked.findIndex((path) => /IntroText/.test(path))).toBeGreaterThan(
    asked.findIndex((path) => /engine/.test(path)),
  );
});

test('the notes say what to do before anything is done', async ({ playground, page }) => {
  await playground.open('', { introduction: true });
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('Try this first');
});

test('on a wide page the notes stand before the question', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open();
  const notes = (await page.getByRole('region', { name: 'Notes' }).boundingBox())!;
  const question = (await playground.field('iomap_begin pos').boundingBox())!;
  expect(notes.y + notes.height).toBeLessThanOrEqual(question.y);
});

test('closed, it is remembered; Help has it again', async ({ playground, page }) => {
  await playground.open('', { introduction: true });
  await band(page).getByRole('button', { name: 'Close the introduction' }).press('Enter');
  await expect(band(page)).toHaveCount(0);
  await expect(playground.steps).toBeFocused();
  await page.reload();
  await playground.settled();
  await expect(band(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText('You are the file system');
});

test('whoever opens a link comes for its case', async ({ playground, page, context }) => {
  await playground.open('', { introduction: true });
  const link = new URL(await playground.share());
  const other = await context.newPage();
  await other.goto(`./${link.hash}`);
  await expect(other.getByRole('listbox', { name: 'Steps' })).toBeVisible();
  await expect(band(other)).toHaveCount(0);
  await expect(band(page)).toBeVisible();
});

test('a word of it opens beside it, and a view in place of the columns hides it', async ({
  playground,
  page,
}) => {
  await playground.open('', { introduction: true });
  await band(page).getByRole('button', { name: 'server' }).click();
  await expect(page.getByRole('heading', { name: 'server', level: 3 })).toBeVisible();
  await expect(band(page)).toBeVisible();
  await page.evaluate(() => (location.hash = '#/docs/limits'));
  await expect(page.getByRole('main', { name: 'Limits' })).toBeVisible();
  await expect(band(page)).toHaveCount(0);
});

for (const width of [320, 360, 390, 480, 768, 960, 1100, 1280, 1400, 1440, 1920])
  test(`it fits the room that is kept at ${width} px, and nothing scrolls sideways`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await playground.open('', { introduction: true });
    await expect(band(page)).toContainText('checks each answer');
    const fit = await band(page).evaluate((element) => element.scrollHeight - element.clientHeight);
    expect(fit).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    // On a phone the task stands above the verdict; elsewhere the notes have it.
    const task = band(page).getByText('Try this first');
    await expect(task).toBeVisible({ visible: width < 960 });
    await expect(band(page).getByRole('link', { name: 'The lessons' })).toBeInViewport({ ratio: 1 });
  });

for (const width of [390, 1440])
  test(`axe finds nothing in a first visit of ${width} px, light or dark`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await playground.open('', { introduction: true });
    await expect(band(page)).toContainText('checks each answer');
    expect(await faultsOfThemes(page)).toEqual([]);
  });
