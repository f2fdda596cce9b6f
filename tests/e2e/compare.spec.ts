// SPDX-License-Identifier: MIT
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';

test('the scenario stands side by side on two revisions, its differences marked', async ({
  playground,
  page,
}) => {
  await playground.open();
  const dialog = await playground.compare();
  await dialog.getByRole('combobox', { name: 'Left revision' }).selectOption('v6-03');
  await dialog.getByRole('combobox', { name: 'Right revision' }).selectOption('v6-04');
  await expect(dialog.getByText('v6-03 and v6-04 differ in 3 of 3 steps.')).toBeVisible();
  const steps = dialog.getByRole('toolbar', { name: 'Steps of both sides' });
  await steps.getByRole('button', { name: /2 iomap_begin/ }).click();
  await expect(dialog.getByRole('region', { name: 'v6-03' })).toContainText('Refused');
  await expect(dialog.getByRole('region', { name: 'v6-04' })).toContainText('Accepted');
  const row = dialog.getByRole('row', { name: /dev-unsupported/ });
  await expect(row.first()).toHaveClass(/differs/);
  await dialog.getByLabel('Only what differs').check();
  await expect(dialog.getByRole('row', { name: /read length-zero/ })).toHaveCount(0);
  // One timeline for both sides.
  await steps.getByRole('button', { pressed: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(dialog.getByRole('region', { name: 'v6-03' })).toContainText('open-type-unknown');
});

test('each side says what follows from its verdict, and is not green where that is bad', async ({
  playground,
}) => {
  await playground.open();
  const dialog = await playground.compare();
  const left = dialog.getByRole('region', { name: 'v6-04' });
  await expect(left).toContainText('What follows: the I/O goes well.');
  await expect(dialog).not.toContainText('asking…');
  await playground.page.keyboard.press('Escape');
  await playground.example('A mapping past the end of the device');
  await playground.compare();
  await expect(left.getByRole('heading', { name: 'Accepted, but the read fails' })).toBeVisible();
  await expect(dialog).not.toContainText('asking…');
  await dialog.getByRole('button', { name: 'Two replies' }).click();
  await expect(dialog.getByText('Accepted, but the read fails').first()).toBeVisible();
});

test('one revision with itself differs in nothing', async ({ playground }) => {
  await playground.open();
  const dialog = await playground.compare();
  await dialog.getByRole('combobox', { name: 'Right revision' }).selectOption('v6-04');
  await expect(dialog.getByText('v6-04 and v6-04 do the same in every step.')).toBeVisible();
});

test('a slow revision that is not wanted any more takes no other’s place', async ({ playground, page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/late\.trace/, async (route) => {
    await held;
    await route.continue();
  });
  await playground.open();
  const dialog = await playground.compare();
  await dialog.getByRole('combobox', { name: 'Right revision' }).selectOption('v6-03');
  const steps = dialog.getByRole('toolbar', { name: 'Steps of both sides' });
  await expect(dialog.getByRole('region', { name: 'v6-03' })).toBeVisible();
  const loaded = page.waitForEvent('requestfinished', (request) => request.url().includes('late.trace'));
  release();
  await loaded;
  for (const step of [/1 backing_open/, /2 iomap_begin/]) {
    await steps.getByRole('button', { name: step }).click();
    await expect(steps.getByRole('button', { name: step })).toHaveAttribute('aria-pressed', 'true');
    await expect(dialog.locator('tr.differs').first()).toBeVisible();
  }
  await expect(dialog.getByRole('region', { name: 'v6-03' })).toContainText('Refused');
});

test('the matrix counts what the patch changes, those first, and opens one by key', async ({
  playground,
  page,
}) => {
  await playground.open();
  const dialog = await playground.compare('Many scenarios');
  const summary = dialog.getByText(/^late changes \d+ of \d+ scenarios against v6-04$/);
  await expect(summary).toBeVisible({ timeout: 20_000 });
  const [, changed, all] = /(\d+) of (\d+)/.exec((await summary.textContent())!)!.map(Number);
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThan(all!);
  // Above each group of rows stands what they have in common.
  const rows = dialog.locator('tbody tr', { has: dialog.page().getByRole('rowheader') });
  await expect(rows).toHaveCount(all!);
  const marks = await rows.evaluateAll((list) => list.map((row) => row.classList.contains('differs')));
  expect(marks.slice(0, changed).every(Boolean)).toBe(true);
  expect(marks.slice(changed).some(Boolean)).toBe(false);
  const heads = await dialog.locator('tbody > tr:first-child > td').allTextContents();
  expect(heads.length).toBeGreaterThan(2);
  for (const head of heads) expect(head).toMatch(/^\d+ scenarios?: (the |a call |no difference$)/);
  expect(heads.reduce((sum, head) => sum + parseInt(head, 10), 0)).toBe(all);
  const title = (await rows.first().getByRole('rowheader').textContent())!;
  await rows.first().getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(title).toContain(await playground.title.inputValue());
  await expect(page.getByRole('combobox', { name: /Revision of the patch/ })).toHaveValue('late');
  await playground.undo();
  await expect(playground.title).toHaveValue('Your first reply');
});

test('the matrix of all revisions has a column for each, and no use for two sides', async ({
  playground,
}) => {
  // All scenarios on all revisions.
  test.slow();
  await playground.open();
  const dialog = await playground.compare('Many scenarios');
  await dialog.getByLabel('All revisions as columns').check();
  const columns = [
    /^scenario$/,
    /^v6-03/,
    /^v6-04 base/,
    /^2026-01/,
    /^v7-04/,
    /^late/,
    /^2026-05/,
    /^2026-05-cache/,
  ];
  await expect(dialog.getByRole('columnheader')).toHaveText(columns);
  // A colour says that a cell is not as the one to its left: never in the first column, also in the base's.
  const coloured = (column: number) => dialog.locator(`.changed[data-cell$=",${column}"]`);
  await expect(coloured(1)).not.toHaveCount(0, { timeout: 60_000 });
  await expect(coloured(0)).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Drop column v7-04' }).click();
  await dialog.getByRole('button', { name: 'Drop column late' }).click();
  const left = columns.filter((name) => !/v7-04|late/.test(name.source));
  await expect(dialog.getByRole('columnheader')).toHaveText(left);
  await expect(dialog.getByRole('combobox', { name: 'Left revision' })).toBeDisabled();
  await expect(dialog.getByRole('button', { name: 'Exchange left and right' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Side by side' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Left revision' })).toBeEnabled();
});

test('pasted links become the rows; text that is not a link is reported', async ({ playground }) => {
  await playground.open();
  const link = await playground.share();
  const dialog = await playground.compare('Many scenarios');
  await dialog.getByText('Other scenarios').click();
  const box = dialog.getByLabel(/^Links, text cards/);
  await box.fill('nothing of the kind');
  await dialog.getByRole('button', { name: 'Compare these' }).click();
  await expect(dialog.getByRole('alert')).toContainText('no link, no card and no scenario');
  await box.fill(`see ${link}\nand ${link}`);
  await dialog.getByRole('button', { name: 'Compare these' }).click();
  await expect(dialog.getByText('late changes 0 of 2 scenarios against v6-04')).toBeVisible();
  await expect(dialog.getByRole('rowheader', { name: /Your first reply \(2\)/ })).toBeVisible();
});

test('a difference is found, and opens as a scenario', async ({ playground }) => {
  await playground.open();
  const dialog = await playground.compare('Find a difference');
  await dialog.getByRole('button', { name: 'Find a reply on which v6-04 and late disagree' }).click();
  await expect(dialog.getByText(/^v6-04 and late disagree: /)).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Open as a scenario' }).click();
  await expect(dialog).toBeHidden();
  await expect(playground.title).toHaveValue(/^v6-04 and late disagree/);
  // What was found does differ.
  const again = await playground.compare();
  await expect(again.getByText(/^v6-04 and late differ in [1-9]/)).toBeVisible();
});

test('another difference is offered, and is another', async ({ playground }) => {
  await playground.open();
  const dialog = await playground.compare('Find a difference');
  await dialog.getByRole('button', { name: 'Find a reply on which v6-04 and late disagree' }).click();
  const another = dialog.getByRole('button', { name: 'Find another difference' });
  const found = dialog.locator('.found');
  await expect(another).toBeVisible({ timeout: 30_000 });
  const first = await found.locator('dl').textContent();
  await another.click();
  await expect(found).toBeVisible({ timeout: 30_000 });
  await expect(found).not.toContainText(first!);
});

test('a reply that one check alone refuses is found', async ({ playground, page }) => {
  await playground.open();
  const dialog = await playground.compare('Find a difference');
  await dialog.getByLabel('or one that').selectOption('offset-unaligned');
  await dialog.getByRole('button', { name: 'Find it in late' }).click();
  await dialog.getByRole('button', { name: 'Open as a scenario' }).click({ timeout: 30_000 });
  await expect(playground.verdict).toContainText('offset-unaligned');
  await expect(page.getByText('would fail too')).toHaveCount(0);
});

test('the comparison is a place with an address, which leaves with it', async ({ playground, page }) => {
  await playground.open('#/compare');
  const dialog = page.getByRole('dialog', { name: 'Compare' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/compare/);
});

test('the revisions tell their mails, and one is chosen to answer', async ({ playground, page }) => {
  await playground.open();
  await page.getByRole('button', { name: 'About the revisions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revisions of the patch series' });
  await expect(dialog.getByRole('link', { name: /PATCH 04\/31/ })).toHaveAttribute(
    'href',
    /^https:\/\/lore\.kernel\.org\//,
  );
  await dialog.getByRole('button', { name: 'Answer as v6-03' }).click();
  await expect(dialog).toBeHidden();
  await expect(playground.headline).toHaveText('Refused');
  await expect(page.getByRole('combobox', { name: /Revision of the patch/ })).toHaveValue('v6-03');
});

test('nothing of it is loaded before it is wanted', async ({ playground, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await playground.open();
  await expect(page.getByTestId('nearest')).toHaveAttribute('data-ready', 'true');
  expect(asked.filter((url) => /Compare|Revisions|late\.trace|v6-03/.test(url))).toEqual([]);
});

for (const width of [1440, 390]) {
  test(`axe finds nothing in the comparisons, light or dark, at ${width} px`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await playground.open();
    const text = JSON.stringify({ format: 1, title: 'x', steps: [{ do: 'backing_open' }] });
    const dialog = await playground.compare();
    await dialog.getByRole('combobox', { name: 'Left revision' }).selectOption('v6-03');
    await expect(dialog.getByText(/^v6-03 and late differ in/)).toBeVisible();
    await expect(dialog.locator('tr.differs').first()).toBeVisible();
    const fits = async () => {
      expect(await faultsOfThemes(page, { within: '[role=dialog]' })).toEqual([]);
      expect(await dialog.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
    };
    await fits();
    await dialog.getByRole('button', { name: 'Find a difference' }).click();
    await fits();
    await dialog.getByRole('button', { name: 'Many scenarios' }).click();
    await dialog.getByText('Other scenarios').click();
    await dialog.getByLabel(/^Links, text cards/).fill(text);
    await dialog.getByRole('button', { name: 'Compare these' }).click();
    await expect(dialog.getByText('late changes 1 of 1 scenario against v6-03')).toBeVisible();
    await fits();
  });
}
