// SPDX-License-Identifier: MIT
/** The examples of the guide must work. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDocument } from '#engine/scenario/parse.ts';

const ROOT = new URL('../../', import.meta.url);
const GUIDE = readFileSync(new URL('docs/HOWTO.md', ROOT), 'utf8');
const JSON_BLOCKS = [...GUIDE.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1] ?? '');
const TITLES = readdirSync(new URL('examples/', ROOT))
  .filter((file) => file.endsWith('.json'))
  .map(
    (file) =>
      (JSON.parse(readFileSync(new URL(`examples/${file}`, ROOT), 'utf8')) as { title: string }).title,
  );

it('shows scenarios and expectations that can be read', () => {
  expect(JSON_BLOCKS).toHaveLength(3);
  for (const block of JSON_BLOCKS) {
    const text = block.includes('"format"')
      ? block
      : `{"format":1,"steps":[{"do":"iomap_begin","expect":${block}}]}`;
    expect(parseDocument(text).problems).toEqual([]);
  }
});

it('names examples and files that exist', () => {
  const named = [...GUIDE.matchAll(/(?:[Tt]ake|example) "([^"]+)"/g)].map((match) =>
    match[1]?.replace(/\s+/g, ' '),
  );
  expect(named.length).toBeGreaterThanOrEqual(3);
  for (const title of named) expect(TITLES).toContain(title);
  const files = [...GUIDE.matchAll(/examples\/([a-z0-9-]+\.json)/g)].map((match) => match[1]);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(readdirSync(new URL('examples/', ROOT))).toContain(file);
});
