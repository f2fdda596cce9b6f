// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { spilling } from './legible.ts';
import { PLACES } from './place-views.ts';
import { expect, test } from './playground.ts';

/** Small and large phones, a tablet upright, a window at 200 %, a tablet across, a desk. */
const WIDTHS = [320, 390, 640, 768, 915, 960, 1024, 1200, 1280, 1440];

/** What of the page lies outside of the window, or is cut. */
const outsideOf = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) =>
      element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? element.tagName;
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    // Wide, the columns scroll and the page does not.
    if (innerWidth >= 960 && document.documentElement.scrollHeight > innerHeight)
      found.push('the page scrolls down');
    // Where a column scrolls by itself, what is too wide for it is cut.
    for (const section of document.querySelectorAll('main > section'))
      if (getComputedStyle(section).overflowX !== 'visible' && section.scrollWidth > section.clientWidth + 1)
        found.push(`${section.className} is cut`);
    for (const control of document.querySelectorAll(
      'header button, header select, main button, main input',
    )) {
      // A timeline, a table of bytes or a strip may scroll by itself.
      const { left, right, width } = control.getBoundingClientRect();
      if (width > 0 && (left < 0 || right > innerWidth + 1)) found.push(name(control));
    }
    return found;
  });

test('nothing lies outside of a window, whatever its width', async ({ playground, page }) => {
  await page.setViewportSize({ width: WIDTHS[0]!, height: 900 });
  await playground.open();
  // Everything of the scenario, too, which has the longest labels.
  await page.getByText('The scenario: connection').click();
  await page.evaluate(() => scrollTo(0, 0));
  // One window that is made wider and wider, and then as narrow as at first.
  for (const width of [...WIDTHS, WIDTHS[0]!])
    await test.step(`${width} px`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => outsideOf(page)).toEqual([]);
      expect(await spilling(page)).toEqual([]);
      await expect(page.getByRole('button', { name: 'Share' })).toBeInViewport({ ratio: 1 });
    });
});

test('the header takes two lines, and three on a phone', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('A title that is longer than a phone is wide, and then some');
  await playground.kept();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const { height } = (await page.locator('#app > header').boundingBox())!;
    expect(height, `at ${width} px`).toBeLessThan(width < 560 ? 120 : 90);
  }
});

test('no place has a control outside of the smallest phone', async ({ playground, page }) => {
  await page.setViewportSize({ width: WIDTHS[0]!, height: 700 });
  await playground.open();
  for (const [address, show] of Object.entries(PLACES))
    await test.step(address, async () => {
      await show(playground);
      const outside = await page.evaluate(() => {
        const places = '[role=main], [role=dialog], .beside, .drawer';
        const controls = [...document.querySelectorAll<HTMLElement>(places)].flatMap((place) => [
          ...place.querySelectorAll<HTMLElement>('button, a.button, input, select, textarea'),
        ]);
        return controls.flatMap((control) => {
          // A table or an editor may scroll by itself.
          if (control.closest('table, .monaco-editor, .visually-hidden') || !control.checkVisibility())
            return [];
          if (control.matches('.visually-hidden') || control.parentElement!.closest('pre, .steps')) return [];
          const { left, right } = control.getBoundingClientRect();
          return left < 0 || right > innerWidth + 1 ? [control.textContent.trim().slice(0, 40)] : [];
        });
      });
      expect(outside, address).toEqual([]);
    });
});

test('two columns of the matrix fit from the smallest phone on', async ({ playground, page }) => {
  await playground.open();
  const dialog = await playground.compare('Many scenarios');
  await expect(dialog.getByText(/changes \d+ of \d+ scenarios/)).toBeVisible();
  const table = dialog.getByRole('table');
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const [inner, outer] = await table.evaluate((element) => [
      element.scrollWidth,
      element.parentElement!.clientWidth,
    ]);
    expect(inner, `at ${width} px`).toBeLessThanOrEqual(outer!);
  }
});

test('what stands under an answer of the review table ends within its cell', async ({ playground, page }) => {
  await playground.open();
  await page.evaluate(() => (location.hash = '#/review'));
  const table = page.getByRole('table');
  await expect(table.getByText('compiled kernel C').first()).toBeVisible();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await table.evaluate((element) =>
      [...element.querySelectorAll('td .trust')].flatMap((trust) => {
        const cell = trust.closest('td')!.getBoundingClientRect();
        const { right } = trust.getBoundingClientRect();
        return right > cell.right + 1 ? [trust.closest('td')!.textContent] : [];
      }),
    );
    expect(over, `at ${width} px`).toEqual([]);
  }
});

test('where the review is no table, an answer takes one line and a phone two', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 768, height: 900 });
  await playground.open();
  await page.evaluate(() => (location.hash = '#/review'));
  const cell = page.getByRole('table').locator('td > button').first();
  await expect(cell).toContainText('compiled kernel C');
  expect((await cell.boundingBox())!.height).toBeLessThan(36);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await cell.boundingBox())!.height).toBeGreaterThan(40);
});

test('a dialog with few controls is as high as they are, and not much wider', async ({
  playground,
  page,
}) => {
  await playground.open();
  const dialog = await playground.compare('Find a difference');
  const last = dialog.getByRole('button', { name: /^Find it in/ });
  await expect(last).toBeVisible();
  const [box, button] = [await dialog.boundingBox(), await last.boundingBox()];
  expect(box!.y + box!.height - (button!.y + button!.height)).toBeLessThan(40);
  expect(box!.height).toBeLessThan(page.viewportSize()!.height / 2);
  // Nor is it wider than they need, and coming to it moves nothing.
  expect(box!.width).toBeLessThan(760);
  await dialog.getByRole('button', { name: 'Many scenarios' }).click();
  await expect(dialog.getByText(/changes \d+ of \d+ scenarios/)).toBeVisible();
  expect((await dialog.boundingBox())!.x).toBeCloseTo(box!.x);
});
