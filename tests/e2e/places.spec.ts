// SPDX-License-Identifier: MIT
// What arrives late takes no control away from under a pointer, and no focus from under the keys.
import type { Locator, Page } from '@playwright/test';
import { holdQuestions } from './held.ts';
import { expect, test } from './playground.ts';

/** Puts the pointer on a control and presses it, without letting go. */
async function press(page: Page, control: Locator): Promise<void> {
  await control.hover();
  await page.mouse.down();
}

const place = async (control: Locator) => {
  const { x, y } = (await control.boundingBox())!;
  return { x, y };
};

/** A check's chip, whose group is unfolded for it. */
async function chipOf(page: Page): Promise<Locator> {
  const path = page.getByRole('group', { name: 'Path of checks' });
  await path.getByRole('button', { name: /^fuse_iomap_find_dev/ }).click();
  return path.getByRole('button', { name: /device found ?, passed$/ });
}

test('a press is that of the control it began on, wherever that is by then', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read addr').fill('4M');
  await expect(page.getByRole('table', { name: 'Fields of iomap' })).toContainText(/4M|4.?194.?304|0x400000/);
  const chip = await chipOf(page);
  const before = await place(chip);
  await press(page, chip);
  // Whatever comes meanwhile and stands above.
  await page.locator('.verdict-place').evaluate((above) => (above.style.marginTop = '60px'));
  expect(await place(chip)).not.toEqual(before);
  await page.mouse.up();
  await expect(chip).toHaveAttribute('aria-expanded', 'true');
  // A pointer that is drawn away gives the press up.
  await press(page, chip);
  await page.mouse.move(before.x + 200, before.y);
  await page.mouse.up();
  await expect(chip).toHaveAttribute('aria-expanded', 'true');
});

test('a notice moves neither what is above it nor the steps', async ({ playground, page }) => {
  await playground.open();
  const controls = [playground.headline, playground.field('read offset'), playground.steps];
  const before = await Promise.all(controls.map(place));
  await page.evaluate(() => (location.hash = '#/nonsense'));
  await expect(playground.notices).toContainText('There is no place');
  expect(await Promise.all(controls.map(place))).toEqual(before);
});

test('while the answer to another step comes, nothing is said of that step, and its place is kept', async ({
  playground,
  page,
}) => {
  const details = await holdQuestions(page, 'detail');
  await playground.open();
  await expect(page.getByRole('heading', { name: /bytes of the reply$/ })).toBeVisible();
  await details.hold();
  await playground.steps.press('Home');
  await details.asked();
  await expect(playground.chosen).toContainText('1 backing_open');
  await expect(playground.verdict).not.toContainText('did not run');
  await expect(page.getByTestId('announcement')).not.toContainText('did not run');
  await expect(page.getByRole('heading', { name: /bytes of the reply$/ })).toBeVisible();
  await details.release();
  await expect(playground.headline).toHaveText('Opened as id 1');
  await expect(page.getByRole('heading', { name: /bytes of the reply$/ })).toBeHidden();
});

test('the x-ray that is about to be opened is the same one in the next step', async ({
  playground,
  page,
}) => {
  await playground.open();
  const summary = page.getByText('Device x-ray: all mappings so far');
  await summary.focus();
  await playground.page.evaluate(() => document.querySelector('[role=option]')!.id);
  await page.getByRole('button', { name: '+ step' }).click();
  await summary.evaluate((element) => element.setAttribute('data-seen', ''));
  await page.getByRole('menuitem', { name: /^pread/ }).click();
  await expect(playground.headline).toHaveText('Read 4096 bytes');
  await expect(page.getByRole('slider', { name: 'Part of vda in view' })).toBeVisible();
  await expect(page.locator('summary[data-seen]')).toHaveCount(1);
});

test('a reply that is being edited stays, whichever reply the run then refuses', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.example('One read, three mappings');
  const first = page.getByRole('radio', { name: /^1 / });
  await expect(first).toBeChecked();
  const length = playground.field('read length');
  await length.fill('8192');
  await expect(page.getByRole('radio', { name: /^2 .*refused/ })).toBeVisible();
  await expect(first).toBeChecked();
  await expect(length).toBeFocused();
});

test('both sides of a comparison stay until the next ones are there whole', async ({ playground, page }) => {
  const pairs = await holdQuestions(page, 'pair');
  await playground.open();
  const dialog = await playground.compare();
  const only = dialog.getByLabel('Only what differs');
  await only.check();
  await pairs.hold();
  await dialog.getByRole('combobox', { name: 'Right revision' }).selectOption('v6-03');
  await pairs.asked();
  await expect(only).toBeChecked();
  await only.focus();
  await expect(dialog.getByRole('region', { name: 'late' })).toBeVisible();
  await pairs.release();
  await expect(dialog.getByRole('region', { name: 'v6-03' })).toContainText('Refused');
  await expect(only).toBeFocused();
});

test('the table of a matrix stays where it is while another is made', async ({ playground, page }) => {
  const matrices = await holdQuestions(page, 'matrix');
  await playground.open();
  const dialog = await playground.compare('Many scenarios');
  await expect(dialog.getByText(/^late changes \d+ of/)).toBeVisible();
  const table = dialog.getByRole('table');
  const before = await place(table);
  await matrices.hold();
  await dialog.getByLabel('All revisions as columns').check();
  await matrices.asked();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  expect(await place(table)).toEqual(before);
  await matrices.release();
  // All examples on all revisions.
  await expect(dialog.getByRole('progressbar')).toBeHidden({ timeout: 90_000 });
  expect(await place(table)).toEqual(before);
});

test('a search shows the reply and both verdicts, and keeps the focus at what began it', async ({
  playground,
  page,
}) => {
  const searches = await holdQuestions(page, 'difference');
  await playground.open();
  const dialog = await playground.compare('Find a difference');
  const find = dialog.getByRole('button', { name: 'Find a reply on which v6-04 and late disagree' });
  await searches.hold();
  await find.press('Enter');
  await searches.asked();
  await expect(find).toBeFocused();
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(find).toBeFocused();
  await searches.release();
  await find.press('Enter');
  const found = dialog.getByRole('status').filter({ hasText: 'v6-04 and late disagree' });
  await expect(found.getByRole('term')).toHaveText(['read', 'write', 'v6-04', 'late']);
  const told = await found.getByRole('definition').allTextContents();
  expect(told[0]).toMatch(/^[A-Z_]+/);
  // The verdicts differ, and the one that refuses names its check.
  expect(told[2]).not.toBe(told[3]);
  expect(told.slice(2).join()).toMatch(/refused by [a-z-]+/);
  await expect(find).toBeFocused();
});

test('the focus stays near a control that goes with its press', async ({ playground, page }) => {
  await playground.open();
  const expectation = page.getByRole('region', { name: 'Expectation' });
  await expectation.getByRole('button', { name: 'Expect what happened' }).press('Enter');
  await expect(expectation).toContainText('met');
  await expect(expectation).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(expectation.getByRole('button', { name: 'Expect nothing' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(expectation).toBeFocused();
});

test('the focus of a check goes back to it when its details are closed', async ({ playground, page }) => {
  await playground.open();
  const chip = await chipOf(page);
  await chip.press('Enter');
  await page.getByRole('button', { name: 'Close the details' }).press('Enter');
  await expect(chip).toBeFocused();
});

test('a step that is chosen while a run goes on is shown, and nothing waits any more', async ({
  playground,
  page,
}) => {
  const runs = await holdQuestions(page, 'run');
  await playground.open();
  await runs.hold();
  await playground.field('read offset').fill('8192');
  await runs.asked();
  await playground.steps.getByRole('option').last().click();
  await runs.release();
  await expect(playground.headline).toHaveText('Refused');
  await playground.settled();
  await playground.steps.getByRole('option').nth(1).click();
  await expect(page.getByTestId('nearest')).toContainText('read.offset 8192 → 4096');
});
