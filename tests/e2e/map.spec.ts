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

const overview = (page: Page) => view(page).getByRole('region', { name: 'The whole range' });

test('beside a near map stands the whole range, and a click in it shows another part', async ({ page }) => {
  await page.goto('./#/map/read.offset,read.length');
  await whole(page);
  const picture = overview(page).getByRole('img');
  await expect(picture).toHaveAttribute('data-whole', 'true');
  await expect(legend(page)).toContainText('Only in the whole range');
  await expect(legend(page)).toContainText('offset-past-maxbytes');
  await expect(cursor(page)).toContainText('Accepted');
  const box = (await picture.boundingBox())!;
  await picture.click({ position: { x: box.width - 2, y: 2 } });
  await whole(page);
  await expect(spoken(page)).toContainText(
    /^read.offset 1844674407\d+, read.length 1844674407\d+: refused by /,
  );
  await view(page).getByRole('button', { name: 'powers of 2', exact: true }).click();
  await expect(overview(page)).toHaveCount(0);
});

test('a map that was moved before its core came is not drawn, and only the newest is asked', async ({
  page,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.map-*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(() => {
    const parts: number[] = [];
    Object.assign(window, { parts });
    const Plain = window.Worker;
    window.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'map')
          this.addEventListener('message', ({ data }) => {
            if (data.kind === 'part') parts.push(data.part.columns * data.part.rows);
          });
      }
    };
  });
  await page.goto('./#/map/read.offset,read.length');
  const button = (name: string) => view(page).getByRole('button', { name, exact: true });
  await button('blocks').click();
  await button('powers of 2').click();
  await button('1 byte').click();
  await expect(button('1 byte')).toHaveAttribute('aria-pressed', 'true');
  release();
  await whole(page);
  await expect(overview(page).getByRole('img')).toHaveAttribute('data-whole', 'true');
  // The map of 32 by 32 single values, and the overview; none of the two large ones.
  const parts = await page.evaluate(() => (window as unknown as { parts: number[] }).parts);
  expect(parts.filter((points) => points === 32 * 32)).toHaveLength(1);
  expect(parts.reduce((sum, points) => sum + points, 0)).toBeLessThan(150_000);
});

/** The colours of a map's pixels, each as one number. */
const colours = (page: Page) =>
  map(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return [...new Set(new Uint32Array(data.buffer))];
    });
const WHITE = 0xff_ff_ff_ff;

test('its patterns stay where a reader forces colours, and paper is white under a dark page', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('./#/map/read.offset,read.length');
  await whole(page);
  expect((await colours(page)).length).toBeGreaterThan(5);
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' });
  await expect.poll(async () => (await colours(page)).includes(WHITE)).toBe(false);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect.poll(async () => (await colours(page)).includes(WHITE)).toBe(true);
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
