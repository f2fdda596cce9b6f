// SPDX-License-Identifier: MIT
import { faults } from './faults.ts';
import { expect, test } from './playground.ts';

const WHY = "read offset can't be read";
/** Two steps; the second has a type that does not exist. */
const FAULTY =
  '{"format":1,"title":"Faulty","steps":[\n{"do":"backing_open"},\n{"do":"iomap_begin","reply":{"read":{"type":"MAPED"}}}]}';

test('while a field cannot be read, every view says that its answer is of the text before', async ({
  playground,
  page,
}) => {
  await playground.open();
  const machine = page.getByRole('region', { name: 'The machine' });
  const field = playground.field('read offset');
  await expect(playground.chosen).toContainText('accepted');
  await expect(playground.chosen).not.toContainText('was');
  const colour = await playground.verdict.evaluate((verdict) => getComputedStyle(verdict).backgroundColor);
  await field.fill('0x');
  await expect(playground.verdict).toContainText(`Answer to the text before: ${WHY}.`);
  expect(await playground.verdict.evaluate((verdict) => getComputedStyle(verdict).backgroundColor)).not.toBe(
    colour,
  );
  await expect(playground.steps).toHaveAccessibleName(`Steps, with their answers to the text before: ${WHY}`);
  for (const card of await playground.steps.getByRole('option').all())
    await expect(card).toContainText('was ');
  await expect(machine).toContainText(`As it was for the text before: ${WHY}.`);
  await expect(page.getByTestId('announcement')).toHaveText(`Answer to the text before: ${WHY}.`);
  expect(await faults(page)).toEqual([]);

  await field.fill('0x2000');
  await expect(playground.verdict).toContainText('read-after-pos');
  await expect(playground.verdict).not.toContainText('before:');
  await expect(playground.chosen).not.toContainText('was');
  await expect(machine).not.toContainText('text before');
});

test('a field that is given up or left for another step holds nothing back', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read offset').fill('0x');
  await expect(playground.verdict).toContainText(WHY);
  await playground.field('read offset').press('Escape');
  await expect(playground.verdict).not.toContainText(WHY);
  await playground.field('read offset').fill('0x');
  await expect(playground.verdict).toContainText(WHY);
  await playground.steps.press('ArrowLeft');
  await expect(playground.chosen).toContainText('1 backing_open');
  await expect(page.getByTestId('announcement')).toContainText('Step 1');
  await expect(playground.verdict).not.toContainText(WHY);
});

test('a step that came while the document has an error is not run, and takes no answer of another', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.tab('Document');
  const editor = page.getByTestId('monaco');
  await editor.locator('.view-line').first().click();
  await page.keyboard.press('Control+Home');
  // A key that no scenario has.
  await page.keyboard.press('End');
  await page.keyboard.insertText('"x": 1,');
  await expect(playground.trouble).toContainText("can't be run");
  await expect(playground.verdict).toContainText(/Answer to the text before: line \d+ can't be read/);
  await page.keyboard.press('Escape');
  await playground.steps.press('Home');
  await expect(playground.chosen).toContainText('1 backing_open');
  await expect(playground.chosen).toContainText('was id 1');
  await page.getByRole('button', { name: '+ step' }).click();
  await page.getByRole('menuitem', { name: /^unmount/ }).click();
  await expect(playground.chosen).toContainText('2 unmount');
  await expect(playground.chosen).toContainText('not run');
  await expect(playground.headline).toHaveText('Not run');
  await expect(playground.verdict).toContainText(/Step 2 has not run yet: line \d+ can't be read/);
  const cards = playground.steps.getByRole('option');
  await expect(cards.nth(2)).toContainText('was accepted');
  await expect(cards.nth(3)).toContainText('was -EBUSY');
  // The steps after it keep their own verdicts.
  await playground.steps.press('ArrowRight');
  await expect(playground.headline).toHaveText('Accepted');
  await playground.steps.press('ArrowRight');
  await expect(playground.verdict).toContainText('-EBUSY');
});

test('a text that is not JSON for a moment keeps its steps and the chosen one in view', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.tab('Document');
  await page.getByTestId('monaco').locator('.view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(',');
  await expect(playground.trouble).toContainText("can't be run");
  await expect(playground.chosen).toContainText('2 iomap_begin');
  await expect(playground.chosen).toContainText('was accepted');
  await expect(playground.title).not.toHaveValue('');
});

test('sharing says what it takes in the place of a field that cannot be read', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.field('read offset').fill('0x');
  await page.getByRole('button', { name: 'Share' }).click();
  const note = page.getByRole('dialog').getByRole('note');
  await expect(note).toContainText("The field read offset says 0x, which can't be read");
  await expect(note).toContainText('What is shared has 4096 in its place');
  for (const name of ['Text for mail', 'Copy as']) {
    await page.getByRole('tab', { name }).click();
    await expect(note).toBeVisible();
  }
  await note.getByRole('button', { name: 'Go to the field' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(playground.field('read offset')).toBeFocused();
  await expect(playground.field('read offset')).toHaveValue('0x');
});

test('a document with an error is not shared; the reason leads to its place', async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.drop('faulty.json', FAULTY);
  await page.getByRole('button', { name: 'Open it as a document' }).click();
  await expect(playground.title).toHaveValue('Faulty');
  await page.getByRole('button', { name: 'Share' }).click();
  const note = page.getByRole('dialog').getByRole('note');
  await expect(note).toContainText(/Line 3, column \d+:/);
  await expect(page.getByRole('textbox', { name: 'The link' })).toBeHidden();
  await note.getByRole('button', { name: 'Show the error' }).click();
  await expect(page.getByTestId('monaco').locator('.selected-text')).toBeVisible();
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await page.keyboard.type('1');
  await expect(playground.trouble).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the line of verdict says that it is of the text before', async ({ playground, page }) => {
    await playground.open();
    const bar = page.getByTestId('verdict-bar');
    await playground.field('read dev').evaluate((field) => field.scrollIntoView());
    await playground.field('read dev').fill('zz');
    await expect(bar).toBeInViewport();
    await expect(bar).toContainText('Answer to the text before: Accepted');
    await playground.field('read dev').fill('9');
    await expect(bar).toContainText('dev-not-found');
    await expect(bar).not.toContainText('before');
  });
});
