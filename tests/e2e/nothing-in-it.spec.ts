// SPDX-License-Identifier: MIT
// What the page can take nothing from says so, and what to do instead.
import { expect, test } from './playground.ts';

test('a file that is not UTF-8 is told what would be read', async ({ playground, page }) => {
  await playground.open();
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array([0xff, 0xfe, 0x7b, 0])], 'wide.json'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(playground.notices).toContainText('wide.json is not UTF-8 text');
  await expect(playground.notices).toContainText('Save it as UTF-8, or paste the text itself');
});

test('white space is told as that, on the page and in the dialog', async ({ playground, page }) => {
  await playground.open();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ' \n\t');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await expect(playground.notices).toContainText('only white space');
  await playground.file('Paste anything…');
  const dialog = page.getByRole('dialog', { name: 'Paste anything' });
  const said = dialog.getByRole('status');
  await expect(said).toBeEmpty();
  await dialog.getByRole('textbox').fill(' \n ');
  await expect(said).toHaveText('There is only white space in it.');
  await dialog.getByRole('textbox').fill('no scenario');
  await expect(said).not.toContainText('white space');
});
