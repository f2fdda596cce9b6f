// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

test('the document marks a refused field with the words of the check', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await playground.tab('Document');
  const editor = page.getByTestId('monaco');
  await expect(editor.locator('.squiggly-error')).toBeVisible();
  await expect(editor.locator('.squiggly-error')).toHaveCount(1);
  // The mark lies under the text, so the pointer goes to its place, and there again if the page moved it.
  await expect(async () => {
    const box = (await editor.locator('.squiggly-error').boundingBox())!;
    await page.mouse.move(0, 0);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const hover = page.locator('.monaco-hover').first();
    await expect(hover).toContainText('The read mapping starts at byte 8192', { timeout: 5000 });
  }).toPass();
});

test('typing in the document and editing in the form are the same undo', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read length').fill('4096');
  await playground.field('read length').blur();
  await playground.tab('Document');
  const editor = page.getByTestId('monaco');
  await editor.locator('.view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('x');
  await expect(playground.trouble).toContainText("can't be run");
  await page.keyboard.press('Control+z');
  await expect(playground.trouble).toBeHidden();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Escape');
  await playground.tab('Form');
  await expect(playground.field('read length')).toHaveValue('8192');
});

test('an edit in the form keeps the rest of the text as it was written', async ({ playground, page }) => {
  await playground.open();
  const text = '{"format":1,\n\n   "title":"Odd",  "steps":[ {"do":"iomap_begin",   "pos":  "0x1000"} ]}';
  await playground.drop('odd.json', text);
  await expect(playground.title).toHaveValue('Odd');
  await playground.field('iomap_begin pos').fill('8K');
  const download = page.waitForEvent('download');
  await playground.file(/^Download/);
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(text.replace('0x1000', '8K'));
  expect((await download).suggestedFilename()).toBe('odd.json');
});

test('the schema completes what is typed', async ({ playground, page }) => {
  await playground.open();
  await playground.drop('x.json', '{"format":1,"steps":[{"do":"iomap_begin","reply":{"read":{"type":""}}}]}');
  await page.getByRole('button', { name: 'Open it as a document' }).click();
  await page.getByTestId('monaco').locator('.view-line').first().click();
  await page.keyboard.press('Control+End');
  for (let i = 0; i < '"}}}]}'.length; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-widget')).toContainText('UNWRITTEN');
});

test('escape leaves the editor', async ({ playground, page }) => {
  await playground.open();
  await playground.tab('Document');
  await page.getByTestId('monaco').locator('.view-line').first().click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Document' })).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the document is a plain text field with problems to tap', async ({ playground, page }) => {
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    await playground.open();
    await playground.tab('Document');
    const text = page.getByRole('textbox', { name: 'The document' });
    await text.fill((await text.inputValue()).replace('"MAPPED"', '"MAPED"'));
    await page.getByRole('list', { name: 'Problems' }).getByRole('button').first().click();
    const selected = await text.evaluate((field: HTMLTextAreaElement) =>
      field.value.slice(field.selectionStart, field.selectionEnd),
    );
    expect(selected).toBe('"MAPED"');
    expect(scripts.filter((url) => /monaco/i.test(url))).toEqual([]);
  });

  test('a line of verdict stays in view while a field is edited', async ({ playground, page }) => {
    await playground.open();
    await playground.field('read dev').evaluate((field) => field.scrollIntoView());
    await expect(playground.headline).not.toBeInViewport();
    await expect(page.getByTestId('verdict-bar')).toBeInViewport();
    await playground.field('read dev').fill('9');
    await expect(page.getByTestId('verdict-bar')).toContainText('dev-not-found');
  });
});
