// SPDX-License-Identifier: MIT
// On paper: what the kernel made of which reply, on white, without controls, and nothing cut.
import type { Page } from '@playwright/test';
import { PLACES, TOOLS } from './place-views.ts';
import { expect, test } from './playground.ts';

/** The width of A4 within its margins. */
const PAPER = { width: 688, height: 1000 };
const LONG_TITLE = 'A title that is longer than the paper is wide '.repeat(4).trim();

async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize(PAPER);
}

/** What is written on paper, with what styles add from attributes, by the path to it. */
const paperText = (page: Page) =>
  page.evaluate(() => {
    const text = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (!(node instanceof Element)) return '';
      // What stands there by its contents alone has no box.
      const boxless = getComputedStyle(node).display === 'contents';
      if (!boxless && !node.checkVisibility()) return '';
      if (node instanceof HTMLSelectElement) return `${node.selectedOptions[0]?.text ?? ''} `;
      const own = node.hasAttribute('data-paper') ? (node.getAttribute('data-paper') ?? '') : '';
      const title = node.getAttribute('data-title') ?? '';
      return `${[...node.childNodes].map(text).join('')}${own}${title} `;
    };
    return text(document.querySelector('#app')!).replace(/\s+/g, ' ');
  });

test('paper has verdict, notes, reply, checks and structs, and nothing to operate', async ({
  playground,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await playground.open();
  await playground.title.fill(LONG_TITLE);
  await playground.kept();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await page.getByRole('button', { name: /^read-after-pos.*refused here/ }).click();
  await expect(page.getByText('About this check')).toBeVisible();
  await onPaper(page);

  const told = await paperText(page);
  for (const part of [
    LONG_TITLE,
    'Refused',
    'The kernel wants to read 8 KiB of a file',
    'The kernel asks FUSE_IOMAP_BEGIN',
    'offset 8192',
    'left out: a pure overwrite',
    'offset aligned',
    'read-after-pos',
    'srcmap',
  ])
    expect(told).toContain(part);
  for (const control of [
    'About this check',
    'Kept',
    'Share',
    'Examples',
    'Copy',
    'Edit',
    'Apply',
    '+ step',
    'Raw bytes',
    '▾',
  ])
    expect(told).not.toContain(control);

  const operable = page.locator('input, textarea, nav, [role=tab], [role=listbox], .button');
  await expect(operable.filter({ visible: true })).toHaveCount(0);
});

test('paper is white under a dark page, and what stands on it can be read', async ({ playground, page }) => {
  await page.addInitScript(() => localStorage.setItem('iomap-playground:theme', 'dark'));
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await onPaper(page);
  const pale = await page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    /** Contrast of a colour on white. */
    const onWhite = (colour: string) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
        const part = byte / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 1.05 / (0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05);
    };
    return [...document.querySelectorAll('#app *')].flatMap((element) => {
      const own = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
      if (!own || !element.checkVisibility()) return [];
      const { color, backgroundColor } = getComputedStyle(element);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return [`background ${element.outerHTML.slice(0, 80)}`];
      return onWhite(color) < 4.5 ? [`${color} ${element.outerHTML.slice(0, 80)}`] : [];
    });
  });
  expect(pale).toEqual([]);
});

/** What is cut or lies outside of the paper, by what it is. */
async function cutOnPaper(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#app, #app *')].flatMap((element) => {
      if (!element.checkVisibility() || element.matches('.visually-hidden, .visually-hidden *')) return [];
      const { overflowX, overflowY, display } = getComputedStyle(element);
      const { left, right } = element.getBoundingClientRect();
      const name = `${element.tagName} ${element.className}`;
      if (display !== 'inline' && (left < -1 || right > innerWidth + 1)) return [`outside: ${name}`];
      const wide = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      const high = overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1;
      return wide || high ? [`cut: ${name}`] : [];
    }),
  );
}

test('nothing is cut on paper', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read length').fill('1000');
  await expect(playground.headline).toHaveText('Refused');
  await onPaper(page);
  expect(await cutOnPaper(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(true);
});

/** Every place whose tool stands in the place of the columns. */
const INSTEAD = TOOLS.flatMap(({ opens, place }) => (opens === 'instead' && place ? [place.name] : []));
const ON_PAPER = Object.entries(PLACES).filter(([address]) => INSTEAD.includes(address.split('/')[1]!));

test('nothing of a page in place of the columns is cut on paper, the map and its table neither', async ({
  playground,
  page,
}) => {
  await playground.open();
  for (const [address, show] of ON_PAPER)
    await test.step(address, async () => {
      await show(playground);
      if (address.startsWith('#/map')) await expect(page.locator('.map[data-whole=true]')).toBeVisible();
      await onPaper(page);
      expect.soft(await cutOnPaper(page), address).toEqual([]);
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1280, height: 720 });
    });
  // The document with the widest tables; links to its own headings lead nowhere on paper.
  await page.evaluate(() => (location.hash = '#/docs/formats'));
  await expect(page.getByRole('cell', { name: 'kernel.config.FUSE_IOMAP_DEBUG' })).toBeVisible();
  await onPaper(page);
  expect.soft(await cutOnPaper(page)).toEqual([]);
  // Nor is a column so narrow that a short word breaks in it.
  const kind = await page.getByRole('columnheader', { name: 'kind', exact: true }).first().boundingBox();
  expect(kind!.height).toBeLessThan(40);
  await expect(page.getByRole('link', { name: /^Address of / })).toHaveCount(0);
  // What is folded is left out with what it is called.
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => (location.hash = '#/lessons'));
  await expect(page.getByText('What you can say afterwards').first()).toBeVisible();
  await onPaper(page);
  await expect(page.getByText('What you can say afterwards').filter({ visible: true })).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.evaluate(() => (location.hash = '#/map/read.offset,read.length'));
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await onPaper(page);
  expect(await cutOnPaper(page)).toEqual([]);
});

test('what lies over or beside the columns is not printed over them', async ({ playground, page }) => {
  await playground.open('#/word/srcmap', { introduction: true });
  await expect(page.getByRole('heading', { name: 'srcmap', level: 3 })).toBeVisible();
  await onPaper(page);
  const told = await paperText(page);
  expect(told).not.toContain('You are the file system');
  expect(told).not.toContain('Where the old bytes are');
  expect(told).toContain('Accepted');
});

test('all calls of a step are on paper, whole', async ({ playground, page }) => {
  await playground.open();
  const replies = Array.from({ length: 16 }, (_, i) => ({
    read: { offset: i * 4096, length: 4096, addr: (2 << 20) + i * 8192, type: 'MAPPED', dev: 1 },
  }));
  const steps = [{ do: 'backing_open' }, { do: 'pread', offset: 0, length: '64K', direct: true, replies }];
  await playground.drop('many.json', JSON.stringify({ format: 1, show: 1, steps }));
  const calls = page.getByRole('listbox', { name: 'Calls inside the step' });
  await expect(calls).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await onPaper(page);
  const rows = calls.getByRole('option');
  expect(await rows.count()).toBeGreaterThan(30);
  await expect(rows).toHaveCount(Number(await rows.first().getAttribute('aria-setsize')));
  expect(await cutOnPaper(page)).toEqual([]);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
});

test('the whole document is printed where it lies open', async ({ playground, page }) => {
  await playground.open();
  await playground.tab('Document');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await onPaper(page);
  expect(await paperText(page)).toContain('"do": "backing_close"');
  // What follows it stands below the text, not where the editor would end.
  const document = page.getByRole('tabpanel', { name: 'Document' });
  const lines = await document.evaluate((panel) => {
    const { lineHeight } = getComputedStyle(panel, '::after');
    return panel.getBoundingClientRect().height / parseFloat(lineHeight);
  });
  const written = (await document.getAttribute('data-paper'))!.split('\n').length;
  expect(lines).toBeLessThan(2 * written);
});
