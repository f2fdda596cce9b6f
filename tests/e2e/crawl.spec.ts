// SPDX-License-Identifier: MIT
// Every link of the reference leads to a place that opens.
import type { Page } from '@playwright/test';
import { toolAt } from '../../web/src/app/tool.ts';
import { TOOLS, goTo } from './place-views.ts';
import { expect, test } from './playground.ts';

/** Where a reader begins. */
const BEGINNINGS = ['#/checks', '#/struct', '#/word', '#/help', '#/docs/howto', '#/lessons', '#/exercises'];
/** What is read for further links; other places are only opened. */
const READ = new Set(['checks', 'check', 'struct', 'word', 'docs', 'lessons', 'exercises', 'help']);

/** The links that are shown to places of the page. */
const links = (page: Page) =>
  page.evaluate(async () => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    // What the address opened is drawn in the next frame.
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    return [...document.querySelectorAll('a[href^="#/"]')].map((link) => link.getAttribute('href')!);
  });

test('every link from a page of the reference opens', async ({ playground, page }) => {
  test.setTimeout(600_000);
  await playground.open();
  const seen = new Set(BEGINNINGS);
  const wrong: string[] = [];
  let read = 0;
  for (const address of seen) {
    const found = toolAt(TOOLS, address);
    if (typeof found === 'string') {
      wrong.push(`${address}: ${found}`);
      continue;
    }
    const { tool, subject } = found;
    if (!READ.has(tool.id)) continue;
    await goTo(playground, tool, address);
    if (await playground.notices.getByText('There is no').count()) wrong.push(`${address}: refused`);
    const heading = tool.id === 'docs' ? subject.split('/')[1] : undefined;
    if (heading !== undefined) await expect(page.locator(`[id="doc-${heading}"]`), address).toBeAttached();
    for (const link of await links(page)) seen.add(link);
    read++;
  }
  expect(wrong).toEqual([]);
  // Checks, structs, words, and the headings of documents.
  expect(read).toBeGreaterThan(300);
});
