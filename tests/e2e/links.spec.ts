// SPDX-License-Identifier: MIT
import { encodeLink } from '#engine/link/codec.ts';
import { expect, test, Playground } from './playground.ts';

test('a link opens in a fresh profile in the same state', async ({ playground, browser }) => {
  await playground.open();
  await playground.title.fill('Über 2^64 “quoted”');
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await playground.steps.press('End');
  await expect(playground.verdict).toContainText('-EBUSY');
  const link = await playground.share();

  const context = await browser.newContext();
  const other = new Playground(await context.newPage());
  await other.page.goto(link);
  await expect(other.title).toHaveValue('Über 2^64 “quoted”');
  await expect(other.chosen).toContainText('3 backing_close');
  await expect(other.verdict).toContainText('-EBUSY');
  await expect(other.verdict).not.toContainText('When the link was made');
  await other.steps.press('ArrowLeft');
  await expect(other.verdict).toContainText('read-after-pos');
  await context.close();
});

test('the address follows the work without filling the history', async ({ playground, page }) => {
  await playground.open();
  const entries = await page.evaluate(() => history.length);
  await playground.field('read offset').fill('8192');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('a damaged link says what is wrong and leaves the work alone', async ({ playground, page }) => {
  await playground.open();
  await playground.title.fill('My work');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  const { hash } = new URL(page.url());
  const cut = hash.slice(0, -40);
  await page.evaluate((to) => (location.hash = to), cut);
  await expect(playground.notices).toContainText(/lost its end|of \d+ characters/);
  await expect(playground.title).toHaveValue('My work');
  // Also when the page is loaded with it.
  await page.goto('about:blank');
  await page.goto(`./${cut}`);
  await expect(playground.notices).toContainText(/lost its end|of \d+ characters/);
  await expect(playground.title).toHaveValue('My work');
});

for (const [address, why] of [
  ['#1.999.abc', 'The link lost its end: 9 of 1007 characters arrived.'],
  // A mail program took its beginning.
  ['#s1.999.abc', '“#s1.999.abc” is neither a share link, which begins with #1. and a length, nor a place'],
] as const)
  test(`a visit that begins with a broken link shows no verdict that nobody asked for: ${address}`, async ({
    playground,
    page,
  }) => {
    await playground.open(address);
    const card = page.locator('main > .kernel').getByRole('alert');
    await expect(card).toContainText('This link can’t be opened');
    await expect(card).toContainText(why);
    await expect(playground.verdict).toHaveCount(0);
    await expect(playground.notices).toHaveText('');
    await expect(page.getByTestId('announcement')).toHaveText('');
    await card.getByRole('button', { name: 'Show the first scenario’s verdict' }).click();
    await expect(playground.headline).toHaveText('Accepted');
  });

test('an edit goes on without the broken link', async ({ playground, page }) => {
  await playground.open('#1.999.abc');
  const card = page.locator('main > .kernel').getByRole('alert');
  await expect(card).toContainText('This link can’t be opened');
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await expect(card).toHaveCount(0);
});

test('a link never destroys the work of the tab it is opened in', async ({ playground, page }) => {
  await playground.open();
  const link = await playground.share();
  await playground.title.fill('My work');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#1\./);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(playground.title).toHaveValue('Your first reply');
  await playground.notices.getByRole('button', { name: 'Bring it back' }).click();
  await expect(playground.title).toHaveValue('My work');
});

test('a link clicked within the page can be undone', async ({ playground, page }) => {
  await playground.open();
  const link = await playground.share();
  await playground.title.fill('My work');
  await page.evaluate((to) => (location.hash = to), new URL(link).hash);
  await expect(playground.title).toHaveValue('Your first reply');
  await playground.notices.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.title).toHaveValue('My work');
});

test('its Undo brings the work back also after going on from the link', async ({ playground, page }) => {
  await playground.open();
  const link = await playground.share();
  await playground.title.fill('My work');
  await page.evaluate((to) => (location.hash = to), new URL(link).hash);
  await expect(playground.title).toHaveValue('Your first reply');
  await playground.title.fill('Something else');
  await playground.title.press('Control+z');
  await playground.title.fill('Something else again');
  await playground.notices.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.title).toHaveValue('My work');
});

test('the dialog says how long the link is and what it fits', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  await expect(page.getByTestId('link-length')).toHaveText(String(link.length));
  await expect(page.getByRole('dialog')).toContainText('fits one line of a plain-text mail');
  await expect(page.getByRole('dialog')).toContainText('Recorded verdict of step 2: 0');
});

test('a place in the app opens its check, an unknown one says so', async ({ playground, page }) => {
  await playground.open('#/check/dev-not-found');
  await expect(page.getByRole('dialog', { name: 'dev-not-found' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '#/check/no-such-check'));
  await expect(playground.notices).toContainText('There is no check “no-such-check”');
});

test('an address that leads nowhere says what was expected', async ({ playground, page }) => {
  await playground.open('#/nonsense');
  await expect(playground.notices).toContainText('There is no place “#/nonsense” on this page.');
  await expect(playground.notices).toContainText('Places are #/changed, #/checks,');
  await expect(playground.notices).toContainText('#/check/…');
  await page.evaluate(() => (location.hash = '#hello'));
  await expect(playground.notices).toContainText('“#hello” is neither a share link');
  // The newer notice took the place of the older.
  await expect(playground.notices).not.toContainText('#/nonsense');
  await expect(playground.headline).toHaveText('Accepted');
});

test('a link whose verdict is not today\u2019s any more says so, until the first edit', async ({
  playground,
}) => {
  const link = encodeLink({
    scenario: { format: 1n, title: 'Then and now', steps: [{ do: 'backing_close', id: 7n }] },
    step: 0,
    verdict: { ret: '-EBUSY', check: 'close-busy', which: null, revision: 'v6-04' },
    view: '',
  });
  await playground.open(link);
  await expect(playground.verdict).toContainText('-ENOENT');
  await expect(playground.verdict).toContainText('step 1 gave -EBUSY by close-busy');
  await expect(playground.verdict).toContainText('it gives -ENOENT by close-noent');
  await playground.field('backing_close id').fill('8');
  await expect(playground.verdict).not.toContainText('When the link was made');
});

for (const way of ['opened', 'followed', 'pasted'] as const)
  test(`a link that is ${way} brings its step, its verdict, its view and its edited core`, async ({
    playground,
    page,
  }) => {
    const diff = '--- a/assembly/fuse/begin.ts\n+++ b/assembly/fuse/begin.ts\n@@ -1 +1 @@\n-a\n+b\n';
    const link = encodeLink({
      scenario: {
        format: 1n,
        title: 'All of it',
        steps: [
          { do: 'backing_close', id: 5n },
          { do: 'backing_close', id: 7n },
        ],
      },
      step: 1,
      verdict: { ret: '-EBUSY', check: 'close-busy', which: null, revision: 'v6-04' },
      view: 'document',
      edit: { revision: 'v6-04', diff },
    });
    await playground.open(way === 'opened' ? link : '');
    if (way === 'followed') await page.evaluate((to) => (location.hash = to), link);
    if (way === 'pasted') {
      await playground.file('Paste anything');
      const dialog = page.getByRole('dialog', { name: 'Paste anything' });
      await dialog.getByRole('textbox', { name: 'Pasted text' }).fill(`Look at this:\n> ${link}\n`);
      await expect(dialog).toContainText('The scenario “All of it” of 2 steps, shown at step 2.');
      await expect(dialog).toContainText('It brings an edited core.');
      await dialog.getByRole('button', { name: 'Open as the scenario' }).click();
    }
    await expect(playground.title).toHaveValue('All of it');
    await expect(playground.chosen).toContainText('2 backing_close');
    await expect(page.getByRole('tab', { name: 'Document' })).toHaveAttribute('aria-selected', 'true');
    await expect(playground.verdict).toContainText(
      'When the link was made (v6-04), step 2 gave -EBUSY by close-busy; today (v6-04) it gives -ENOENT',
    );
    await expect(page.locator('.above-verdict')).toContainText(
      'This link brings an edited core: 1 line differs',
    );
    if (way === 'opened') return;
    await playground.notices.getByRole('button', { name: 'Undo' }).click();
    await expect(playground.title).toHaveValue('Your first reply');
  });

const OTHER = encodeLink({
  scenario: { format: 1n, title: 'Another', steps: [{ do: 'backing_close', id: 7n }] },
  step: 0,
  verdict: null,
  view: '',
});

test('a link that is followed before the page listens is opened', async ({ playground, page }) => {
  let mayLoad = () => {};
  const loads = new Promise<void>((resolve) => (mayLoad = resolve));
  await page.route('**/assets/page-*.js', async (route) => {
    await loads;
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  // The first verdict is there, and the page to work with is not.
  await expect(page.locator('#first')).toContainText('Accepted');
  await page.evaluate((to) => (location.hash = to), OTHER);
  mayLoad();
  await expect(playground.title).toHaveValue('Another');
});

for (const [what, to, expected] of [
  ['link', OTHER, /A link was opened/],
  ['place that is none', '#hello', /“#hello” is neither a share link/],
] as const)
  test(`a ${what} is read whatever the page does before the browser tells of it`, async ({
    playground,
    page,
  }) => {
    await playground.open();
    await page.evaluate((hash) => {
      location.hash = hash;
      // A dialog has an entry of its own in the history.
      document.querySelector<HTMLElement>('nav[aria-label=Actions] .primary')!.click();
    }, to);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(playground.notices).toContainText(expected);
  });

test('an edit made while a followed link is being read neither loses the link nor itself', async ({
  playground,
  page,
}) => {
  let mayLoad = () => {};
  const loads = new Promise<void>((resolve) => (mayLoad = resolve));
  await page.route('**/assets/codec-*.js', async (route) => {
    await loads;
    await route.continue();
  });
  await playground.open();
  await page.evaluate((to) => (location.hash = to), OTHER);
  await playground.title.fill('My work');
  await expect(page.locator('html')).toHaveAttribute('data-kept', /[1-9]/);
  mayLoad();
  await expect(playground.title).toHaveValue('Another');
  await playground.notices.getByRole('button', { name: 'Undo' }).click();
  await expect(playground.title).toHaveValue('My work');
});

test('notes of a stranger become no script, no image and no link that runs', async ({ playground, page }) => {
  const notes = [
    '<img src="https://example.com/x.png" onerror="document.title=1">',
    '<script>document.title = 1</script>',
    '[run](javascript:document.title=1) and [read](https://lore.kernel.org/)',
    '**bold**',
  ].join('\n\n');
  const scenario = { format: 1n, title: 'Hostile', notes, steps: [{ do: 'unmount' }] };
  await playground.open(encodeLink({ scenario, step: 0, verdict: null, view: '' }));
  const prose = page.locator('.prose');
  await expect(prose.locator('strong')).toHaveText('bold');
  await expect(prose.locator('img, script')).toHaveCount(0);
  await expect(prose.locator('a[href]')).toHaveCount(1);
  await expect(prose.getByRole('link')).toHaveAttribute('rel', /noopener/);
  await expect(page).toHaveTitle(/Hostile/);
});
