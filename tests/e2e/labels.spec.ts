// SPDX-License-Identifier: MIT
// Every label of the page can be asked what it means: no field, column or struct without an entry of the glossary.
import type { Page } from '@playwright/test';
import { WORDS } from '#engine/words/glossary.ts';
import { STEP_KINDS } from '../../web/src/app/steps.ts';
import { expect, test, type Playground } from './playground.ts';
import { PLACES } from './place-views.ts';
import { VIEWS } from './views.ts';

/**
 * Labels without a word that has an entry: labels of fields, heads of rows and columns, terms of lists, names of structs.
 * Heads that are values are none: ids, offsets in a message, numbers of columns. Nor are names that the author chose.
 */
const unasked = (page: Page) =>
  page.evaluate((known) => {
    const LABELS =
      'main label, main th, main dt, main [aria-label^="struct "] > h4, .beside label, .drawer label, [role=main] dt, .beside dt';
    return [...document.querySelectorAll<HTMLElement>(LABELS)].flatMap((label) => {
      if (!label.checkVisibility({ visibilityProperty: true })) return [];
      const text = (label.textContent ?? '').trim().replace(/\s+/g, ' ');
      const value = /^[▸▾]? ?[\d.]*$|^[0-9a-f]$|^(header|read|write|in|map|more) [0-9a-f]{2}$/.test(text);
      if (value || label.querySelector('.visually-hidden')) return [];
      const word = label.querySelector<HTMLElement>('[data-word]')?.dataset['word'];
      return word !== undefined && known.includes(word) ? [] : [`${label.tagName.toLowerCase()} ${text}`];
    });
  }, Object.keys(WORDS));

/** Opens all that unfolds in the columns. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLDetailsElement>('main details')) part.open = true;
  });
}

/** Every word that is drawn leads to an entry. */
const unknown = (page: Page) =>
  page.evaluate(
    (known) =>
      [...document.querySelectorAll<HTMLElement>('[data-word]')]
        .map(({ dataset }) => dataset['word']!)
        .filter((word) => !known.includes(word)),
    Object.keys(WORDS),
  );

for (const [view, show] of Object.entries({ ...VIEWS, ...PLACES }))
  test(`every label has an entry: ${view}`, async ({ playground, page }) => {
    await playground.open();
    await show(playground);
    await unfold(page);
    expect(await unasked(page)).toEqual([]);
    expect(await unknown(page)).toEqual([]);
  });

async function withStep(playground: Playground, kind: string): Promise<void> {
  await playground.page.getByRole('button', { name: '+ step' }).click();
  await playground.page.getByRole('menuitem', { name: new RegExp(`^${kind}\\b`) }).click();
  await expect(playground.chosen).toContainText(kind);
  await playground.settled();
}

test('every label has an entry: each kind of step, with what is expected of it', async ({
  playground,
  page,
}) => {
  await playground.open();
  for (const { do: kind } of STEP_KINDS) {
    await withStep(playground, kind);
    const expectation = page.getByRole('button', { name: 'Expect what happened' });
    if (await expectation.isVisible()) await expectation.click();
    await unfold(page);
    // The form of a step that does I/O loads when it is first shown.
    await expect(page.locator('#request-title')).toBeVisible();
    expect(await unasked(page), kind).toEqual([]);
    expect(await unknown(page), kind).toEqual([]);
  }
});

test('every label has an entry: the operands of each check that is made', async ({ playground, page }) => {
  await playground.open();
  const folded = page.getByRole('button', { name: /\d passed$/, expanded: false });
  while ((await folded.count()) > 0) await folded.first().click();
  const path = page.getByRole('group', { name: 'Path of checks' });
  const chips = path.getByRole('button', { name: /, passed$/ });
  const count = await chips.count();
  expect(count).toBeGreaterThan(20);
  for (let i = 0; i < count; i++) {
    await chips.nth(i).click();
    await expect(page.getByRole('group', { name: /: details$/ })).toBeVisible();
    expect(await unasked(page)).toEqual([]);
  }
});

test('a device with bytes and faults, and everything else of the machine', async ({ playground, page }) => {
  await playground.open();
  await page.getByText('The scenario: connection').click();
  await page.getByRole('button', { name: 'Put bytes on vda' }).click();
  await page.getByRole('button', { name: 'Let vda fail' }).click();
  await expect(playground.field('vda fault 1 sector')).toBeVisible();
  expect(await unasked(page)).toEqual([]);
});
