// SPDX-License-Identifier: MIT
// The quiz: ten replies, what the reader says of each, and what the kernel says.
import type { Page } from '@playwright/test';
import { quizOf } from '#engine/quiz/quiz.ts';
import { loadCore } from '../core-module.ts';
import { clean } from './axe-clean.ts';
import { expect, test } from './playground.ts';

const quiz = (page: Page) => page.getByRole('main', { name: 'Quiz' });
const choices = (page: Page) => quiz(page).getByRole('group', { name: 'What does the kernel say?' });
const questions = quizOf(loadCore('trace', 'v6-04'), 7);
const rightOf = (i: number) => questions[i]!.decided?.check ?? 'Accepted';

test('a run to its end: right, wrong, the score, and a question in the page', async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.evaluate(() => (location.hash = '#/quiz/7'));
  for (const [i, { sentence, choices: offered }] of questions.entries()) {
    await expect(quiz(page)).toContainText(`Question ${i + 1} of 10`);
    await expect(choices(page).getByRole('button')).toHaveCount(6);
    // The second is answered wrong.
    const wrong = [...offered, 'Accepted'].find((choice) => choice !== rightOf(i))!;
    await choices(page)
      .getByRole('button', { name: i === 1 ? wrong : rightOf(i), exact: true })
      .click();
    await expect(quiz(page).getByRole('status')).toContainText(i === 1 ? 'Not so.' : 'Right.');
    await expect(quiz(page).getByRole('status')).toContainText(sentence);
    const goOn = quiz(page).getByRole('button', { name: 'Go on →' });
    await expect(goOn).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(quiz(page).getByRole('status')).toHaveText('9 of 10 right.');
  await quiz(page).getByRole('button', { name: 'Open question 2 in the page' }).click();
  await expect(playground.title).toHaveValue('A reply of the quiz');
  await expect(playground.headline).toHaveText(questions[1]!.decided === null ? /^Accepted/ : 'Refused');
  // The run is where it was left.
  await page.evaluate(() => (location.hash = '#/quiz'));
  await expect(quiz(page).getByRole('status')).toHaveText('9 of 10 right.');
});

for (const [width, colorScheme] of [
  [1440, 'dark'],
  [390, 'light'],
  [320, 'light'],
] as const) {
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test('axe finds nothing, and nothing is wider than the page', async ({ playground, page }) => {
      await playground.open();
      await page.evaluate(() => (location.hash = '#/quiz/7'));
      await expect(choices(page)).toBeVisible();
      await clean(page);
      await choices(page).getByRole('button').first().click();
      await expect(quiz(page).getByRole('button', { name: 'Go on →' })).toBeFocused();
      await clean(page);
    });
  });
}
