// SPDX-License-Identifier: MIT
import { expect, type Playground } from './playground.ts';

/** Every view of the page, and how a reader comes to it from the first scenario. */
export const VIEWS: Record<string, (playground: Playground) => Promise<void>> = {
  accepted: async () => {},
  refused: async (playground) => {
    await playground.field('read offset').fill('8192');
    await expect(playground.headline).toHaveText('Refused');
    await playground.page.getByRole('button', { name: /^read-after-pos.*refused here/ }).click();
    await expect(playground.page.getByRole('group', { name: 'read-after-pos: details' })).toBeVisible();
  },
  'checks unfolded': async ({ page }) => {
    for (const line of await page.getByRole('button', { name: /passed$/, expanded: false }).all())
      await line.click();
    await page.getByText('References: 2 changes').click();
  },
  'an error passed on, expectations': async ({ page, verdict }) => {
    await page.getByRole('button', { name: 'Error', exact: true }).click();
    await expect(verdict).toContainText('-ENOSPC');
    await page.getByRole('button', { name: 'Expect what happened' }).click();
  },
  'raw bytes': async ({ page }) => {
    await page.getByRole('button', { name: 'Raw bytes', exact: true }).click();
    await expect(page.getByRole('heading', { name: /bytes of the reply/ })).toBeVisible();
  },
  'the scenario': async ({ page }) => {
    await page.getByText('The scenario: connection').click();
    await page.getByText('Note, repetition, caller').click();
  },
  'a list of values': async ({ page }) => {
    await page.getByRole('textbox', { name: 'read addr', exact: true }).press('Alt+ArrowDown');
    await expect(page.getByRole('listbox', { name: 'Values for read addr' })).toBeVisible();
  },
  'a step of I/O': async (playground) => {
    await playground.example('Copy on write, and the ioend that remaps');
    await expect(playground.page.getByRole('listbox', { name: /Calls/ })).toBeVisible();
  },
  document: async (playground) => {
    await playground.tab('Document');
    await expect(
      playground.page.getByText('leaves the editor').or(playground.page.getByLabel('The document')).first(),
    ).toBeVisible();
  },
  'a broken document': async (playground) => {
    await playground.drop('x.json', '{"format":1,');
    await playground.page.getByRole('button', { name: 'Open it as a document' }).click();
    await expect(playground.trouble).toBeVisible();
  },
  share: async ({ page }) => {
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByTestId('link-length')).toBeVisible();
  },
  examples: async ({ page }) => {
    await page.getByRole('button', { name: 'Examples' }).click();
    await expect(page.getByRole('searchbox')).toBeVisible();
  },
  commands: async ({ page }) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByPlaceholder('What do you want to do?')).toBeVisible();
  },
  'a check': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/check/length-zero'));
    await expect(page.getByText('Why the kernel asks')).toBeVisible();
    await expect(page.getByText('Asking the core…')).toHaveCount(0);
  },
  'all checks': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/checks'));
    await expect(page.getByRole('heading', { name: 'All checks', level: 2 })).toBeVisible();
  },
  'all structs': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/struct'));
    await expect(page.getByRole('heading', { name: 'Structs of the wire', level: 2 })).toBeVisible();
  },
  'a struct of two revisions': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/struct/fuse_iomap_ioend_in'));
    await expect(page.getByRole('heading', { name: /48 bytes/ })).toBeVisible();
  },
  'the values of a struct': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/struct/fuse_iomap_io'));
    await expect(page.getByRole('heading', { name: 'Values of flags' })).toBeVisible();
  },
  notes: async (playground) => {
    await playground.file('Notes');
    await expect(playground.page.getByLabel('Notes in Markdown')).toBeVisible();
  },
  'the menu of steps': async ({ page }) => {
    await page.getByRole('button', { name: '+ step' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  },
  'the File menu': async ({ page }) => {
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  },
  'two revisions compared': async (playground) => {
    await playground.compare();
    await expect(playground.page.getByRole('dialog').getByRole('table').first()).toBeVisible();
  },
  'many scenarios compared': async (playground) => {
    await playground.compare('Many scenarios');
  },
  'a difference looked for': async (playground) => {
    await playground.compare('Find a difference');
  },
  'two replies compared': async (playground) => {
    const dialog = await playground.compare();
    await dialog.getByRole('button', { name: 'Two replies' }).click();
    await expect(dialog.getByRole('heading', { name: 'Reply B', level: 3 }).first()).toBeVisible();
  },
  help: async ({ page }) => {
    await page.locator('body').press('?');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  },
  'a document': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/docs/formats'));
    await expect(page.getByRole('heading', { name: 'Share link', exact: true })).toBeVisible();
  },
  'a word': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/word/srcmap'));
    await expect(page.getByRole('heading', { name: 'srcmap', level: 3 })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Examples' })).toBeVisible();
  },
  'all words': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/word'));
    await expect(page.getByRole('searchbox', { name: 'Search words' })).toBeFocused();
  },
  'what reviewers asked': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/review/overwrite-slot'));
    await expect(page.getByRole('group', { name: /^To quote: .*, as text$/ })).toBeVisible();
  },
  'an acceptance map': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/map/read.offset,read.length'));
    await expect(page.locator('.map[data-whole=true]')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Under the cursor' })).toContainText('Accepted');
  },
  'a map as a table': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/map/read.offset,read.length'));
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect(page.getByRole('table')).toBeVisible();
  },
  'the lessons': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/lessons'));
    await expect(page.getByRole('heading', { name: 'Lessons', level: 2 })).toBeVisible();
  },
  'a lesson': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/lesson/holes-and-mapped/2'));
    await expect(page.getByText('Taken, but not the goal')).toBeVisible();
  },
  'the exercises': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/exercises'));
    await expect(page.getByRole('heading', { name: 'Exercises', level: 2 })).toBeVisible();
  },
  'an exercise': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/exercise/the-other-disk'));
    await expect(page.getByText('Taken, but not the goal')).toBeVisible();
  },
  'the quiz': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/quiz/7'));
    await expect(page.getByText('Question 1 of 10')).toBeVisible();
  },
  'a form for an exercise': async ({ page }) => {
    await page.evaluate(() => (location.hash = '#/make-exercise'));
    await expect(page.getByText('Give it a title.')).toBeVisible();
  },
  'earlier work': async (playground) => {
    await playground.file('Bring back earlier work…');
    await expect(playground.page.getByRole('dialog', { name: 'Earlier work' })).toBeVisible();
  },
  'anything pasted': async (playground) => {
    await playground.file('Paste anything…');
    await expect(playground.page.getByRole('dialog', { name: 'Paste anything' })).toBeVisible();
  },
  'the revisions': async ({ page }) => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do?').fill('About the revisions');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Revisions of the patch series' })).toBeVisible();
  },
};

/** Where each tool is asked what every view is asked: a view from above, or a spec that opens it with work of its own. */
export const ASKED_IN: Record<string, string> = {
  changed: 'changed.spec.ts',
  check: 'a check',
  checks: 'all checks',
  commands: 'commands',
  compare: 'two revisions compared',
  'core-edit': 'core-edit.spec.ts',
  docs: 'a document',
  examples: 'examples',
  exercise: 'an exercise',
  exercises: 'the exercises',
  help: 'help',
  lesson: 'a lesson',
  lessons: 'the lessons',
  'make-exercise': 'a form for an exercise',
  map: 'an acceptance map',
  notes: 'notes',
  paste: 'anything pasted',
  patch: 'mail.spec.ts',
  quiz: 'the quiz',
  recover: 'earlier work',
  review: 'what reviewers asked',
  revisions: 'the revisions',
  server: 'server-code.spec.ts',
  share: 'share',
  struct: 'all structs',
  word: 'a word',
};
