// SPDX-License-Identifier: MIT
// Every label of the page can be asked what it means: no field, column or struct without an entry of the glossary.
import type { Page } from '@playwright/test';
import { CHECKS } from '#engine/kernel/checks.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { WORDS } from '#engine/words/glossary.ts';

/**
 * Labels in plain words: they say what a control does or what stands in a column, and have no term of the field in
 * them. Any other label has an entry, or is a value or a name.
 */
const PLAIN: readonly (string | RegExp)[] = [
  // The search of the palette.
  'Commands',
  // The functions that two revisions have.
  'Function',
  // A check's page, a struct's page.
  'Refuses',
  'Why the kernel asks',
  'What a server does about it',
  'In the kernel',
  'What it looks at',
  'Brought by',
  'Made',
  'Right after',
  'Its verdicts',
  'Smallest refused case',
  'Byte',
  'Size',
  'Field',
  'Name',
  'Number',
  // Compare.
  'field',
  'scenario',
  'Only what differs',
  'All revisions as columns',
  'or one that',
  /^Two replies to/,
  'Reply A',
  'Reply B',
  // Share and its snippet for another page.
  /^With /,
  'Width',
  'Height',
  'Readers may edit the step',
  // The form for an exercise.
  'Title',
  'Text: what the situation is. A blank line begins a paragraph.',
  'Goal, in words: what is to come out',
  /^it returns: /,
  /^the check that refuses: /,
  /^the mapping that is refused: /,
  /^the (iomap|srcmap): /,
  'nothing is refused, in any step',
  // A field by its place: the words stand where the field itself stands.
  /^step \d+(, \w+)?: \w+ now /,
  'The solver may have a solution shown',
  // Into which step what was pasted goes.
  'or another:',
  // What reviewers asked: the table, and the two parts of it.
  'case',
  'Answers that changed',
  'The same in all of them',
];

/**
 * Labels without a word that has an entry: labels of fields, heads of rows and columns, terms of lists, names of structs,
 * the phases of a call, the kinds of the backing table, how far a verdict can be trusted.
 * Heads that are values or names are none: ids, ranges, offsets in a message, numbers of columns, checks, revisions,
 * keys, and names that an author chose (`data-named`). Nor are the tables of a document, which is read as text.
 */
export const unasked = (page: Page) =>
  page.evaluate(
    ({ known, names, plain, patterns }) => {
      const LABELS = ['main', '[role=main]', '[role=dialog]', '.beside', '.drawer']
        .flatMap((part) =>
          [
            ...['label', 'th', 'dt', '[aria-label^="struct "] > h4'],
            // How sure a verdict is, the phases of a call, and the kinds of the backing table.
            ...['.trust', '[role=option] > .name', 'code.name', 'td.type'],
          ].map((label) => `${part} ${label}`),
        )
        .join();
      /** A label's own words, without what its list offers. */
      const textOf = (label: HTMLElement): string => {
        const copy = label.cloneNode(true) as HTMLElement;
        for (const part of copy.querySelectorAll('select, input, textarea')) part.remove();
        return (copy.textContent ?? '').trim().replace(/\s+/g, ' ');
      };
      const isValue = (text: string) =>
        /^[▸▾]? ?[\d.]*$|^[0-9a-f]$|^(header|read|write|in|map|more) [0-9a-f]{2}$|^\d+( to \d+)?$/.test(text);
      /** `read length-zero`, `v6-04`, `v6-03, v6-04`, or a revision with its label or date. */
      const isName = (text: string) =>
        text
          .replace(/^(≠ differs: )?((read|write) )?/, '')
          .split(', ')
          .every((part) =>
            names.some((name) => part.startsWith(name) && !/[a-z-]/.test(part.charAt(name.length))),
          );
      return [...document.querySelectorAll<HTMLElement>(LABELS)].flatMap((label) => {
        if (!label.checkVisibility({ visibilityProperty: true })) return [];
        if (
          label.closest('.document .part') ||
          label.matches('[data-named]') ||
          label.querySelector('.visually-hidden, kbd')
        )
          return [];
        const text = textOf(label);
        if (isValue(text) || isName(text)) return [];
        if (plain.includes(text) || patterns.some((one) => new RegExp(one).test(text))) return [];
        const asked = label.matches('[data-word]') ? label : label.querySelector<HTMLElement>('[data-word]');
        const word = asked?.dataset['word'];
        return word !== undefined && known.includes(word) ? [] : [`${label.tagName.toLowerCase()} ${text}`];
      });
    },
    {
      known: Object.keys(WORDS),
      names: [...CHECKS, ...REVISIONS],
      plain: PLAIN.filter((one) => typeof one === 'string'),
      patterns: PLAIN.filter((one) => typeof one !== 'string').map(({ source }) => source),
    },
  );

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
