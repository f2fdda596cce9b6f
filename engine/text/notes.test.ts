// SPDX-License-Identifier: MIT
import { Marked } from 'marked';
import { expect, test } from 'vitest';
import { CAPS, READING } from '../scenario/caps.ts';
import { isDrawable } from './notes.ts';

const fill = (unit: string) => unit.repeat(Math.floor(CAPS.notesChars / unit.length));

test.each(['> ', '>', '1. ', '- > ', '*a_', 'a_', '*', '~a_'])(
  'notes of nothing but %j are shown as text',
  (unit) => {
    expect(isDrawable(fill(unit))).toBe(false);
  },
);

test.each([
  'A **word** and a_name, `code`, [a link](https://example.org).',
  '> > > a quote in quotes\n\n- a list\n  - in a list\n    1. in a list',
  '| a | b |\n|---|---|\n| fuse_iomap_begin | fuse_iomap_end |',
  `A heading\n${'-'.repeat(80)}\n\n${'* '.repeat(40)}\n\n${'-'.repeat(80)}`,
  'fuse_iomap_begin\n\n'.repeat(1_000),
])('notes that people write are drawn', (notes) => {
  expect(isDrawable(notes)).toBe(true);
});

test('what is drawn at the limit of nesting does not overflow the reader', () => {
  const deep = `${'> '.repeat(READING.noteDepth)}a`;
  expect(isDrawable(deep)).toBe(true);
  expect(new Marked({ gfm: true }).parse(deep)).toContain('<blockquote>');
});
