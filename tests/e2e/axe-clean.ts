// SPDX-License-Identifier: MIT
import type { Page } from '@playwright/test';
import { faults } from './faults.ts';
import { expect } from './playground.ts';

/** axe finds nothing on the page as it is, and nothing is wider than the page. */
export async function clean(page: Page): Promise<void> {
  expect(await faults(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
}
