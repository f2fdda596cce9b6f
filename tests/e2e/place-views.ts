// SPDX-License-Identifier: MIT
// Every place that the page's tools have, from their own rows: a new tool is walked by itself.
import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { placeOf, type Tool } from '../../web/src/app/tool.ts';
import { expect, type Playground } from './playground.ts';

const FOLDER = new URL('../../web/src/tools/', import.meta.url);

/** Every tool of the page, as web/src/tools/registry.ts finds them. */
export const TOOLS: readonly Tool[] = await Promise.all(
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => ((await import(`../../web/src/tools/${name}/tool.ts`)) as { tool: Tool }).tool),
);

/** Where a tool's content is, by how it opens. */
const WITHIN = {
  over: '[role=dialog]',
  instead: '[role=main]',
  beside: '.beside, .drawer',
} as const;

/** The tool that a page went to last. */
const shown = new WeakMap<Page, Tool>();

/** Goes to an address, and waits until the tool that it names is there, and the one before it is not. */
export async function goTo({ page }: Playground, tool: Tool, address: string): Promise<void> {
  const before = shown.get(page);
  const headings = page.locator(WITHIN[tool.opens]).getByRole('heading');
  const marked = before !== undefined && before !== tool && before.opens === tool.opens;
  if (marked) await headings.first().evaluate((heading) => heading.setAttribute('data-before', ''));
  await page.evaluate((hash) => (location.hash = hash), address);
  if (marked) await expect(page.locator('[data-before]')).toHaveCount(0);
  shown.set(page, tool);
  await expect(page.locator(WITHIN[tool.opens]).first()).toBeVisible();
  await expect(headings.first()).toBeVisible();
}

/** By address: each tool that has one, without a part where that opens, and on its example. */
export const PLACES: Record<string, (playground: Playground) => Promise<void>> = Object.fromEntries(
  TOOLS.flatMap((tool) => {
    const { place } = tool;
    if (!place) return [];
    const subjects = place.part ? [...(place.part.optional ? [''] : []), place.part.example] : [''];
    return subjects.map((subject) => {
      const address = placeOf(tool, subject)!;
      return [address, (playground: Playground) => goTo(playground, tool, address)] as const;
    });
  }),
);
