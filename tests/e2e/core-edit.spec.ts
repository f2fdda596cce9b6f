// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { applyDiff } from '#engine/core-edit/apply-diff.ts';
import { faultsOfThemes } from './faults.ts';
import { expect, test, type Playground } from './playground.ts';

const MAIN = 'assembly/fs/fuse/file_iomap.ts';
const SOURCE = readFileSync(new URL(`../../${MAIN}`, import.meta.url), 'utf8');

/** A compilation and a hundred scenarios, on a machine that does something else besides. */
const BUILT = { timeout: 90_000 };
// Some tests build several times.
test.describe.configure({ timeout: 4 * BUILT.timeout });

const view = (page: Page): Locator => page.getByRole('dialog', { name: 'Change the core' });
const outcome = (page: Page): Locator =>
  page.getByRole('region', { name: 'What the edit changes' }).getByRole('status');

/** Opens the source at a check, with the cursor at the beginning of its line. */
async function openAt(playground: Playground, check: string): Promise<void> {
  const { page } = playground;
  await playground.open(`#/check/${check}`);
  await page.getByRole('button', { name: 'Edit this check' }).click();
  await expect(view(page)).toBeVisible();
  // Home is another place in the plain field, which stands in until the editor is there.
  await expect(page.locator('textarea[aria-busy=true]')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^Source of/ })).toBeFocused();
  await page.keyboard.press('Home');
}

test('nothing of it is loaded before it is wanted, the compiler not before the first edit', async ({
  playground,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const late = () => asked.filter((url) => /core-?edit|compiler\.worker|trial\.worker|\/source\//i.test(url));
  await playground.open();
  await expect(page.getByTestId('nearest')).toHaveAttribute('data-ready', 'true');
  expect(late()).toEqual([]);
  await playground.page.evaluate(() => (location.hash = '#/edit'));
  await expect(view(page).getByTestId('core-source')).toBeVisible();
  expect(late().filter((url) => /worker/.test(url))).toEqual([]);
  await expect(outcome(page)).toContainText('Nothing is edited yet');
});

test('a source that does not load is told in words, and comes when it is asked for again', async ({
  playground,
  page,
}) => {
  await playground.open('#/check/length-zero');
  await page.route('**/source/**/xarray.ts?*', (route) => route.fulfill({ status: 404 }));
  await page.getByRole('button', { name: 'Edit this check' }).click();
  const alert = view(page).getByRole('alert');
  await expect(alert).toHaveText(
    "The core's source did not load: the server answered 404 for source/assembly/lib/xarray.ts.",
  );
  await page.unroute('**/source/**/xarray.ts?*');
  await page.route('**/source/core.json', (route) => route.abort());
  const again = view(page).getByRole('button', { name: 'Try again' });
  await again.click();
  await expect(alert).toContainText('there is no connection to the server of source/core.json');
  await page.unroute('**/source/core.json');
  await again.click();
  // And where the reader wanted to go is not forgotten.
  await expect(page.locator('textarea[aria-busy=true]')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^Source of .*file_iomap\.ts/ })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.type('// ');
  await expect(view(page)).toContainText('1 line differs from the shipped core.', BUILT);
  await view(page).getByText('The edit as a diff').click();
  await expect(view(page).getByRole('region', { name: 'The edit as a diff' })).toContainText('LENGTH_ZERO');
});

test('a check that is taken out moves verdicts: counted, named, on both cores side by side, and as a diff', async ({
  playground,
  page,
  context,
}) => {
  await openAt(playground, 'length-zero');
  await page.keyboard.type('// ');

  await test.step('what moves is counted and named', async () => {
    await expect(outcome(page)).toContainText(/The edit changes [1-9]\d* of \d+ scenarios\./, BUILT);
    await expect(view(page)).toContainText('1 line differs from the shipped core.');
    const row = view(page).getByRole('row', { name: /A mapping of no bytes/ });
    await expect(row).toContainText('✕ read length-zero');
    await expect(row).toContainText('✕ read-before-pos');
    await expect(view(page).getByRole('button', { name: /file_iomap\.ts.*edited/ })).toBeVisible();
  });

  await test.step('a changed scenario stands on both cores side by side', async () => {
    await view(page)
      .getByRole('row', { name: /A mapping of no bytes/ })
      .getByRole('button')
      .first()
      .click();
    const sides = view(page).getByRole('region', { name: 'A mapping of no bytes on both cores' });
    await expect(sides.getByRole('region', { name: 'v6-04' })).toContainText(
      'checked against compiled kernel C',
    );
    const edited = sides.getByRole('region', { name: 'edited' });
    await expect(edited).toContainText('read-before-pos');
    await expect(edited).toContainText('an edited core: nobody vouches for it');
    await sides.getByRole('button', { name: /All scenarios/ }).click();
    await expect(outcome(page)).toContainText('The edit changes');
  });

  await test.step('those that stay as they are are listed, too', async () => {
    const changed = await view(page).locator('tbody tr').count();
    await view(page).getByLabel('Only what changes').uncheck();
    await expect.poll(() => view(page).locator('tbody tr').count()).toBeGreaterThan(changed);
  });

  // The source in the page is the one the shipped core was built from.
  await test.step('as shipped it compiles to the same bytes, and Undo brings the edit back', async () => {
    await view(page).getByRole('button', { name: 'All as shipped' }).click();
    await expect(outcome(page)).toContainText('Nothing is edited yet');
    await view(page)
      .getByRole('button', { name: /^Build/ })
      .click();
    await expect(outcome(page)).toContainText('the same bytes', BUILT);
    await view(page).getByRole('button', { name: 'Undo' }).click();
    await expect(outcome(page)).toContainText(/The edit changes [1-9]/, BUILT);
  });

  await test.step('the edit is copied as a diff that git takes, and comes back out of it', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await view(page).getByText('The edit as a diff').click();
    await view(page).getByRole('button', { name: 'Copy the diff' }).click();
    await expect(view(page).getByText('Copied.')).toBeVisible();
    const diff = await page.evaluate(() => navigator.clipboard.readText());
    expect(diff).toMatch(new RegExp(`^--- a/${MAIN}\n\\+\\+\\+ b/${MAIN}\n@@ `));
    const line = '  if (bad_data(Check.LENGTH_ZERO';
    expect(applyDiff({ [MAIN]: SOURCE }, diff).files).toEqual({
      [MAIN]: SOURCE.replace(line, line.replace('if', '// if')),
    });

    await view(page).getByRole('button', { name: 'All as shipped' }).click();
    await expect(view(page)).toContainText('As shipped.');
    const box = view(page).getByLabel(/^Apply a diff/);
    await box.fill(`so I thought:\n${diff.replace(/^/gm, '> ')}`);
    await view(page).getByRole('button', { name: 'Apply it' }).click();
    await expect(view(page)).toContainText('1 line differs from the shipped core.', BUILT);
    await expect(view(page).getByRole('region', { name: 'The edit as a diff' })).toHaveText(diff);
    await expect(outcome(page)).toContainText(/The edit changes [1-9]/, BUILT);
    // A second time it does not fit, and says where.
    await box.fill(diff);
    await view(page).getByRole('button', { name: 'Apply it' }).click();
    await expect(view(page).getByRole('alert')).toContainText(/file_iomap\.ts @@ .* @@ there is no line/);
  });
});

test('what does not compile is squiggled and listed, and a tap goes there', async ({ playground, page }) => {
  await openAt(playground, 'length-zero');
  await page.keyboard.type('nonsense; ');
  const problems = view(page).getByRole('list', { name: 'Problems' });
  const problem = problems.getByRole('button', { name: /file_iomap\.ts:\d+:3 Cannot find name 'nonsense'/ });
  await expect(problem).toBeVisible(BUILT);
  await expect(page.locator('.squiggly-error').first()).toBeVisible();
  await expect(outcome(page)).toContainText('It does not compile');
  await view(page).getByRole('button', { name: 'trace.ts' }).click();
  await problem.click();
  await expect(page.getByRole('textbox', { name: /^Source of .*file_iomap\.ts/ })).toBeFocused();
  // The cursor stands where the word begins.
  for (let i = 0; i < 'nonsense; '.length; i++) await page.keyboard.press('Delete');
  await expect(problems).toBeHidden(BUILT);
  await expect(outcome(page)).toContainText('Nothing is edited yet');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(view(page)).toBeHidden();
  await expect(playground.headline).toHaveText('Accepted');
});

test('an edited core that loops is stopped, one that traps is told where, and the other scenarios go on', async ({
  playground,
  page,
}) => {
  await openAt(playground, 'length-zero');
  await page.keyboard.type('while (map.length == 0) {} ');
  await expect(outcome(page)).toContainText(
    /scenarios\. On \d of them it does not end, and was stopped/,
    BUILT,
  );
  const row = view(page).getByRole('row', { name: /A mapping of no bytes/ });
  await expect(row).toContainText('✕ read length-zero');
  await expect(row).toContainText('✕ does not end');
  await view(page).getByLabel('Only what changes').uncheck();
  await expect(view(page).getByRole('row', { name: /This scenario: Your first reply/ })).toContainText(
    '✓ accepted',
  );
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(playground.headline).toHaveText('Accepted');

  await page.evaluate(() => (location.hash = '#/edit'));
  await view(page).getByRole('button', { name: 'All as shipped' }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await openAt(playground, 'offset-unaligned');
  await page.keyboard.type('if (!offset_aligned) unreachable(); ');
  await expect(
    view(page)
      .getByRole('row', { name: /traps: unreachable/ })
      .first(),
  ).toBeVisible(BUILT);
  await expect(outcome(page)).toContainText('the edited core traps');
});

test('the edited core answers in the page, under a banner, until it is sent back', async ({
  playground,
  page,
}) => {
  await openAt(playground, 'length-unaligned');
  await page.keyboard.type('// ');
  await expect(outcome(page)).toContainText(/The edit changes \d+ of \d+ scenarios\./, BUILT);
  await page.getByRole('button', { name: 'Let it answer this scenario' }).click();
  await expect(view(page)).toBeHidden();
  const banner = page.getByRole('region', { name: 'Which core answers' });
  await expect(banner).toContainText('An edited core answers: 1 line differs from v6-04.');
  await playground.field('read length').fill('1000');
  await expect(playground.headline).toHaveText('Accepted, but the read fails');
  await expect(playground.verdict).toContainText('an edited core: nobody vouches for it');
  // Both answers, each under its name.
  await expect(banner.getByRole('columnheader')).toHaveText(['v6-04 as shipped', 'the edited core']);
  await expect(banner.getByRole('cell')).toHaveText([
    'refused with -EFSCORRUPTED by length-unaligned',
    'accepted',
  ]);
  // What refuses now is told with its numbers, and with no condition.
  await playground.field('read length').fill('0');
  await expect(playground.verdict).toContainText("Refused by the edited core's length-zero, with 0.");
  const path = page.getByRole('group', { name: 'Path of checks' });
  await expect(path).toContainText('length 0');
  await expect(path).not.toContainText('==');
  await expect(page.locator('main')).not.toContainText('checked against compiled kernel C');
  await playground.field('read length').fill('1000');
  await banner.getByRole('button', { name: 'Back to v6-04' }).click();
  await expect(playground.headline).toHaveText('Refused');
  await expect(playground.verdict).toContainText('length-unaligned');
  await expect(banner).toBeHidden();
});

test('while the edited core does not end, no answer of the shipped one stands under its banner', async ({
  playground,
  page,
}) => {
  await openAt(playground, 'length-zero');
  await page.keyboard.type('while (map.length == 8192) {} ');
  await expect(outcome(page)).toContainText(/The edit changes/, BUILT);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await playground.field('read length').fill('8192');
  await expect(playground.verdict).toContainText('checked against compiled kernel C');
  await page.evaluate(() => (location.hash = '#/edit'));
  await page.getByRole('button', { name: 'Let it answer this scenario' }).click();
  const banner = page.getByRole('region', { name: 'Which core answers' });
  await expect(banner.getByRole('cell')).toHaveText(['accepted', 'no answer yet']);
  await expect(page.locator('main > .kernel')).not.toContainText('checked against');
  await expect(playground.steps).not.toContainText('accepted');
  await expect(banner.getByRole('cell')).toHaveText(['accepted', 'did not end']);
  await expect(page.locator('main > .kernel')).not.toContainText('checked against');
  await banner.getByRole('button', { name: 'Back to v6-04' }).click();
  await expect(playground.verdict).toContainText('checked against compiled kernel C');
});

test('a link carries the edit; it runs only when the reader clicks', async ({
  playground,
  page,
  context,
}) => {
  await openAt(playground, 'length-zero');
  await page.keyboard.type('// ');
  await expect(view(page)).toContainText('1 line differs from the shipped core.', BUILT);
  await view(page).getByRole('button', { name: 'Share in a link' }).click();
  await expect(page.getByLabel(/With the edited core: 1 line differs/)).toBeChecked();
  const link = page.getByRole('textbox', { name: 'The link' });
  await expect(link).toHaveValue(/#2\./);
  const address = await link.inputValue();
  // Without the edit it is a link as ever.
  await page.getByLabel(/With the edited core/).uncheck();
  await expect(link).toHaveValue(/#1\./);

  const other = await context.newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  await other.goto(address);
  const notice = other.locator('.above-verdict', {
    hasText: 'This link brings an edited core: 1 line differs from v6-04',
  });
  await expect(notice).toBeVisible();
  await expect(other.getByRole('group', { name: 'Verdict' })).toContainText(
    'checked against compiled kernel C',
  );
  // It is read before the verdict that it casts doubt on.
  const [above, below] = await Promise.all([
    notice.boundingBox(),
    other.getByRole('group', { name: 'Verdict' }).boundingBox(),
  ]);
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
  await notice.getByRole('button', { name: 'Show the edit' }).click();
  await expect(view(other).getByText('Not built yet')).toBeVisible();
  await expect(view(other)).toContainText('1 line differs from the shipped core.');
  expect(asked.filter((url) => /compiler|trial/.test(url))).toEqual([]);
  await view(other)
    .getByRole('button', { name: /^Build/ })
    .click();
  await expect(outcome(other)).toContainText(/The edit changes [1-9]/, BUILT);
  // A reload keeps the edit, and builds nothing by itself.
  asked.length = 0;
  await other.reload();
  await other.evaluate(() => (location.hash = '#/edit'));
  await expect(view(other).getByText('Not built yet')).toBeVisible();
  await expect(view(other)).toContainText('1 line differs from the shipped core.');
  expect(asked.filter((url) => /compiler|trial/.test(url))).toEqual([]);
});

test('a compiler that hangs is stopped, and the next build begins afresh', async ({ playground, page }) => {
  await page.clock.install();
  const worker = '**/compiler.worker-*.js';
  await page.route(worker, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: 'onmessage = ({ data: { seq } }) => { postMessage({ kind: "begun", seq }); for (;;); };',
    }),
  );
  await playground.open('#/edit');
  await view(page)
    .getByRole('button', { name: /^Build/ })
    .click();
  await expect(view(page)).toContainText('Compiling…');
  await expect(async () => {
    await page.clock.fastForward(20_000);
    await expect(view(page).getByRole('alert')).toContainText('did not end', { timeout: 100 });
  }).toPass();
  await page.unroute(worker);
  await page.clock.resume();
  await view(page)
    .getByRole('button', { name: /^Build/ })
    .click();
  await expect(outcome(page)).toContainText('the same bytes', BUILT);
});

for (const width of [1440, 390]) {
  test(`by the keyboard alone, and axe finds nothing, light or dark, at ${width} px`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await openAt(playground, 'length-zero');
    await page.keyboard.type('nonsense; ');
    await expect(view(page).getByRole('list', { name: 'Problems' })).toBeVisible(BUILT);
    await faultless(page);
    for (let i = 0; i < 'nonsense; '.length; i++) await page.keyboard.press('Backspace');
    await page.keyboard.type('// ');
    await page.keyboard.press('Control+Enter');
    await expect(outcome(page)).toContainText(/The edit changes [1-9]\d* of \d+ scenarios\./, BUILT);
    await faultless(page);
    if (width > 640) {
      await page.keyboard.press('Escape');
      await expect(view(page).getByRole('group', { name: 'Both cores' })).toBeFocused();
    }
    const cell = view(page).locator('[data-cell="0,0"]');
    for (let i = 0; i < 60 && !(await cell.evaluate((one) => one === document.activeElement)); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(view(page).getByRole('region', { name: 'edited' })).toBeVisible();
    await faultless(page);
    // Back to where the reader was, and out.
    await page.keyboard.press('Enter');
    await expect(outcome(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(view(page)).toBeHidden();
    await expect(page).not.toHaveURL(/edit/);
  });
}

async function faultless(page: Page): Promise<void> {
  // What Monaco draws of its own is Monaco's.
  expect(await faultsOfThemes(page, { within: '[role=dialog]', except: '.monaco-editor' })).toEqual([]);
  expect(await view(page).evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
}
