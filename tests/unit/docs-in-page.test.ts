// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isDrawable } from '#engine/text/notes.ts';
import { DOCUMENTS, documentSubject } from '#engine/view/documents.ts';
import { hrefIn, sectionsOf } from '../../web/src/tools/docs/sections.ts';

const textOf = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');

test('a document is cut at its headings, and not within fences', () => {
  const sections = sectionsOf(
    '# A title\n\nText.\n\n## What `is` *not*\n```sh\n# no heading\n```\n## Again\n## Again\n',
  );
  expect(sections).toEqual([
    { level: 1, title: 'A title', slug: 'a-title', text: 'Text.' },
    { level: 2, title: 'What is not', slug: 'what-is-not', text: '```sh\n# no heading\n```' },
    { level: 2, title: 'Again', slug: 'again', text: '' },
    { level: 2, title: 'Again', slug: 'again-1', text: '' },
  ]);
});

test('links lead to places of the page, and what it does not have is no link', () => {
  expect(hrefIn('limits', '#readings')).toBe('#/docs/limits/readings');
  expect(hrefIn('howto', 'LIMITS.md')).toBe('#/docs/limits');
  expect(hrefIn('howto', 'FORMATS.md#share-link')).toBe('#/docs/formats/share-link');
  expect(hrefIn('howto', 'https://lore.kernel.org/')).toBe('https://lore.kernel.org/');
  expect(hrefIn('howto', 'pictures/phone.png')).toBeNull();
  expect(hrefIn('howto', '../README.md')).toBeNull();
});

test('a place names a document, and perhaps a heading', () => {
  expect(documentSubject('limits')).toEqual({ name: 'limits', heading: '' });
  expect(documentSubject('limits/what-is-modelled')).toEqual({ name: 'limits', heading: 'what-is-modelled' });
  expect(documentSubject('nothing')).toBeNull();
  expect(documentSubject('limits/a/b')).toBeNull();
});

test.each(DOCUMENTS)(
  '$file: every part can be drawn, and every link within the project leads somewhere',
  ({ name, file }) => {
    const text = textOf(file);
    const sections = sectionsOf(text);
    expect(sections[0]?.level).toBe(1);
    expect(sections.length).toBeGreaterThan(3);
    for (const section of sections) expect(isDrawable(section.text), section.title).toBe(true);
    const slugs = new Map<string, string[]>(
      DOCUMENTS.map((one) => [one.name, sectionsOf(textOf(one.file)).map(({ slug }) => slug)]),
    );
    for (const [, href] of text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)) {
      const place = hrefIn(name, href!);
      if (place === null) expect(href).toMatch(/^pictures\//);
      if (!place?.startsWith('#/docs/')) continue;
      const [, , to, heading] = place.split('/');
      if (heading !== undefined) expect(slugs.get(to!), place).toContain(heading);
    }
  },
);

test.each(DOCUMENTS)('$file: every table begins with its head and the line under it', ({ file }) => {
  const lines = textOf(file)
    .replace(/^```[^]*?^```/gm, '')
    .split('\n');
  const heads = lines.flatMap((line, i) =>
    line.startsWith('|') && !lines[i - 1]?.startsWith('|') ? [i] : [],
  );
  for (const i of heads) expect(lines[i + 1], lines[i]).toMatch(/^\|( *:?-+:? *\|)+$/);
});
