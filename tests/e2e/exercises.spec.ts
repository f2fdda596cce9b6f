// SPDX-License-Identifier: MIT
// Exercises: the list, one beside the live page, one in a link, and how a teacher makes one.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { linkedPart } from '#engine/exercises/link.ts';
import { readJson } from '#engine/scenario/json.ts';
import { isObject, type JsonObject } from '#engine/scenario/path.ts';
import { clean } from './axe-clean.ts';
import { expect, test, type Playground } from './playground.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Exercise' });
const goal = (page: Page) => page.getByRole('region', { name: 'Goal' });
const status = (page: Page) => goal(page).getByRole('status');
const list = (page: Page) => page.getByRole('main', { name: 'Exercises' });
const title = (page: Page) => panel(page).getByRole('heading', { level: 3 });

const FILE = readJson(readFileSync(new URL('../../exercises/the-other-disk.json', import.meta.url), 'utf8'))
  .root!.value;
const withChanges = (changes: JsonObject) => linkedPart({ ...(isObject(FILE) ? FILE : {}), ...changes });

test('an exercise by keyboard alone, from the palette to done', async ({ playground, page }) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('the exercises');
  await page.keyboard.press('Enter');
  await expect(list(page).getByRole('heading', { level: 2 })).toBeFocused();
  const link = list(page).getByRole('listitem').getByRole('link', { name: 'The bytes of the other disk' });
  for (let i = 0; i < 120 && !(await link.evaluate((own) => own === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('The bytes of the other disk');
  await expect(title(page)).toBeFocused();
  await expect(page).toHaveURL(/#\/exercise\/the-other-disk$/);
  await expect(status(page)).toContainText('the program has the bytes of vdb');
  // What is accepted does not read as done.
  const verdict = page.getByRole('group', { name: 'Verdict' });
  await expect(verdict).toContainText('The goal is not met yet.');
  await expect(verdict).not.toHaveClass(/tone-ok/);
  const dev = playground.field('read dev');
  await dev.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1');
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  await expect(verdict).not.toContainText('The goal is not met yet.');
  await expect(goal(page)).toContainText('✓ met');
  await page.reload();
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  await panel(page).getByRole('button', { name: 'All exercises' }).first().click();
  await expect(list(page).getByRole('status')).toContainText(/^1 of \d+ done/);
});

test('the list is in three orders, and a check and Help lead to it', async ({ playground, page }) => {
  await playground.open();
  await page.evaluate(() => (location.hash = '#/exercises'));
  await expect(list(page).getByRole('region', { name: 'One step' })).toBeVisible();
  await list(page).getByRole('button', { name: 'Consequences' }).click();
  await expect(
    list(page).getByRole('link', { name: 'The bytes of the other disk', exact: true }),
  ).toBeVisible();
  await list(page).getByRole('button', { name: 'By check' }).click();
  await expect(list(page).getByRole('button', { name: 'By check' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '#/help'));
  await page.getByRole('dialog').getByRole('button', { name: 'Exercises' }).click();
  await expect(list(page)).toBeVisible();
});

test('hints follow the answer, the solution is filled in, and start over', async ({ playground, page }) => {
  await playground.open('#/exercise/the-other-disk');
  // Before it the form is that of the first scenario, which has such a field too.
  await expect(goal(page)).toBeVisible();
  await playground.field('read dev').fill('7');
  await expect(status(page)).toContainText('No disk has this id');
  await panel(page).getByRole('button', { name: 'Start over' }).click();
  await expect(status(page)).toContainText('the program has the bytes of vdb');
  await panel(page).getByRole('button', { name: 'Show a solution' }).click();
  await panel(page).getByRole('button', { name: 'Fill it in' }).click();
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  // Another scenario, and back to the work.
  await page.getByRole('button', { name: 'Examples', exact: true }).click();
  await page.getByRole('dialog').getByText('A read, accepted').first().click();
  await panel(page).getByRole('button', { name: 'Come back to the exercise' }).click();
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
});

test('an exercise in a link opens, and may come without a solution', async ({ playground, page }) => {
  const part = withChanges({ title: 'From a teacher', solution: [] });
  await playground.open(`#/exercise/${part}`);
  await expect(title(page)).toHaveText('From a teacher');
  await expect(panel(page)).toContainText('Its goal is in the link');
  await expect(panel(page).getByRole('button', { name: 'Show a solution' })).toHaveCount(0);
  await playground.field('read dev').fill('1');
  await expect(goal(page)).toContainText('✓ met');
  await page.reload();
  await expect(playground.field('read dev')).toHaveValue('1');
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
});

test('the work in each link is kept, also after another link was opened', async ({ playground, page }) => {
  const [one, other] = ['One', 'Other'].map((title) => withChanges({ title }));
  await playground.open(`#/exercise/${one}`);
  await expect(goal(page)).toBeVisible();
  await playground.field('read dev').fill('1');
  await expect(goal(page)).toContainText('✓ met');
  await page.evaluate((part) => (location.hash = `#/exercise/${part}`), other!);
  await expect(title(page)).toHaveText('Other');
  await playground.field('read dev').fill('7');
  await expect(status(page)).toContainText('No disk has this id');
  await page.reload();
  await expect(playground.field('read dev')).toHaveValue('7');
  await page.evaluate((part) => (location.hash = `#/exercise/${part}`), one!);
  await expect(title(page)).toHaveText('One');
  await expect(playground.field('read dev')).toHaveValue('1');
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
});

test('a link that lost its end is told, and the work stays', async ({ playground, page }) => {
  await playground.open(`#/exercise/${withChanges({}).slice(0, -12)}`);
  await expect(title(page)).toHaveText('This exercise can’t be opened');
  await expect(panel(page)).toContainText('The link lost its end');
  await page.evaluate((hash) => (location.hash = hash), `#/exercise/${linkedPart({ exercise: 2n })}`);
  await expect(panel(page)).toContainText('the format of exercises');
  await page.evaluate(() => (location.hash = '#/exercise/no-such'));
  await expect(playground.notices).toContainText('There is no exercise “no-such”');
});

test('a mail with the link, wrapped and quoted, is pasted on the page', async ({ playground, page }) => {
  await playground.open();
  const part = withChanges({ title: 'Out of a mail' });
  const mail = `> For Monday: https://host.example/#/exercise/${part.slice(0, 50)}\n> ${part.slice(50)}\n> Have fun`;
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, mail);
  await expect(title(page)).toHaveText('Out of a mail');
  await expect(status(page)).toContainText('the program has the bytes of vdb');
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Make an exercise' });

/** Fills the form so that an exercise of the first scenario comes out. */
async function make(playground: Playground) {
  const { page } = playground;
  await page.evaluate(() => (location.hash = '#/make-exercise'));
  const form = dialog(page);
  await form.getByLabel('Title').fill('Where do they lie?');
  await form.getByLabel(/^Text/).fill('A server says where.\n\nIt is wrong.');
  await form.getByLabel(/^Goal, in words/).fill('The mapping that it should be.');
  await form.getByRole('checkbox', { name: /^the iomap/ }).check();
  await form.getByRole('checkbox', { name: /read: addr/ }).check();
  return form;
}

test('a teacher makes an exercise of the scenario, and it can be solved', async ({ playground, page }) => {
  await playground.open();
  await expect(playground.headline).toHaveText('Accepted');
  const addr = await playground.field('read addr').inputValue();
  const form = await make(playground);
  await expect(form).toContainText(
    'What the solver finds misses the goal, and the scenario as it is meets it.',
  );
  // What is found right already is no exercise.
  await form.getByLabel(/^What the solver finds in .*addr/).fill(addr);
  await expect(form).toContainText('What the solver finds meets the goal already.');
  await form.getByLabel(/^What the solver finds in .*addr/).fill('2M');
  await form.getByRole('button', { name: '+ hint' }).click();
  await form.getByLabel('Text of hint 1').fill('Look at the address.');
  await form.getByRole('checkbox', { name: /may have a solution/ }).uncheck();
  const address = await form.getByLabel('The link to the exercise').inputValue();
  expect(address).toMatch(/#\/exercise\/1\.\d+\./);
  await form.getByText('Show it within a page of your own').click();
  await expect(form.getByRole('group', { name: 'To embed, as text' })).toContainText(
    /\/embed\.html#\/exercise\/1\.\d+\./,
  );
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(title(page)).toHaveText('Where do they lie?');
  await expect(status(page)).toContainText('Look at the address.');
  await playground.field('read addr').fill(addr);
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
});

test('the form says what is missing', async ({ playground, page }) => {
  await playground.open('#/make-exercise');
  await expect(dialog(page)).toContainText('Give it a title.');
  await dialog(page).getByLabel('Title').fill('x');
  await expect(dialog(page)).toContainText('Say what is to come out.');
  await dialog(page)
    .getByLabel(/^Goal, in words/)
    .fill('x');
  await expect(dialog(page)).toContainText('Choose a field that may be edited.');
});

for (const [width, colorScheme] of [
  [1440, 'light'],
  [390, 'dark'],
  [320, 'light'],
] as const) {
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('axe finds nothing, and nothing is wider than the page', async ({ playground, page }) => {
      await playground.open('#/exercise/the-other-disk');
      await expect(status(page)).toContainText('the program has the bytes of vdb');
      await clean(page);
      await panel(page).getByRole('button', { name: 'All exercises' }).first().click();
      await expect(list(page)).toBeVisible();
      await clean(page);
      await page.keyboard.press('Escape');
      await page.evaluate(() => (location.hash = '#/make-exercise'));
      await dialog(page).getByRole('button', { name: '+ hint' }).click();
      await clean(page);
    });
  });
}
