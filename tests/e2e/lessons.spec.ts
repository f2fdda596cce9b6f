// SPDX-License-Identifier: MIT
// Lessons: the map, a step beside the live page, hints, progress, and the reader's own work.
import type { Page } from '@playwright/test';
import { clean } from './axe-clean.ts';
import { expect, test, type Playground } from './playground.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Lesson' });
const goal = (page: Page) => page.getByRole('region', { name: 'Goal' });
const status = (page: Page) => goal(page).getByRole('status');
const map = (page: Page) => page.getByRole('main', { name: 'Lessons' });
const stepTitle = (page: Page) => panel(page).getByRole('heading', { level: 3 });

/** Writes a value into a field of the reply, by keys. */
async function type(playground: Playground, name: string, value: string) {
  const field = playground.field(name);
  await field.focus();
  await field.page().keyboard.press('Control+a');
  await field.page().keyboard.type(value);
}

test('a whole lesson by keyboard alone', async ({ playground, page }) => {
  await playground.open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('the lessons');
  await page.keyboard.press('Enter');
  await expect(map(page).getByRole('heading', { level: 2 })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(map(page).getByRole('link', { name: 'Begin with 1.1' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stepTitle(page)).toHaveText('1.1 Nothing is there');
  await expect(stepTitle(page)).toBeFocused();
  await expect(page).toHaveURL(/#\/lesson\/holes-and-mapped\/1$/);
  await expect(status(page)).toContainText('Give it a length');

  // Nothing else gives the answer away.
  await expect(page.getByText('Nearest accepted')).toHaveCount(0);
  await type(playground, 'read length', '4096');
  await expect(status(page)).toContainText('0 is a place');
  await type(playground, 'read addr', 'NULL_ADDR');
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  await press(page, 'Next 1.2 →');
  await expect(stepTitle(page)).toHaveText('1.2 Now something is');
  await expect(stepTitle(page)).toBeFocused();

  await expect(status(page)).toContainText('Taken, but not the goal');
  // What may be edited is marked in the form, and nothing else.
  const marked = (name: string) =>
    playground.field(name).evaluate((own) => getComputedStyle(own).boxShadow !== 'none');
  expect([await marked('read type'), await marked('read length')]).toEqual([true, false]);
  await type(playground, 'read type', 'MAPPED');
  await type(playground, 'read dev', '1');
  await type(playground, 'read addr', '2048');
  await expect(status(page)).toContainText('The program read sector 4');
  await type(playground, 'read addr', '1M');
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  await press(page, 'Next 1.3 →');
  await expect(stepTitle(page)).toHaveText('1.3 Two pieces, two questions');

  // The solution is shown first; the last press is the reader's.
  await press(page, 'Show a solution');
  await expect(status(page)).toContainText('One question was asked');
  await press(page, 'Fill it in');
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  await press(page, 'All lessons', 'Shift+Tab');
  await expect(map(page)).toContainText('3 of 3 done');
});

/** Goes to a button of the panel with Tab from the title of the step, and presses it. */
async function press(page: Page, name: string, key = 'Tab') {
  const button = panel(page).getByRole('button', { name, exact: true }).first();
  await stepTitle(page).focus();
  for (let i = 0; i < 30; i++) {
    if (await button.evaluate((own) => own === document.activeElement)) break;
    await page.keyboard.press(key);
  }
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
}

test('a reload in the middle keeps the work, and progress outlives the tab', async ({
  playground,
  page,
  context,
}) => {
  await playground.open('#/lesson/holes-and-mapped/1');
  await expect(status(page)).toContainText('Give it a length');
  await playground.field('read length').fill('4096');
  await expect(status(page)).toContainText('0 is a place');
  await page.reload();
  await expect(stepTitle(page)).toHaveText('1.1 Nothing is there');
  await expect(playground.field('read length')).toHaveValue('4096');
  await expect(status(page)).toContainText('0 is a place');
  await playground.field('read addr').fill('NULL_ADDR');
  await expect(goal(page)).toContainText('✓ met');
  const other = await context.newPage();
  await other.goto('./#/lessons');
  await expect(map(other)).toContainText('1 of 3 done');
  await expect(map(other).getByRole('link', { name: 'Go on with 1.2' })).toBeVisible();
});

test('own work is set aside, and Back and Forward lead through steps', async ({ playground, page }) => {
  await playground.open();
  await playground.field('read offset').fill('8192');
  await expect(playground.headline).toHaveText('Refused');
  await playground.kept();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await map(page).getByRole('link', { name: '1.1 Nothing is there' }).click();
  await expect(stepTitle(page)).toHaveText('1.1 Nothing is there');
  await expect(playground.title).toHaveValue('Holes and mapped: Nothing is there');
  await expect(playground.notices).toContainText('is set aside: Back');
  await playground.field('read length').fill('4096');
  await expect(status(page)).toContainText('0 is a place');
  await panel(page).getByRole('button', { name: 'Skip to 1.2 →' }).click();
  await expect(stepTitle(page)).toHaveText('1.2 Now something is');
  await page.goBack();
  await expect(stepTitle(page)).toHaveText('1.1 Nothing is there');
  await expect(playground.field('read length')).toHaveValue('4096');
  await expect(status(page)).toContainText('0 is a place');
  await page.goBack();
  await expect(playground.field('read offset')).toHaveValue('8192');
  // Away from the lesson, and back again.
  await panel(page).getByRole('button', { name: 'Come back to part 1.1' }).click();
  await expect(playground.field('read length')).toHaveValue('4096');
});

test('undo across steps follows the work', async ({ playground, page }) => {
  await playground.open('#/lesson/holes-and-mapped/1');
  await expect(status(page)).toContainText('Give it a length');
  await panel(page).getByRole('button', { name: 'Skip to 1.2 →' }).click();
  await expect(stepTitle(page)).toHaveText('1.2 Now something is');
  await playground.undo();
  await expect(stepTitle(page)).toHaveText('1.1 Nothing is there');
  await expect(status(page)).toContainText('Give it a length');
});

test('an edit beside what may be edited is let be, and told', async ({ playground, page }) => {
  await playground.open('#/lesson/holes-and-mapped/1');
  await expect(status(page)).toContainText('Give it a length');
  await playground.field('read length').fill('4096');
  await playground.field('read addr').fill('NULL_ADDR');
  await expect(goal(page)).toContainText('✓ met');
  // It counts once the answer has stood for a moment.
  await expect(panel(page).getByRole('button', { name: /^Next / })).toBeVisible();
  await playground.field('iomap_begin count').fill('512');
  await expect(status(page)).toContainText('Edited beside that: step 1: count');
  await expect(goal(page)).toContainText('met before, not now');
  await panel(page).getByRole('button', { name: 'Start over' }).click();
  await expect(status(page)).toContainText('Give it a length');
  await expect(status(page)).not.toContainText('Edited beside that');
});

test('an address of no lesson is told', async ({ playground }) => {
  await playground.open('#/lesson/no-such/1');
  await expect(playground.notices).toContainText('#/lesson/no-such/1');
});

for (const [width, colorScheme] of [
  [1440, 'light'],
  [320, 'dark'],
] as const) {
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('axe finds nothing on the map and in a step, and nothing is wider than the page', async ({
      playground,
      page,
    }) => {
      await playground.open('#/lesson/holes-and-mapped/2');
      await expect(status(page)).toContainText('Taken, but not the goal');
      await panel(page).getByRole('button', { name: 'Show a solution' }).click();
      await clean(page);
      await panel(page).getByRole('button', { name: 'All lessons' }).click();
      await expect(map(page)).toBeVisible();
      await map(page).getByText('What you can say afterwards').first().click();
      await clean(page);
    });
  });
}

test('what came of a call is shown whole, the srcmap too', async ({ playground, page }) => {
  await playground.open('#/lesson/copy-on-write/1');
  await panel(page).getByRole('button', { name: 'Show a solution' }).click();
  await panel(page).getByRole('button', { name: 'Fill it in' }).click();
  const begin = page.getByRole('option').filter({ hasText: 'begin 1' });
  const came = begin.locator('.result');
  await expect(came).toHaveText('MAPPED, sector 4096 of vda, from sector 2048');
  expect(await came.evaluate((own) => own.scrollWidth - own.clientWidth)).toBeLessThanOrEqual(0);
});

test('what came out is told once the goal is met, and not before', async ({ playground, page }) => {
  await playground.open('#/lesson/devices-and-ids/4');
  await expect(status(page)).toContainText('this revision never closes one');
  await expect(panel(page)).not.toContainText('It gets 3');
  await playground.field('backing_close id').fill('1');
  await expect(panel(page)).toContainText('It gets 3');
});

test('a reply that is added in a lesson is all zero bytes', async ({ playground, page }) => {
  await playground.open('#/lesson/holes-and-mapped/3');
  await expect(status(page)).toContainText('One question was asked');
  await page.getByRole('button', { name: '+ reply', exact: true }).first().click();
  await expect(playground.field('read length')).toHaveValue('');
  await expect(playground.field('read type')).toHaveValue('');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the lesson stands above the page with the verdict in view, and its text folds', async ({
    playground,
    page,
  }) => {
    await playground.open('#/lesson/holes-and-mapped/1');
    await expect(status(page)).toContainText('Give it a length');
    await expect(panel(page)).toContainText('Nobody ever wrote to this file');
    await expect(playground.headline).toBeInViewport();
    await playground.field('read length').fill('4096');
    await expect(panel(page)).not.toContainText('Nobody ever wrote to this file');
    // What is said of the answer comes into view.
    await expect(status(page)).toContainText('0 is a place');
    const [above, said] = [await panel(page).boundingBox(), await status(page).boundingBox()];
    expect(said!.y + said!.height).toBeLessThanOrEqual(above!.y + above!.height + 1);
    await panel(page).getByRole('button', { name: 'Read on, 5 paragraphs' }).click();
    await expect(panel(page)).toContainText('Nobody ever wrote to this file');
  });
  test('the lessons are in the header, which has them in one row', async ({ playground, page }) => {
    await playground.open();
    const actions = page.getByRole('navigation', { name: 'Actions' });
    await expect(actions.getByRole('button', { name: 'Share' })).toBeVisible();
    expect((await actions.boundingBox())!.height).toBeLessThan(50);
    await actions.getByRole('button', { name: 'Lessons' }).click();
    await expect(map(page)).toBeVisible();
  });
  test('a text that can’t be read is told as that', async ({ playground, page }) => {
    await playground.open('#/lesson/holes-and-mapped/1');
    await expect(status(page)).toContainText('Give it a length');
    await playground.tab('Document');
    await page.getByRole('textbox', { name: 'Document' }).fill('{');
    await expect(status(page)).toHaveText('A value can’t be read at the moment, so that nothing was asked.');
  });
});

test('a word of the form is asked in the middle of a lesson, and the lesson goes on', async ({
  playground,
  page,
}) => {
  await playground.open('#/lesson/holes-and-mapped/1');
  await expect(status(page)).toContainText('Give it a length');
  const glossary = page.getByRole('complementary', { name: 'Glossary' });
  const ask = () => page.getByRole('region', { name: 'You, the server' }).locator('[data-word=addr]').first();
  await ask().click();
  await expect(glossary.getByRole('heading', { name: 'addr', level: 3 })).toBeVisible();
  // What is edited meanwhile is the lesson's work.
  await playground.field('read length').fill('4096');
  await glossary.getByRole('button', { name: 'Close' }).click();
  await expect(glossary).toHaveCount(0);
  await expect(stepTitle(page)).toBeInViewport();
  await expect(page).toHaveURL(/#\/lesson\/holes-and-mapped\/1$/);
  await expect(status(page)).toContainText('0 is a place');

  // Escape closes the topmost first.
  await ask().click();
  await expect(glossary).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Escape');
  await expect(glossary).toHaveCount(0);
  await expect(stepTitle(page)).toBeVisible();
  const inText = panel(page).locator('.text [data-word=pos]').first();
  await inText.hover();
  await expect(page.getByRole('tooltip')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(stepTitle(page)).toBeVisible();
});

test('a word in a lesson shows what it means, and the lesson stays', async ({ playground, page }) => {
  await playground.open('#/lesson/copy-on-write/2');
  const word = panel(page).getByRole('link', { name: 'srcmap' }).first();
  await word.click();
  await expect(page.getByRole('tooltip')).toContainText('srcmap');
  await expect(stepTitle(page)).toContainText('8.2');
  // And the word's entry leads to the lesson.
  await page.evaluate(() => (location.hash = '#/word/srcmap'));
  await page
    .getByRole('complementary', { name: 'Glossary' })
    .getByRole('button', { name: /^8\.2 / })
    .click();
  await expect(stepTitle(page)).toContainText('8.2');
});

const goOn = (page: Page) => page.getByRole('button', { name: /^Go on with \d/ });

test('whoever did a part and comes back to the page is led on, and may decline', async ({
  playground,
  page,
  context,
}) => {
  await playground.open('#/lesson/holes-and-mapped/1');
  await expect(goal(page)).toBeVisible();
  await type(playground, 'read length', '4096');
  await type(playground, 'read addr', 'NULL_ADDR');
  await press(page, 'Next 1.2 →');
  await expect(stepTitle(page)).toHaveText('1.2 Now something is');

  const again = await context.newPage();
  await again.goto('./');
  await expect(goOn(again)).toHaveText('Go on with 1.2');
  await expect(again.locator('.infos')).toContainText('Your lessons are kept. Next is 1.2 Now something is.');
  await goOn(again).click();
  await expect(stepTitle(again)).toHaveText('1.2 Now something is');
  await expect(goOn(again)).toHaveCount(0);

  const other = await context.newPage();
  await other.goto('./');
  await expect(goOn(other)).toBeVisible();
  await other.locator('.infos').getByRole('button', { name: 'Close this message' }).click();
  await expect(goOn(other)).toHaveCount(0);

  // Opened by another way, a lesson needs no offer.
  await other.goto('./');
  await other.reload();
  await expect(goOn(other)).toBeVisible();
  await other.evaluate(() => (location.hash = '#/lesson/page-cache/1'));
  await expect(stepTitle(other)).toContainText('6.1');
  await expect(goOn(other)).toHaveCount(0);
});

/** Goes to each part of the lessons. */
async function eachPart(playground: Playground, page: Page, then: () => Promise<void>) {
  await playground.open();
  await page.evaluate(() => (location.hash = '#/lessons'));
  await expect(map(page)).toContainText('parts done');
  const parts = await map(page)
    .getByRole('link', { name: /^\d+\.\d+ / })
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  expect(parts.length).toBeGreaterThan(30);
  for (const part of parts)
    await test.step(part, async () => {
      await page.evaluate((to) => (location.hash = to), part);
      await expect(stepTitle(page)).toBeVisible();
      // What is said of the start comes with its judgement.
      await expect(status(page).locator('.said')).toBeVisible();
      await expect(panel(page).getByRole('heading', { name: 'Lesson' })).toBeInViewport({ ratio: 1 });
      await then();
    });
}

test('the goal, what is said of the answer and the ways on are in view at 1400x900', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await eachPart(playground, page, async () => {
    await expect(goal(page).getByText('May be edited')).toBeInViewport({ ratio: 1 });
    await expect(status(page)).toBeInViewport({ ratio: 1 });
    await expect(panel(page).getByRole('button', { name: 'Start over' })).toBeInViewport({ ratio: 1 });
  });
});

test('in a low window the text has the room, and the task stays in view', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1280, height: 657 });
  await eachPart(playground, page, async () => {
    await expect(goal(page).locator('[data-task]')).toBeInViewport({ ratio: 1 });
    const text = await panel(page)
      .locator('.text')
      .evaluate((own) => own.getBoundingClientRect().top);
    const top = await goal(page).evaluate((own) => own.getBoundingClientRect().top);
    const edge = await panel(page).evaluate((own) => own.getBoundingClientRect());
    expect(top - text).toBeGreaterThan(0.4 * edge.height);
  });
  // What is said of an answer comes into view with the answer.
  await page.evaluate(() => (location.hash = '#/lesson/holes-and-mapped/2'));
  await expect(stepTitle(page)).toContainText('1.2');
  await playground.field('read addr').fill('0');
  await expect(status(page)).toContainText('a hole has no address');
  await expect(status(page)).toBeInViewport({ ratio: 1 });
});

test('a goal is asked of the core that the reader edited', async ({ playground, page }) => {
  // The compiler loads and builds, and a hundred scenarios run, on a machine that does something else besides.
  test.setTimeout(300_000);
  await playground.open('#/lesson/arguing-a-rule/3');
  await expect(goal(page)).toContainText('and the source of the core');
  await type(playground, 'read addr', '1044480');
  await expect(status(page)).toContainText('No core with an edit of yours answers');
  await panel(page).getByRole('button', { name: 'Show a solution' }).click();
  await panel(page).getByRole('button', { name: 'Fill it in' }).click();
  const source = page.getByRole('dialog', { name: 'Change the core' });
  const answer = source.getByRole('button', { name: 'Let it answer this scenario in the page' });
  await expect(answer).toHaveAttribute('aria-disabled', 'false', { timeout: 120_000 });
  await answer.click();
  await expect(status(page)).toHaveText('✓ This is what the goal asks for.');
  // What the shipped core says counts as well.
  await type(playground, 'read addr', '1040384');
  await expect(status(page)).toContainText('it is not the border');
});
