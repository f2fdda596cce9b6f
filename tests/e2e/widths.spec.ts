// SPDX-License-Identifier: MIT
import { expect, test } from './playground.ts';

/** Small and large phones, a tablet upright, a window at 200 %, a tablet across, a desk. */
for (const width of [320, 390, 640, 768, 915, 960, 1024, 1440])
  test(`nothing lies outside of a window of ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await playground.open();
    const outside = await page.evaluate(() => {
      const found: string[] = [];
      const name = (element: Element) =>
        element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? element.tagName;
      if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
      // Wide, the columns scroll and the page does not.
      if (innerWidth >= 960 && document.documentElement.scrollHeight > innerHeight)
        found.push('the page scrolls down');
      // Where a column scrolls by itself, what is too wide for it is cut.
      for (const section of document.querySelectorAll('main > section'))
        if (
          getComputedStyle(section).overflowX !== 'visible' &&
          section.scrollWidth > section.clientWidth + 1
        )
          found.push(`${section.className} is cut`);
      for (const control of document.querySelectorAll(
        'header button, header select, main button, main input',
      )) {
        // A timeline, a table of bytes or a strip may scroll by itself.
        const { left, right, width } = control.getBoundingClientRect();
        if (width > 0 && (left < 0 || right > innerWidth + 1)) found.push(name(control));
      }
      return found;
    });
    expect(outside).toEqual([]);
    await expect(page.getByRole('button', { name: 'Share' })).toBeInViewport({ ratio: 1 });
  });
