// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('the page says which build it is, and leads to its licences and its source', async ({
  playground,
  page,
  context,
}) => {
  await playground.open();
  await page.locator('body').press('?');
  const dialog = page.getByRole('dialog', { name: 'Help' });
  await expect(dialog.getByText(/^Build \d+\.\d+\.\d+\+[0-9a-f]{8}$/)).toBeVisible();
  for (const [name, words] of [
    ['Licences', 'MIT AND GPL-2.0-only'],
    ['Third-party notices', 'assemblyscript'],
    ['Source of the core', 'assembly/fs/fuse/file_iomap.ts'],
  ] as const) {
    const opened = context.waitForEvent('page');
    await dialog.getByRole('link', { name }).click();
    const other = await opened;
    await expect(other.locator('body')).toContainText(words);
    await other.close();
  }
});
