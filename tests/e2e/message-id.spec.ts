// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('a known message-id leads to its revision, cases and checks; an unknown one is told what to paste', async ({
  page,
  playground,
}) => {
  await playground.open();
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await paste('https://lore.kernel.org/r/177188734331.3935739.8531952052217110945.stgit@frogsfrogsfrogs/');
  await expect(playground.notices).toContainText('This is patch 04/33 of v7, 23 February 2026.');
  await playground.notices.getByRole('button', { name: 'Answer as v7-04' }).click();
  await expect(page.getByLabel('Revision of the patch series that answers')).toHaveValue('v7-04');
  await paste('<20260205192550.2124130-1-clm@meta.com>');
  await playground.notices.getByRole('button', { name: 'Case end-addr-dev' }).click();
  await expect(page.getByRole('main', { name: /^What reviewers asked/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await paste('<nobody@example.org>');
  await expect(playground.notices).toContainText('Paste the patch itself');
  expect(asked.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
});
