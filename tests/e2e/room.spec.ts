// SPDX-License-Identifier: MIT
// Where the browser has no room or no storage for the work, that is said, and nothing that was kept goes.
import type { Page } from '@playwright/test';
import { expect, test } from './playground.ts';

/** From now on, and after each reload, the database has no room for a text longer than this. */
async function fill(page: Page, longest: number): Promise<void> {
  const limit = (most: number) => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value: unknown, ...rest) {
      if (typeof value === 'string' && value.length > most && !('roomAgain' in window))
        throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, ...rest);
    };
  };
  await page.addInitScript(limit, longest);
  await page.evaluate(limit, longest);
}

const ofLength = (title: string, length: number) =>
  JSON.stringify({ format: 1, title, steps: [{ do: 'unmount' }] }) + '\n'.repeat(length);

test('a full database is told of once, keeps what it has, and goes on when there is room', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('Small');
  await playground.kept();
  await fill(page, 5000);
  await playground.drop('large.json', ofLength('Large', 6000));
  await expect(playground.keptSign).toHaveText('Not kept');
  await expect(playground.notices).toContainText('no more room');
  await expect(playground.notices).toContainText('kept for a reload of this tab only');
  await playground.notices.getByRole('button', { name: 'Close this message' }).click();
  await playground.title.fill('Large, edited');
  await page.reload();
  await expect(playground.title).toHaveValue('Large, edited');
  await page.goBack();
  await expect(playground.title).toHaveValue('Small');
  // The large piece waits in the tab, and holds back nothing.
  await expect(playground.notices).toContainText('What was shown before is kept in this tab only');
  await playground.title.fill('Small again');
  await page.reload();
  await expect(playground.title).toHaveValue('Small again');
  await page.goForward();
  await expect(playground.title).toHaveValue('Large, edited');
  await page.evaluate(() => Object.assign(window, { roomAgain: true }));
  await playground.title.fill('There is room');
  await playground.kept();
  await expect(playground.notices).not.toContainText('no more room');
});

test('a document of over 5 MB costs no other piece, and is found after a reload and by Back', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('Small');
  await playground.kept();
  await playground.drop('large.json', ofLength('Large', 5_500_000));
  await expect(playground.title).toHaveValue('Large');
  await playground.title.fill('Large, edited');
  await playground.kept();
  await page.reload();
  await expect(playground.title).toHaveValue('Large, edited');
  await page.goBack();
  await expect(playground.title).toHaveValue('Small');
  await page.goForward();
  await expect(playground.title).toHaveValue('Large, edited');
  await expect(playground.notices).not.toContainText('not saved');
});

test('without a database the work is kept in the tab, that is said once, and the list has what was set aside', async ({
  playground,
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  await playground.open();
  await expect(playground.notices.locator('p')).toHaveCount(0);
  await playground.title.fill('My work');
  await expect(playground.notices).toContainText('no database');
  await expect(playground.notices).toContainText('for a reload of this tab only');
  await playground.notices.getByRole('button', { name: 'Close this message' }).click();
  await playground.example('A read, accepted');
  await expect(playground.keptSign).toHaveText('Not kept');
  await expect(playground.notices).not.toContainText('no database');
  await page.reload();
  await expect(playground.title).toHaveValue('A read, accepted');
  await page.goBack();
  await expect(playground.title).toHaveValue('My work');
  await page.goForward();
  await playground.file('Bring back earlier work');
  await expect(page.getByRole('dialog')).toContainText('My work');
});

test('work of a newer page in the tab’s own storage is left alone, and that is said', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.title.fill('My work');
  await playground.kept();
  const newer = await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.endsWith(':tab'))!;
    const work = JSON.parse(sessionStorage.getItem(key)!) as object;
    addEventListener('pagehide', () => sessionStorage.setItem(key, text));
    const text = JSON.stringify({ ...work, format: 99, text: 'in another form' });
    return { key, text };
  });
  await page.goto('about:blank');
  await page.goto('./');
  await playground.title.fill('Mine too');
  await expect(playground.notices).toContainText('A newer version of this page has work in this tab');
  expect(await page.evaluate((key) => sessionStorage.getItem(key), newer.key)).toBe(newer.text);
});
