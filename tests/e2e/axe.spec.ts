// SPDX-License-Identifier: MIT
import { faultsOfThemes } from './faults.ts';
import { expect, test, type Playground } from './playground.ts';

/** Every view of the page, and how a reader comes to it. */
const VIEWS: Record<string, (playground: Playground) => Promise<void>> = {
  accepted: async () => {},
  refused: async (playground) => {
    await playground.field('read offset').fill('8192');
    await expect(playground.headline).toHaveText('Refused');
  },
  'an error passed on, expectations': async ({ page, verdict }) => {
    await page.getByRole('button', { name: 'Error', exact: true }).click();
    await expect(verdict).toContainText('-ENOSPC');
    await page.getByRole('button', { name: 'Expect what happened' }).click();
  },
  'the scenario': async ({ page }) => {
    await page.getByText('The scenario: connection').click();
    await page.getByText('Note, repetition, caller').click();
  },
  'a list of values': async ({ page }) => {
    await page.getByRole('textbox', { name: 'read addr', exact: true }).press('Alt+ArrowDown');
    await expect(page.getByRole('listbox', { name: 'Values for read addr' })).toBeVisible();
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
  },
  notes: async (playground) => {
    await playground.file('Notes');
    await expect(playground.page.getByLabel('Notes in Markdown')).toBeVisible();
  },
  menu: async ({ page }) => {
    await page.getByRole('button', { name: '+ step' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  },
};

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, hasTouch: width === 390 });
    for (const [view, show] of Object.entries(VIEWS)) {
      test(`axe finds nothing, light or dark: ${view}`, async ({ playground, page }) => {
        await playground.open();
        await show(playground);
        expect(await faultsOfThemes(page)).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wider, 'the page scrolls sideways').toBe(false);
      });
    }
  });
}
