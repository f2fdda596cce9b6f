// SPDX-License-Identifier: MIT
// Every label of the page can be asked what it means: no field, column or struct without an entry of the glossary.
import type { Page } from '@playwright/test';
import { WORDS } from '#engine/words/glossary.ts';

/**
 * Labels without a word that has an entry: labels of fields, heads of rows and columns, terms of lists, names of structs.
 * Heads that are values are none: ids, offsets in a message, numbers of columns. Nor are names that the author chose.
 */
export const unasked = (page: Page) =>
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
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLDetailsElement>('main details')) part.open = true;
  });
}

/** Every word that is drawn leads to an entry. */
export const unknown = (page: Page) =>
  page.evaluate(
    (known) =>
      [...document.querySelectorAll<HTMLElement>('[data-word]')]
        .map(({ dataset }) => dataset['word']!)
        .filter((word) => !known.includes(word)),
    Object.keys(WORDS),
  );
