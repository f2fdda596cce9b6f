// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { encodeLink } from '#engine/link/codec.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { expect, test } from './playground.ts';

const HOLE = { type: 'HOLE', length: 4096, addr: 'NULL_ADDR' };

/** By headline: one case for each way in which a verdict is coloured or put together. */
const CASES: Readonly<Record<string, JsonValue>> = {
  Accepted: { do: 'iomap_begin', reply: { read: HOLE } },
  Refused: { do: 'iomap_begin', reply: { read: { ...HOLE, length: 0 } } },
  'Error passed on': { do: 'iomap_begin', reply: { error: '-ENOSPC' } },
  'Not called': { do: 'iomap_end' },
  'Read 4096 bytes': { do: 'pread', replies: [{ read: HOLE }] },
  'No reply left': { do: 'pread' },
};

type Looks = Record<string, Record<string, string | null>>;

/** What a reader sees and hears of the verdict that is in the page: parts by class, each with its text and its looks. */
async function watchVerdicts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = ['color', 'background-color', 'font', 'border', 'padding', 'margin', 'display', 'max-width'];
    const looksOf = (verdict: Element): Looks => {
      const looks: Looks = {};
      for (const part of [
        verdict,
        ...verdict.querySelectorAll('h3, .errno, .trust, .sentence, .where, .follows'),
      ]) {
        const style = getComputedStyle(part);
        const kind = ['errno', 'trust', 'sentence', 'where', 'follows'].find((name) =>
          part.classList.contains(name),
        );
        looks[kind ?? part.localName] = {
          tag: part.localName,
          role: part.getAttribute('role'),
          label: part.getAttribute('aria-label'),
          // Spaces between blocks are nothing that anybody sees.
          text: part.textContent.replace(/\s+/g, ''),
          ...Object.fromEntries(seen.map((name) => [name, style.getPropertyValue(name)])),
        };
      }
      return looks;
    };
    const found: { first?: Looks; own?: Looks } = {};
    Object.assign(window, { found });
    new MutationObserver((_, observer) => {
      const first = document.querySelector('.first-verdict');
      if (first) found.first ??= looksOf(first);
      // As it is drawn in its place: what follows from the answer may change it a moment later.
      const own = document.querySelector('.the-verdict:not(.first-verdict)');
      if (!own) return;
      observer.disconnect();
      found.own = looksOf(own);
    }).observe(document, { childList: true, subtree: true });
  });
}

for (const [headline, step] of Object.entries(CASES)) {
  test(`the first verdict is the page's own: ${headline}`, async ({ playground, page }) => {
    await watchVerdicts(page);
    const scenario = { format: 1n, steps: [step] };
    await playground.open(encodeLink({ scenario, step: 0, view: 'form', verdict: null }));
    const { first, own } = await page.evaluate(
      () => (window as unknown as { found: { first?: Looks; own?: Looks } }).found,
    );
    expect(first).toEqual(own);
    if (own === undefined) throw new Error('the page drew no verdict');
    expect(own['h3']!['text']).toBe(headline.replaceAll(' ', ''));
    expect(Object.keys(own)).toEqual(expect.arrayContaining(['div', 'h3', 'trust', 'sentence']));
  });
}
