// SPDX-License-Identifier: MIT
// Whatever takes the place of the document sets it aside: Back, a reload and a crash all find it again.
import type { Page } from '@playwright/test';
import { encodeLink } from '#engine/link/codec.ts';
import { expect, test, type Playground } from './playground.ts';

const OTHER = {
  format: 1n,
  title: 'Another',
  steps: [
    { do: 'backing_close', id: 5n },
    { do: 'backing_close', id: 7n },
  ],
};
const LINK = encodeLink({ scenario: OTHER, step: 0, verdict: null, view: '' });
const FILE = '{"format":1,"title":"Another","steps":[{"do":"unmount"}]}';

async function paste(playground: Playground, text: string): Promise<void> {
  await playground.file('Paste anything');
  const dialog = playground.page.getByRole('dialog', { name: 'Paste anything' });
  await dialog.getByRole('textbox', { name: 'Pasted text' }).fill(text);
  await dialog.getByRole('button', { name: 'Open as the scenario' }).click();
}

const WAYS: [string, (playground: Playground, page: Page) => Promise<unknown>][] = [
  ['an example', (playground) => playground.example('A read, accepted')],
  ['New', (playground) => playground.file('New scenario')],
  ['a dropped file', (playground) => playground.drop('x.json', FILE)],
  ['a followed link', (_, page) => page.evaluate((to) => (location.hash = to), LINK)],
  ['a pasted link', (playground) => paste(playground, LINK)],
  ['a pasted scenario', (playground) => paste(playground, FILE)],
];

/** Waits until the database has acknowledged all that the tab shows. */
async function kept(page: Page): Promise<void> {
  const settled = () =>
    page.evaluate(() => {
      const stored = Object.entries({ ...sessionStorage } as Record<string, string>);
      const tab = stored.find(([name]) => name.endsWith(':tab'))?.[1] ?? '{}';
      const waits = stored.some(([name]) => name.endsWith(':waiting'));
      const { seq } = JSON.parse(tab) as { seq?: number };
      return !waits && document.documentElement.dataset['kept'] === String(seq);
    });
  await expect.poll(settled).toBe(true);
}

for (const [what, replace] of WAYS)
  test(`Back brings the work back that ${what} took the place of, also after a reload`, async ({
    playground,
    page,
  }) => {
    await playground.open();
    await playground.title.fill('My work');
    await replace(playground, page);
    await expect(playground.title).not.toHaveValue('My work');
    await kept(page);
    await page.reload();
    await playground.settled();
    await expect(playground.title).not.toHaveValue('My work');
    await page.goBack();
    await expect(playground.title).toHaveValue('My work');
    await page.goForward();
    await expect(playground.title).not.toHaveValue('My work');
    await playground.file('Bring back earlier work');
    await expect(page.getByRole('dialog')).toContainText('My work');
  });

test('a piece is set aside once, however often the page is reloaded', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('My work');
  await kept(page);
  await page.goto('about:blank');
  await page.goto(`./${LINK}`);
  await expect(playground.title).toHaveValue('Another');
  for (let i = 0; i < 3; i++) {
    await page.reload();
    await playground.settled();
  }
  await playground.file('Bring back earlier work');
  await expect(page.getByRole('dialog').getByText('My work')).toHaveCount(1);
});

test('a long link and an arrow key cost no kept work', async ({ playground, page, context }) => {
  await playground.open();
  await playground.title.fill('Only copy');
  await page.close();
  const second = await context.newPage();
  await second.goto(`./${LINK}`);
  await second.getByRole('listbox', { name: 'Steps' }).press('ArrowRight');
  await kept(second);
  await second.goto('about:blank');
  await second.goto('./');
  await second.getByRole('button', { name: 'File', exact: true }).click();
  await second.getByRole('menuitem', { name: 'Bring back earlier work' }).click();
  await expect(second.getByRole('dialog')).toContainText('Only copy');
});

test('Back closes a dialog before it leaves the scenario, and Escape takes its entry away', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('My work');
  await playground.example('A read, accepted');
  const dialog = page.getByRole('dialog', { name: 'Examples' });
  for (const way of ['Escape', 'Back']) {
    await page.getByRole('button', { name: 'Examples' }).click();
    await expect(dialog).toBeVisible();
    if (way === 'Escape') await page.keyboard.press('Escape');
    else await page.goBack();
    await expect(dialog).toBeHidden();
    await expect(playground.title).toHaveValue('A read, accepted');
    await expect.poll(() => page.evaluate(() => 'tool' in (history.state as object))).toBe(false);
  }
  await page.goBack();
  await expect(playground.title).toHaveValue('My work');
});

test('a database of a newer page is left alone, and that is said', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('My work');
  await kept(page);
  await page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()) as [{ name: string }];
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, 99);
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
  });
  await page.reload();
  await playground.title.fill('Mine too');
  await expect(playground.notices).toContainText('A newer version of this page has kept work');
  await page.reload();
  await expect(playground.title).toHaveValue('Mine too');
});
