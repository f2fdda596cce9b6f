// SPDX-License-Identifier: MIT
// Long texts of strangers are read while the page goes on answering: counted in keys, not in seconds.
import type { Page } from '@playwright/test';
import { expect, test } from './playground.ts';

/** How long the texts are. */
const SIZES = (process.env['READ_CHARS'] ?? '250000,500000,1000000').split(',').map(Number);

test.describe.configure({ timeout: 240_000 });

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

interface Counted {
  /** Keys that chose another step before anything was known of the text. */
  chose: number;
  /** Keys that the dialog with the text heard before it said what the text is. */
  heard: number;
  said: string;
}

/** Pastes a text and presses keys until the page says what it is: one key in each turn of the page's loop. */
async function pasteAndPress(page: Page, [head, unit]: [string, string], chars: number): Promise<Counted> {
  return page.evaluate(
    async ([text]) => {
      const turns = new MessageChannel();
      const turn = () =>
        new Promise<void>((resolve) => {
          turns.port1.onmessage = () => resolve();
          turns.port2.postMessage(null);
        });
      const chosen = () => document.querySelector('[role=option][aria-selected=true]');
      const dialog = () => document.querySelector('[role=dialog]');
      const said = () =>
        dialog()?.querySelector('.said')?.textContent.trim() ||
        document.querySelector('.patch')?.textContent.trim();
      let keys = 0;
      const count = () => keys++;
      addEventListener('keydown', count, { capture: true });
      const press = (target: Element, key: string) =>
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text!);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
      let [chose, heard, forth] = [0, 0, true];
      while (!said()) {
        const field = dialog()?.querySelector('textarea, .long');
        const [before, keysBefore] = [chosen(), keys];
        press(field ?? document.body, field ? 'Shift' : forth ? 'ArrowLeft' : 'ArrowRight');
        if (field && keys > keysBefore) heard++;
        await turn();
        if (said()) break;
        if (!field && chosen() !== before) {
          chose++;
          forth = !forth;
        }
      }
      removeEventListener('keydown', count, { capture: true });
      return { chose, heard, said: said()! };
    },
    [long([head, unit], chars)],
  );
}

for (const [name, text] of Object.entries(TEXTS))
  test(`keys are answered while ${name} are read`, async ({ playground, page }) => {
    for (const chars of SIZES) {
      await playground.open();
      const { chose, heard, said } = await pasteAndPress(page, text, chars);
      expect(chose, `${chars} characters, at the steps`).toBeGreaterThan(0);
      // A patch is shown at once; of anything else the dialog says what it is.
      if (name !== 'hunks of a patch') expect(heard, `${chars} characters, in the dialog`).toBeGreaterThan(0);
      expect(said).not.toBe('');
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
  await expect(reading).toContainText('250\u202f000 characters');
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
  await expect(dialog.getByRole('status')).toContainText('A scenario in JSON');
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
  await expect(box).toContainText('250\u202f000 characters, too many for a field. They begin:');
  await expect(dialog.getByRole('textbox')).toBeHidden();
  await expect(dialog.locator('.said')).toContainText('A scenario in JSON, but it can’t be used');
  await dialog.getByRole('button', { name: /^Show line/ }).click();
  await expect(box).toBeFocused();
  await box.getByRole('button', { name: 'Clear' }).click();
  await expect(dialog.getByRole('textbox')).toHaveValue('');
  await expect(dialog.getByRole('textbox')).toBeFocused();
});
