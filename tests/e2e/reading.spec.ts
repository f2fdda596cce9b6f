// SPDX-License-Identifier: MIT
// Long texts of strangers are read in a worker, and the page goes on answering.
import type { Page } from '@playwright/test';
import { holdQuestions } from './held.ts';
import { expect, test } from './playground.ts';

/** How long the texts are. */
const SIZES = (process.env['READ_CHARS'] ?? '1000000').split(',').map(Number);

test.describe.configure({ timeout: 240_000 });
/** The longest takes seconds on a quiet machine. */
const READ = { timeout: 90_000 };

const MAIL = 'From: a\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n';
const PARTS = `${MAIL}Content-Type: multipart/mixed; boundary=b\n\n`;
const CARD = 'iomap-playground card 1-aa\n\n';

/** Texts that readers took long for: what they begin with, and what is repeated. */
const TEXTS: Record<string, [head: string, unit: string]> = {
  'comments in C': ['struct fuse_iomap_io read = { .length = 1 };', '/* '],
  'a card without an end': [CARD, '"a '],
  'cards within each other': ['', CARD],
  'addresses of a mail': [`${MAIL}To: `, 'a:'],
  'parts of a mail': [PARTS, '--b\n'],
  'parts of a mail with headers': [PARTS, '--b\nA: b\n\nx\n'],
  'quote marks': ['', '>'],
  'hunks of a patch': ['', '@@ -1,9 +1,9 @@\n a\n'],
  'bytes of a dump': ['', '00 '],
  'trace lines': ['', 'fuse_iomap_begin: '],
  'keys that come again': ['{"format":1,"steps":[{', '"toString":1,'],
  'steps within each other': ['', '{"a":'],
};

const long = ([head, unit]: [string, string], chars: number) =>
  (head + unit.repeat(Math.ceil(chars / unit.length))).slice(0, chars);

/** Pastes a text on the page, as a reader does who is in no field. */
const paste = (page: Page, text: string) =>
  page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);

for (const [name, text] of Object.entries(TEXTS))
  test(`keys are answered while ${name} are read, and the page says what the text is`, async ({
    playground,
    page,
  }) => {
    const reading = await holdQuestions(page, { reader: true });
    for (const chars of SIZES) {
      await playground.open();
      await reading.hold();
      await paste(page, long(text, chars));
      // All that is done with so long a text is asked of the worker, so the page is free until it answers.
      await reading.asked();
      await page.locator('body').press('ArrowLeft');
      await expect(playground.chosen).toContainText('backing_open');
      await reading.release();
      await expect(page.locator('[role=dialog] .said, .patch').filter({ hasText: /\S/ }).first()).toBeVisible(
        READ,
      );
    }
  });

/** Keeps the reader from loading. Returns what lets it load. */
async function hold(page: Page): Promise<() => void> {
  let free = () => {};
  const freed = new Promise<void>((resolve) => (free = resolve));
  await page.route('**/reader.worker-*.js', async (route) => {
    await freed;
    await route.continue();
  });
  return free;
}

test('what is read can be seen and cancelled, and nothing comes of it', async ({ playground, page }) => {
  await playground.open();
  await hold(page);
  await playground.drop('long.txt', long(TEXTS['quote marks']!, 250_000));
  const reading = page.getByRole('group', { name: 'Reading' });
  await expect(reading).toContainText('250,000 characters');
  // Real keys meanwhile.
  await page.locator('body').press('ArrowRight');
  await expect(playground.chosen).toContainText('backing_close');
  await page.locator('body').press('ArrowLeft');
  await expect(playground.chosen).toContainText('iomap_begin');
  await reading.getByRole('button', { name: 'Cancel' }).click();
  await expect(reading).toBeHidden();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(playground.title).toHaveValue('Your first reply');
});

test('in the dialog, too; a text that is changed after that is read', async ({ playground, page }) => {
  await playground.open();
  await playground.file('Paste anything');
  const free = await hold(page);
  const dialog = page.getByRole('dialog');
  const reading = dialog.getByRole('group', { name: 'Reading' });
  await dialog.getByRole('textbox').fill('{"format":1,"steps":[]}');
  await reading.getByRole('button', { name: 'Cancel' }).click();
  await expect(reading).toBeHidden();
  await expect(dialog.getByRole('status')).toHaveText(
    'It was not read to its end. Change it to have it read again.',
  );
  free();
  await dialog.getByRole('textbox').fill('{"format":1,"steps":[] }');
  await expect(dialog.locator('.said')).toContainText('A scenario in JSON');
});

test('a reader that does not load is told in words, and comes when it is asked again', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.route('**/reader.worker-*.js', (route) => route.fulfill({ status: 404 }));
  await playground.file('Paste anything');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('{"format":1,"steps":[]}');
  const said = dialog.getByRole('status').filter({ hasText: /\S/ });
  await expect(said).toHaveText(
    'The reader of pasted text did not load. Paste or open it again to try once more. ' +
      'If that does not help, reload the page; a browser from before 2023 is too old for it.',
  );
  await page.unroute('**/reader.worker-*.js');
  await dialog.getByRole('textbox').fill('{"format":1,"steps":[] }');
  await expect(said).toContainText('A scenario in JSON');
});

test('a reader that closes without a word is told, and another answers after that', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.route('**/reader.worker-*.js', async (route) => {
    const response = await route.fetch();
    // It has its own lock before this one, so the page knows of it by then.
    const closes = 'onmessage = () => navigator.locks.request("after", () => close());';
    await route.fulfill({ response, body: `${await response.text()}\n${closes}` });
  });
  await playground.file('Paste anything');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('{"format":1,"steps":[]}');
  const said = dialog.getByRole('status').filter({ hasText: /\S/ });
  await expect(said).toHaveText(
    'The reader of pasted text stopped working: it closed without a word. Paste or open it again to try once more.',
  );
  await page.unroute('**/reader.worker-*.js');
  await dialog.getByRole('textbox').fill('{"format":1,"steps":[] }');
  await expect(said).toContainText('A scenario in JSON');
});

test('a text that is too long for a field is held beside it, and can be cleared', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.file('Paste anything');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').evaluate(
    (field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    long(['{"format":1,\n"steps":7,\n', '"a":\n'], 250_000),
  );
  const box = dialog.getByRole('group', { name: 'Pasted text' });
  await expect(box).toContainText('250,000 characters, too many for a field. They begin:');
  await expect(dialog.getByRole('textbox')).toBeHidden();
  await expect(dialog.locator('.said')).toContainText('A scenario in JSON, but it can’t be used');
  await dialog.getByRole('button', { name: /^Show line/ }).click();
  await expect(box).toBeFocused();
  await box.getByRole('button', { name: 'Clear' }).click();
  await expect(dialog.getByRole('textbox')).toHaveValue('');
  await expect(dialog.getByRole('textbox')).toBeFocused();
});
