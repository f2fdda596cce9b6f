// SPDX-License-Identifier: MIT
// Names are read letter by letter: no line runs through their underscores, and no text runs into what stands beside it.
import type { Page } from '@playwright/test';

/** Names of which an underline covers the underscores: they would be read as two words. */
export const coveredUnderscores = (page: Page) =>
  page.evaluate(() => {
    /** Where a font has its underscore below the line, in parts of its size. */
    const UNDERSCORE = 0.28;
    return [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
      const own = [...element.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('');
      if (!own.includes('_') || element.closest('.monaco-editor') || !element.checkVisibility()) return [];
      const fontSize = parseFloat(getComputedStyle(element).fontSize);
      for (let at: HTMLElement | null = element; at; at = at.parentElement) {
        const { textDecorationLine, textUnderlineOffset, display } = getComputedStyle(at);
        // A dotted line goes over it as well as a solid one. 'auto' is not a number.
        if (textDecorationLine.includes('underline'))
          return parseFloat(textUnderlineOffset) >= UNDERSCORE * fontSize ? [] : [own.trim()];
        // A line is not handed into what is a box of its own within a line.
        if (display.startsWith('inline-')) break;
      }
      return [];
    });
  });

/** Text that is wider than its own box and not cut there: it runs into what stands beside it. */
export const spilling = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
      const texts = [...element.childNodes].filter(
        (node): node is Text => node instanceof Text && node.data.trim() !== '',
      );
      // An answer of the review table stands over the cells that say the same.
      const ELSEWHERE = '.monaco-editor, .visually-hidden, svg, .wide .answer';
      if (texts.length === 0 || element.closest(ELSEWHERE)) return [];
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
      // What is in a line has no width of its own: the box around it counts.
      let box = element;
      while (getComputedStyle(box).display === 'inline' && box.parentElement) box = box.parentElement;
      const { overflowX, display } = getComputedStyle(box);
      if (overflowX !== 'visible' || display === 'contents') return [];
      const { left, right } = box.getBoundingClientRect();
      const range = document.createRange();
      return texts.flatMap((text) => {
        range.selectNodeContents(text);
        const over = [...range.getClientRects()].some(
          (line) => line.right > right + 1 || line.left < left - 1,
        );
        return over ? [`${element.tagName.toLowerCase()} ${text.data.trim().slice(0, 40)}`] : [];
      });
    }),
  );
