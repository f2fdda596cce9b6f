// SPDX-License-Identifier: MIT
// What can be pressed is large enough to be hit with a finger, and looks as if it could be pressed.
import type { Page } from '@playwright/test';

/** WCAG 2.5.8, without its exception for small targets that stand apart. */
const SMALLEST = 24;

/** Whatever of the page can be pressed and is smaller; links within a sentence and editors' own parts excepted. */
export const tooSmall = (page: Page) =>
  page.evaluate((smallest) => {
    const TARGETS =
      'a[href], button, input, select, textarea, summary, [role=option], [role=radio], [role=menuitem], [role=tab]';
    const named = (element: Element) =>
      (element.getAttribute('aria-label') ?? element.textContent ?? '')
        .trim()
        .replace(/\s+/g, ' ')
        .slice(0, 40);
    /** A link among words of the same line. */
    const inProse = (element: Element) =>
      element.matches('a') &&
      getComputedStyle(element).display === 'inline' &&
      (element.parentElement?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
    return [...document.querySelectorAll<HTMLElement>(TARGETS)].flatMap((element) => {
      if (element.closest('.monaco-editor, [aria-hidden=true]') || inProse(element)) return [];
      if (!element.checkVisibility({ visibilityProperty: true })) return [];
      // The label of a box is part of what can be pressed for it.
      const label = element.matches('input') ? element.closest('label') : null;
      const { width, height } = (label ?? element).getBoundingClientRect();
      if (Math.min(width, height) >= smallest - 0.01) return [];
      return [`${element.tagName.toLowerCase()} ${width.toFixed(0)}x${height.toFixed(0)}: ${named(element)}`];
    });
  }, SMALLEST);

/**
 * Buttons of which only the words are seen. A part that unfolds has its mark, a row of a list the list's lines, a button in
 * a field the field's edge, and a link's line says that it leads somewhere.
 */
export const nakedButtons = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button:not([role], [aria-expanded])')].flatMap((button) => {
      if (!button.checkVisibility({ visibilityProperty: true })) return [];
      if (button.closest('.monaco-editor, .segmented, .value, [aria-hidden=true]')) return [];
      const row = button.parentElement!;
      if (row.matches('li, td') && button.offsetWidth > 0.9 * row.clientWidth) return [];
      const { borderTopColor, borderTopWidth, backgroundColor, textDecorationLine } =
        getComputedStyle(button);
      const seen = (colour: string) => !/^rgba\(.*, 0\)$|\/ 0\)$|^transparent$/.test(colour);
      const edge = parseFloat(borderTopWidth) > 0 && seen(borderTopColor);
      if (edge || seen(backgroundColor) || textDecorationLine === 'underline') return [];
      return [(button.getAttribute('aria-label') ?? button.textContent ?? '').trim()];
    }),
  );
