// SPDX-License-Identifier: MIT
// Whatever takes the place of the document sets it aside: Back, a reload and a crash all find it again.
import type { Page } from '@playwright/test';
import { encodeLink } from '#engine/link/codec.ts';
import { Playground, expect, test } from './playground.ts';

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

for (const [what, replace] of WAYS)
  test(`Back brings the work back that ${what} took the place of, also after a reload`, async ({
    playground,
    page,
  }) => {
    await playground.open();
    await playground.title.fill('My work');
    await replace(playground, page);
    await expect(playground.title).not.toHaveValue('My work');
    await playground.kept();
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
  await playground.kept();
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

test('a reload of a page that nobody touched warns of nothing, with or without a dialog', async ({
  playground,
  page,
}) => {
  await playground.open();
  const piece = () => page.evaluate(() => (history.state as { piece: string } | null)?.piece);
  const tool = () => page.evaluate(() => (history.state as { tool?: string } | null)?.tool);
  await expect.poll(piece).toBeTruthy();
  const before = await piece();
  for (const dialog of ['Help', null]) {
    if (dialog) await page.keyboard.press('?');
    if (dialog) await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await page.reload();
    await playground.settled();
    await page.keyboard.press('Escape');
    // Closing a dialog goes back in the history, and a reload on the way there would be one of either entry.
    await expect.poll(tool).toBeUndefined();
  }
  // Once something was kept, the page has looked up all that it was to look up.
  await playground.title.fill('Mine');
  await playground.kept();
  expect((await playground.notices.allInnerTexts()).join('')).toBe('');
  expect(await piece()).toBe(before);
});

test('a link that can’t be used stays the address while that is told, so that a reload reads it again', async ({
  playground,
  page,
}) => {
  const told = page.getByText('This link can’t be opened');
  const broken = LINK.slice(0, -9);
  await page.goto(`./${broken}`);
  await expect(told).toBeVisible();
  // The list is there once all is read that a visit begins with.
  await playground.file('Bring back earlier work…');
  await expect(page.getByText('There is none yet')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(told).toBeVisible();
  expect(new URL(page.url()).hash).toBe(broken);
  // Whoever goes on without it has an address of their own.
  await playground.title.fill('Mine');
  await playground.kept();
  await expect.poll(() => new URL(page.url()).hash).not.toBe(broken);
});

test('a long link and an arrow key cost no kept work', async ({ playground, page, context }) => {
  await playground.open();
  await playground.title.fill('Only copy');
  await page.close();
  const second = await context.newPage();
  await second.goto(`./${LINK}`);
  await second.getByRole('listbox', { name: 'Steps' }).press('ArrowRight');
  await new Playground(second).kept();
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
  await playground.kept();
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

test('Back and Forward find each scenario as it was left, with a reload at any of them', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('First, edited');
  await playground.example('A read, accepted');
  await playground.title.fill('Second, edited');
  await playground.file('New scenario');
  await playground.title.fill('Third');
  // What was typed just before Back is there at Forward.
  await page.goBack();
  await expect(playground.title).toHaveValue('Second, edited');
  await playground.title.fill('Second, edited twice');
  await page.goBack();
  await expect(playground.title).toHaveValue('First, edited');
  await playground.kept();
  await page.reload();
  await expect(playground.title).toHaveValue('First, edited');
  await page.goForward();
  await expect(playground.title).toHaveValue('Second, edited twice');
  await playground.kept();
  await page.reload();
  await page.goForward();
  await expect(playground.title).toHaveValue('Third');
});

test('Back to another site and on to an earlier scenario shows that one', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('First, edited');
  await playground.example('A read, accepted');
  await playground.title.fill('Second, edited');
  await playground.kept();
  await page.goto('about:blank');
  await page.evaluate(() => history.go(-2));
  await expect(playground.title).toHaveValue('First, edited');
  await page.goForward();
  await expect(playground.title).toHaveValue('Second, edited');
});

test('a link opened over the work from another site is gone by Back, and both are kept', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('My work');
  await playground.kept();
  await page.goto('about:blank');
  await page.goto(`./${LINK}`);
  await playground.title.fill('Another, edited');
  await playground.kept();
  await page.goBack();
  await page.goBack();
  await expect(playground.title).toHaveValue('My work');
  await playground.file('Bring back earlier work');
  await expect(page.getByRole('dialog')).toContainText('Another, edited');
});

test('a reload that overtakes the address on its way shows the work', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('My work');
  await expect.poll(() => page.url()).toContain('#1.');
  const before = page.url();
  await playground.title.fill('My work, edited');
  await expect.poll(() => page.url()).not.toBe(before);
  await playground.kept();
  await page.evaluate((url) => history.replaceState(null, '', url), before);
  await page.reload();
  await expect(playground.title).toHaveValue('My work, edited');
  // Whoever opens that link anew gets what it holds.
  await page.goto('about:blank');
  await page.goto(before);
  await expect(playground.title).toHaveValue('My work');
});

test('a scenario whose piece is gone comes back from the link in the address', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('My work');
  await expect.poll(() => page.url()).toContain('#1.');
  await playground.example('A read, accepted');
  await playground.kept();
  await page.evaluate(() => indexedDB.databases().then(([one]) => indexedDB.deleteDatabase(one!.name!)));
  await page.goBack();
  await expect(playground.title).toHaveValue('My work');
});

test('a duplicated tab shares what was, and overwrites nothing of the other', async ({
  playground,
  page,
  context,
}) => {
  await playground.open();
  await playground.title.fill('Before both');
  await playground.example('A read, accepted');
  await playground.kept();
  // A duplicate has a copy of the tab's own storage, its address and its entry of the history.
  const copy = await page.evaluate(() => ({
    stored: { ...sessionStorage } as Record<string, string>,
    state: history.state as unknown,
    url: location.href,
  }));
  const second = await context.newPage();
  await second.addInitScript(({ stored, state, url }) => {
    if (sessionStorage.length > 0 || location.href !== url) return;
    for (const [name, value] of Object.entries(stored)) sessionStorage.setItem(name, value);
    history.replaceState(state, '');
  }, copy);
  await second.goto(copy.url);
  const other = new Playground(second);
  await expect(other.title).toHaveValue('A read, accepted');
  await playground.title.fill('Of the first');
  await other.title.fill('Of the second');
  for (const each of [playground, other]) await each.file('New scenario');
  for (const each of [playground, other]) await each.kept();
  await page.goBack();
  await second.goBack();
  await expect(playground.title).toHaveValue('Of the first');
  await expect(other.title).toHaveValue('Of the second');
  await playground.kept();
  await other.kept();
  await page.reload();
  await second.reload();
  await expect(playground.title).toHaveValue('Of the first');
  await expect(other.title).toHaveValue('Of the second');
});
