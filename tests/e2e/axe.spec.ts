// SPDX-License-Identifier: MIT
import { faultsOfThemes } from './faults.ts';
import { expect, test } from './playground.ts';
import { VIEWS } from './views.ts';

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
