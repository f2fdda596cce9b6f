// SPDX-License-Identifier: MIT
import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** Which part of a page axe looks at, as CSS selectors: the whole page if nothing is said. */
export interface Scope {
  within?: string;
  except?: string;
}

/** The rules whose answer depends on the colours of the page; the others answer alike in every theme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Has axe read each colour once. It reads those of every element and of all that lies behind it, which are a few dozen
 * spellings on a page: a third of the time that the question of contrast takes.
 */
function rememberColours(): void {
  type Read = { r: number; g: number; b: number; alpha: number };
  type Colour = Read & { parseString: (this: Colour, text: string) => Colour };
  const { axe } = window as unknown as { axe: { commons: { color: { Color: { prototype: Colour } } } } };
  const { prototype } = axe.commons.color.Color;
  const { parseString } = prototype;
  const known = new Map<string, Read>();
  prototype.parseString = function (text) {
    const before = known.get(text);
    if (before) return Object.assign(this, before);
    // What cannot be read throws, and is not remembered.
    const { r, g, b, alpha } = parseString.call(this, text);
    known.set(text, { r, g, b, alpha });
    return this;
  };
}

/**
 * What axe finds wrong with a page as it is shown now: one line per rule, with the elements that break it.
 *
 * Axe is put into a document once and asked there. The builder of @axe-core/playwright sends it anew with every
 * question, and once more to an empty page that sums up the answers of frames. The page has no frames, and both
 * cost more than the question.
 */
export async function faults(page: Page, scope: Scope = {}, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
    await page.evaluate(rememberColours);
  }
  return page.evaluate(
    async ({ within, except, rules }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const context = { include: within ?? 'html', ...(except === undefined ? {} : { exclude: except }) };
      const { passes, incomplete, violations } = await axe.run(context, {
        resultTypes: ['violations'],
        ...(rules === undefined ? {} : { runOnly: rules }),
      });
      // A question about nothing would be answered with no fault.
      if (passes.length + incomplete.length + violations.length === 0)
        return [`axe found nothing to look at in ${context.include}`];
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    },
    { within: scope.within, except: scope.except, rules },
  );
}

/** The same in light and in dark: every rule in light, those of colours again in dark. Leaves the page in light. */
export async function faultsOfThemes(page: Page, scope: Scope = {}): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await faults(page, scope);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await faults(page, scope, OF_COLOURS);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((fault) => `in dark, ${fault}`)];
}
