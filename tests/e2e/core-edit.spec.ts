// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { applyDiff } from '../../engine/core-edit/apply-diff.ts';
import { expect, test, type Playground } from './playground.ts';

const MAIN = 'assembly/fs/fuse/file_iomap.ts';
const SOURCE = readFileSync(new URL(`../../${MAIN}`, import.meta.url), 'utf8');

/** A compilation and a hundred scenarios, on a machine that does something else besides. */
const BUILT = { timeout: 90_000 };

const view = (page: Page): Locator => page.getByRole('dialog', { name: 'Change the core' });
const outcome = (page: Page): Locator =>
  page.getByRole('region', { name: 'What the edit changes' }).getByRole('status');

/** Opens the source at a check, with the cursor at the beginning of its line. */
async function openAt(playground: Playground, check: string): Promise<void> {
  const { page } = playground;
  await playground.open(`#/check/${check}`);
  await page.getByRole('button', { name: 'Edit this check' }).click();
  await expect(view(page)).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Source of/ })).toBeFocused();
  await page.keyboard.press('Home');
}

test('nothing of it is loaded before it is wanted, the compiler not before the first edit', async ({
  playground,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const late = () => asked.filter((url) => /core-?edit|compiler\.worker|trial\.worker|sources/i.test(url));
  await playground.open();
  await expect(page.getByTestId('nearest')).toHaveAttribute('data-ready', 'true');
  expect(late()).toEqual([]);
  await playground.page.evaluate(() => (location.hash = '#/edit'));
  await expect(view(page).getByTestId('core-source')).toBeVisible();
  expect(late().filter((url) => /worker/.test(url))).toEqual([]);
  await expect(outcome(page)).toContainText('Nothing is edited yet');
});

test('a check that is taken out moves verdicts, which are counted and named', async ({
  playground,
  page,
}) => {
  await openAt(playground, 'length-zero');
  await page.keyboard.type('// ');
  await expect(outcome(page)).toContainText(/The edit changes [1-9]\d* of \d+ scenarios\./, BUILT);
  await expect(view(page)).toContainText('1 line differs from the shipped core.');
  const row = view(page).getByRole('row', { name: /A mapping of no bytes/ });
  await expect(row).toContainText('✕ read length-zero');
  await expect(row).toContainText('✕ read read-before-pos');
  await expect(view(page).getByRole('button', { name: /file_iomap\.ts.*edited/ })).toBeVisible();
  // Those that stay as they are, too.
  const changed = await view(page).locator('tbody tr').count();
  await view(page).getByLabel('Only what changes').uncheck();
  expect(await view(page).locator('tbody tr').count()).toBeGreaterThan(changed);
  // A comment alone gives the same bytes: the source in the page is what the shipped core was built of.
  await view(page).getByRole('button', { name: 'All as shipped' }).click();
  await expect(outcome(page)).toContainText('Nothing is edited yet');
  await view(page)
    .getByRole('button', { name: /^Build/ })
    .click();
  await expect(outcome(page)).toContainText('the same bytes', BUILT);
  await view(page).getByRole('button', { name: 'Undo' }).click();
  await expect(outcome(page)).toContainText(/The edit changes [1-9]/, BUILT);
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

test('an edited core that loops is stopped, and the other scenarios go on', async ({ playground, page }) => {
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
});

test('a trap is told where it happens, and is no end of anything else', async ({ playground, page }) => {
  await openAt(playground, 'offset-unaligned');
  await page.keyboard.type('if (!offset_aligned) unreachable(); ');
  await expect(
    view(page)
      .getByRole('row', { name: /traps: unreachable/ })
      .first(),
  ).toBeVisible(BUILT);
  await expect(outcome(page)).toContainText('the edited core traps');
});

test('the edit is copied as a diff that git takes, and comes back out of it', async ({
  playground,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAt(playground, 'length-zero');
  await page.keyboard.type('// ');
  await expect(view(page)).toContainText('1 line differs from the shipped core.', BUILT);
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
  await expect(view(page)).toContainText('1 line differs from the shipped core.');
  await expect(view(page).getByRole('region', { name: 'The edit as a diff' })).toHaveText(diff);
  await expect(outcome(page)).toContainText(/The edit changes [1-9]/, BUILT);
  // A second time it does not fit, and says where.
  await box.fill(diff);
  await view(page).getByRole('button', { name: 'Apply it' }).click();
  await expect(view(page).getByRole('alert')).toContainText(/file_iomap\.ts @@ .* @@ there is no line/);
});
