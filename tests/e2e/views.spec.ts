// SPDX-License-Identifier: MIT
// What holds in every view. Each is opened once for a width, and everything is asked there: to come to a view takes as
// long as most questions.
import { readFileSync, readdirSync } from 'node:fs';
import { faultsOfThemes } from './faults.ts';
import { unasked, unfold, unknown } from './labels.ts';
import { coveredUnderscores, spilling } from './legible.ts';
import { expect, test } from './playground.ts';
import { nakedButtons, tooSmall } from './targets.ts';
import { ASKED_IN, VIEWS } from './views.ts';

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, hasTouch: width === 390 });
    for (const [view, show] of Object.entries(VIEWS)) {
      test(`axe finds nothing, targets are large, labels have entries: ${view}`, async ({
        playground,
        page,
      }) => {
        await playground.open();
        await show(playground);
        // None of these hides what another finds.
        const { soft } = expect;
        soft(await tooSmall(page), 'targets under 24 px').toEqual([]);
        soft(await nakedButtons(page), 'buttons without an edge').toEqual([]);
        soft(await faultsOfThemes(page), 'axe, light and dark').toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        soft(wider, 'the page scrolls sideways').toBe(false);
        soft(await coveredUnderscores(page), 'names whose underscores are covered').toEqual([]);
        soft(await spilling(page), 'text that runs over its box').toEqual([]);
        await unfold(page);
        soft(await unasked(page), 'labels without an entry').toEqual([]);
        soft(await unknown(page), 'words without an entry').toEqual([]);
      });
    }
  });
}

test('no tool is left out', () => {
  const tools = new URL('../../web/src/tools/', import.meta.url);
  const folders = readdirSync(tools, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(ASKED_IN).sort()).toEqual(folders.map(({ name }) => name).sort());
  const notAsked = Object.values(ASKED_IN).filter((place) =>
    place.endsWith('.spec.ts')
      ? !/ faultsOfThemes\(/.test(readFileSync(new URL(place, import.meta.url), 'utf8'))
      : !Object.hasOwn(VIEWS, place),
  );
  expect(notAsked).toEqual([]);
});
