// SPDX-License-Identifier: MIT
import type { Locator, Page } from '@playwright/test';
import { faultsOfThemes } from './faults.ts';
import { expect, test, Playground } from './playground.ts';

/** A patch mail of our own making. SENTINEL is a word that stands nowhere else. */
const SENTINEL = 'quillwort';
const PATCH = `From: A Hacker <a@example.org>
Subject: [PATCH 2/3] fuse: refuse what nobody can use

Empty mappings, ${SENTINEL} ones, and those that begin too late.
---
diff --git a/fs/fuse/file_iomap.c b/fs/fuse/file_iomap.c
index 1111111111111..2222222222222 100644
--- a/fs/fuse/file_iomap.c
+++ b/fs/fuse/file_iomap.c
@@ -300,6 +300,7 @@ static inline bool fuse_iomap_check_mapping(const struct inode *inode,
 	uint64_t sum;

 	/* an empty ${SENTINEL} helps nobody */
-	if (BAD_DATA(map->length == 0))
+	if (BAD_DATA(!map->length))
 		return false;
+	/* <img src=x onerror="document.title='owned'"> <b>bold</b> */

@@ -400,4 +401,5 @@ static inline bool fuse_iomap_begin_validate(const struct inode *inode,
 	/* begins behind the question */
+	pr_debug("${SENTINEL}");
 	if (BAD_DATA(read->offset > pos))
 		return false;

diff --git a/Documentation/filesystems/fuse/other.rst b/Documentation/filesystems/fuse/other.rst
--- a/Documentation/filesystems/fuse/other.rst
+++ b/Documentation/filesystems/fuse/other.rst
@@ -1,2 +1,3 @@
 one
+one and a half
 two
--
2.50.0
`;
const quoted = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** The 80 bytes of an answer: holes for both mappings, the first beginning too late, as xxd prints them. */
const DUMP = `$ xxd reply.bin
00000000: 5000 0000 0000 0000 0500 0000 0000 0000  P...............
00000010: 0020 0000 0000 0000 0020 0000 0000 0000  . ....... ......
00000020: ffff ffff ffff ffff 0000 0000 0000 0000  ................
00000030: 0010 0000 0000 0000 0020 0000 0000 0000  ......... ......
00000040: ffff ffff ffff ffff 0000 0000 0000 0000  ................
`;

/** Pastes on the page itself, outside of any field. */
async function pasteOnPage(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Paste anything' });
const patchView = (page: Page): Locator => page.getByRole('complementary', { name: 'Patch' });

async function card(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('tab', { name: 'Text for mail' }).click();
  const text = await page.getByRole('group', { name: /^Text card of step/ }).textContent();
  await page.keyboard.press('Escape');
  return text!;
}

test('a card opens on a fresh page with the same verdict, also out of a quoted mail', async ({
  playground,
  page,
  browser,
}) => {
  await playground.open();
  await playground.title.fill('Too late');
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  const text = await card(page);
  const lines = text.split('\n').filter((line) => !line.startsWith('http'));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);

  const context = await browser.newContext();
  const other = new Playground(await context.newPage());
  await other.open();
  await expect(other.headline).toHaveText('Accepted');
  await other.file('Paste anything');
  await dialog(other.page)
    .getByRole('textbox', { name: 'Pasted text' })
    .fill(`On Monday, A Hacker wrote:\n${quoted(text)}\n\nI see.`);
  await expect(dialog(other.page)).toContainText('A text card');
  await dialog(other.page).getByRole('button', { name: 'Open as the scenario' }).click();
  await expect(other.headline).toHaveText('Refused');
  await expect(other.verdict).toContainText('read-after-pos');
  await expect(other.field('read offset')).toHaveValue('8192');
  // What was there before comes back.
  await other.notices.getByRole('button', { name: 'Undo' }).click();
  await expect(other.headline).toHaveText('Accepted');
  await context.close();
});

test('the card tells the chosen step of the newest run', async ({ playground, page }) => {
  await playground.open();
  await playground.steps.press('End');
  await expect(playground.verdict).toContainText('-EBUSY');
  const text = await card(page);
  expect(text).toContain('answer 2:');
  expect(text).toContain('EBUSY');
});

test('the card tells what I/O makes of an accepted mapping, as the page does', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example('A mapping past the end of the device');
  const words = 'ead will fail with -EIO: the mapping runs 4096 bytes past the end of vda';
  await expect(page.locator('main > .kernel')).toContainText(words);
  const text = await card(page);
  expect(text.replace(/\s+/g, ' ')).toContain(words);
});

test('the chosen step is copied in every form that it has', async ({ playground, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('What do you want to do?').fill('hexdump');
  await expect(page.getByRole('option', { name: 'Copy as: hexdump' })).toBeVisible();
  await page.keyboard.press('Enter');
  const button = page.getByRole('button', { name: 'Copy: hexdump' });
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^00000000: 5000 0000 /);

  const shown = (name: string) => page.getByRole('group', { name: `${name}, as text` });
  await expect(shown('C initialisers of both mappings')).toContainText('struct fuse_iomap_io read = {');
  await expect(shown('libfuse call')).toContainText('fuse_reply_iomap_begin(req, &read, NULL);');
  await expect(shown('JSON')).toContainText('"offset": "4096"');
  await expect(shown('trace lines')).toContainText('fuse_iomap_begin');
});

test('a step without an answer says what it cannot be copied as', async ({ playground, page }) => {
  await playground.open();
  await playground.steps.press('Home');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('tab', { name: 'Copy as' }).click();
  await expect(page.getByText(/nothing for: .*libfuse call, hexdump/)).toBeVisible();
  await expect(page.getByRole('group', { name: 'JSON, as text' })).toContainText('backing_open');
});

test('a hexdump becomes the reply of the chosen step, and can be undone', async ({ playground, page }) => {
  await playground.open();
  await expect(playground.field('read addr')).toHaveValue('1M');
  await pasteOnPage(page, DUMP);
  await expect(dialog(page)).toContainText('A hexdump of an answer of 80 bytes');
  await expect(dialog(page).getByRole('group', { name: 'The reply' })).toContainText('"length": 8192');
  await dialog(page).getByRole('button', { name: 'Put it into step 2' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(playground.verdict).toContainText('read-after-pos');
  await expect(playground.title).toHaveValue('Your first reply');
  await playground.undo();
  await expect(playground.field('read addr')).toHaveValue('1M');
  await expect(playground.headline).toHaveText('Accepted');
});

test('what can’t be used is told with its line, and changes nothing', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('My work');
  await pasteOnPage(page, DUMP.replace('0020 0000 0000 0000 0020', '00zz 0000 0000 0000 0020'));
  await expect(dialog(page)).toContainText(/can’t be used.*Line \d+:/);
  await dialog(page)
    .getByRole('textbox', { name: 'Pasted text' })
    .fill('struct fuse_iomap_io read = {\n\t.offset = 0,\n\t.size = 4096,\n};');
  await expect(dialog(page)).toContainText('Line 3:');
  await dialog(page).getByRole('button', { name: 'Show line 3' }).click();
  const chosen = await dialog(page)
    .getByRole('textbox', { name: 'Pasted text' })
    .evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));
  expect(chosen).toBe('\t.size = 4096,');
  await page.keyboard.press('Escape');
  await expect(playground.title).toHaveValue('My work');
  await expect(playground.headline).toHaveText('Accepted');
});

test('text pasted into a field stays there', async ({ playground, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open();
  await page.evaluate(() => navigator.clipboard.writeText('From a mail'));
  await playground.title.fill('');
  await playground.title.press('Control+v');
  await expect(playground.title).toHaveValue('From a mail');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a patch is shown with its checks, as the chosen step met them', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await pasteOnPage(page, quoted(PATCH));
  const view = patchView(page);
  const subject = view.getByRole('heading', { level: 3 }).first();
  await expect(subject).toBeFocused();
  await expect(subject).toHaveText('[PATCH 2/3] fuse: refuse what nobody can use');
  const added = view.getByRole('row', { name: /added .*!map->length/ });
  await expect(added.getByRole('cell').nth(1)).toHaveText('303');
  await expect(added.getByRole('link', { name: 'length-zero' })).toContainText('passed');
  const removed = view.getByRole('row', { name: /removed .*length == 0/ });
  await expect(removed.getByRole('cell').first()).toHaveText('303');
  const late = view.getByRole('row', { name: /read->offset > pos/ });
  await expect(late.getByRole('link', { name: 'read-after-pos' })).toContainText('decided');
  // A stranger's markup is text.
  await expect(view).toContainText('<b>bold</b>');
  await expect(view.locator('img, b, script')).toHaveCount(0);

  // The chip opens the catalogue over the patch, which is still there underneath.
  await late.getByRole('link', { name: 'read-after-pos' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'read-after-pos' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(view).toBeVisible();

  // Another step, another answer: backing_open came to none of them.
  await playground.steps.press('Home');
  await expect(late.getByRole('link', { name: 'read-after-pos' })).toContainText('not asked');

  // From the overview to the line, by key.
  await view.getByRole('button', { name: /^.?\s*length-zero/ }).press('Enter');
  await expect(removed.getByRole('link', { name: 'length-zero' })).toBeFocused();
});

test('the marks of a patch follow an edit of the reply beside it', async ({ playground, page }) => {
  await playground.open();
  await pasteOnPage(page, PATCH);
  const late = patchView(page).getByRole('row', { name: /read->offset > pos/ });
  await expect(late.getByRole('link', { name: 'read-after-pos' })).toContainText('passed');
  await playground.field('read offset').fill('8192');
  await expect(late.getByRole('link', { name: 'read-after-pos' })).toContainText('decided');
  await expect(patchView(page)).toContainText('without this patch');
});

test('a changed condition leads to its place in the core', async ({ playground, page }) => {
  await playground.open();
  await pasteOnPage(page, PATCH);
  await patchView(page).getByRole('button', { name: 'Try it: edit length-zero' }).click();
  const source = page.getByRole('dialog', { name: 'Change the core' });
  await expect(source).toBeVisible();
  await expect(source.getByRole('textbox', { name: /^Source of .*file_iomap\.ts/ })).toBeFocused();
});

test('several patches of a mailbox are a list', async ({ playground, page }) => {
  await playground.open();
  const other = PATCH.replace('PATCH 2/3', 'PATCH 3/3').replaceAll(
    'length == 0',
    'addr == FUSE_IOMAP_NULL_ADDR',
  );
  const from = 'From a@b Mon Jun  1 10:00:00 2026\n';
  await pasteOnPage(page, `${from}${PATCH}\n${from}${other}`);
  const list = patchView(page).getByRole('navigation', { name: /one of 2/ });
  await expect(list.getByRole('button', { name: /PATCH 2.3/ })).toHaveAttribute('aria-current', 'true');
  await list.getByRole('button', { name: /PATCH 3.3/ }).press('Enter');
  await expect(patchView(page).getByRole('link', { name: 'addr-missing' }).first()).toBeVisible();
});

test('a patch survives its closing and a reload of the tab, and goes nowhere else', async ({
  playground,
  page,
  context,
}) => {
  await playground.open();
  await pasteOnPage(page, PATCH);
  await expect(patchView(page)).toContainText(SENTINEL);
  // An edit makes the page keep its work and write its address.
  await playground.title.fill('Kept');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  await expect.poll(() => stored(page)).toContain('Kept');
  expect(await stored(page)).not.toContain(SENTINEL);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Escape');
  await expect(patchView(page)).toHaveCount(0);
  await expect(playground.headline).toBeVisible();

  const command = async (words: string) => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do?').fill(words);
    await page.keyboard.press('Enter');
  };
  await command('Show the patch again');
  await expect(patchView(page)).toContainText(SENTINEL);
  await page.reload();
  await expect(playground.title).toHaveValue('Kept');
  await expect(patchView(page)).toHaveCount(0);
  await command('Show the patch again');
  await expect(patchView(page)).toContainText(SENTINEL);
  await command('Forget the patch');
  await expect(patchView(page)).toHaveCount(0);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(SENTINEL);

  const other = new Playground(await context.newPage());
  await other.open();
  expect(await stored(other.page)).not.toContain(SENTINEL);
});

/** All that the page has stored but for the tab's own patch, and its address. */
async function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const kept = {
      ...localStorage,
      ...Object.fromEntries(Object.entries(sessionStorage).filter(([name]) => !name.endsWith(':patch'))),
    };
    return JSON.stringify([kept, databases, await caches.keys(), location.href, history.state]);
  });
}

test('a dropped patch of 10,000 lines draws what is looked at', async ({ playground, page }) => {
  await playground.open();
  const body = (lines: number) => Array.from({ length: lines }, (_, i) => `+	line ${i}`).join('\n');
  const small = Array.from(
    { length: 100 },
    (_, i) => `@@ -${i * 100 + 1},1 +${i * 100 + 1},11 @@\n one\n${'+two\n'.repeat(10)}`,
  ).join('');
  const patch = `${PATCH.slice(0, PATCH.indexOf('--\n2.50'))}diff --git a/large.c b/large.c
--- a/large.c
+++ b/large.c
@@ -1,1 +1,9001 @@
 one
${body(9_000)}
diff --git a/long.c b/long.c
--- a/long.c
+++ b/long.c
@@ -1,1 +1,501 @@
 one
${body(500)}
diff --git a/many.c b/many.c
--- a/many.c
+++ b/many.c
${small}`;
  await playground.drop('0001-large.patch', patch);
  const view = patchView(page);
  const rows = view.locator('tbody tr');
  await expect(view).toContainText('large.c');
  expect(await rows.count()).toBeLessThan(1_500);
  await expect(view.getByRole('link', { name: 'length-zero' }).first()).toBeVisible();
  // Only the file that the core models lies open, and what of the others there is.
  const large = view.getByRole('region', { name: 'large.c', exact: true });
  await expect(large.locator('tbody tr')).toHaveCount(0);
  await expect(view).toContainText('4 of 5 files folded. 4 of all have no hunk in a function');
  const all = view.getByRole('button', { name: 'Unfold all' });
  await all.press('Enter');
  await expect(view.getByRole('button', { name: 'Fold them again' })).toBeFocused();
  await expect(large.locator('tbody tr')).toHaveCount(160);
  await expect(large.getByRole('button', { name: 'Show all 9001 lines' })).toBeVisible();
  const long = view.getByRole('region', { name: 'long.c', exact: true });
  await long.getByRole('button', { name: 'Show all 501 lines' }).click();
  await expect(long.locator('tbody tr')).toHaveCount(501);
  await expect(large.locator('tbody tr')).toHaveCount(160);
});

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, hasTouch: width === 390 });
    const views: Record<string, (playground: Playground) => Promise<void>> = {
      'text for mail': async ({ page }) => {
        await page.getByRole('button', { name: 'Share' }).click();
        await page.getByRole('tab', { name: 'Text for mail' }).click();
        await expect(page.getByRole('group', { name: /^Text card/ })).toBeVisible();
      },
      'copy as': async ({ page }) => {
        await page.getByRole('button', { name: 'Share' }).click();
        await page.getByRole('tab', { name: 'Copy as' }).click();
        await expect(page.getByRole('group', { name: 'hexdump, as text' })).toBeVisible();
      },
      'a reply to paste': async ({ page }) => {
        await pasteOnPage(page, DUMP);
        await expect(dialog(page).getByRole('group', { name: 'The reply' })).toBeVisible();
      },
      'a text that is nothing': async ({ page }) => {
        await pasteOnPage(page, 'What a fine day.');
        await expect(dialog(page)).toContainText('Nothing that is known');
      },
      'a patch': async ({ page }) => {
        await pasteOnPage(page, PATCH);
        await expect(patchView(page).getByRole('link', { name: 'length-zero' }).first()).toBeVisible();
      },
    };
    for (const [view, show] of Object.entries(views)) {
      test(`axe finds nothing, light or dark: ${view}`, async ({ playground, page }) => {
        await playground.open();
        await show(playground);
        expect(await faultsOfThemes(page)).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wider, 'the page scrolls sideways').toBe(false);
      });
    }
  });
}
