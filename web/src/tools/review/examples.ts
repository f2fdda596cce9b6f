// SPDX-License-Identifier: MIT
import { readJson } from '#engine/scenario/json.ts';
import { at } from '#engine/scenario/path.ts';
import type { NamedText } from '#engine/view/search-protocol.ts';

const files = import.meta.glob<string>('../../../../examples/review-*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The examples that the review table runs, by the names of their files. */
export const REVIEW_EXAMPLES: readonly NamedText[] = Object.entries(files).map(([path, text]) => ({
  name: path.replace(/^.*\//, '').replace(/\.json$/, ''),
  text,
}));

/** The document of an example; throws if there is none. */
export function exampleText(name: string): string {
  const found = REVIEW_EXAMPLES.find((example) => example.name === name);
  if (!found) throw new Error(`There is no example ${name}.`);
  return found.text;
}

/** Its notes, in Markdown. */
export function notesOf(name: string): string {
  const notes = at(readJson(exampleText(name)).root?.value, ['notes']);
  return typeof notes === 'string' ? notes : '';
}
