// SPDX-License-Identifier: MIT
import { Marked } from 'marked';
import { expect, test } from 'vitest';
import { CAPS, READING } from '../scenario/caps.ts';
import { isDrawable } from './notes.ts';

const fill = (unit: string) => unit.repeat(Math.floor(CAPS.notesChars / unit.length));

test.each([
  ...['> ', '>', '1. ', '- > ', '*a_', 'a_', '*', '~a_'],
  ...['!', '![', '&!', '<', 'http', 'www.', 'a@'],
  ...['a\n-\n', 'a\n=\n', 'a\n   -\n', 'a|\n-|-\n', '|\n-\n', 'a\n:-\n', '> a\n> -\n'],
  ...['- a\n', '- a\n\n', '1. a\n\n'],
])('notes of nothing but %j are shown as text', (unit) => {
  expect(isDrawable(fill(unit))).toBe(false);
});

/** Lists within each other, each one a line of its own. */
const nested = (depth: number, indent: string, item: string, before = '') =>
  Array.from({ length: depth }, (_, at) => `${before}${indent.repeat(at)}${item}\n`).join('');

test.each([
  ['two columns', '  ', '- a', ''],
  ['three columns', '   ', '1. a', ''],
  ['a tab', '\t', '- a', ''],
  ['two columns in a quote', '  ', '- a', '> '],
  ['two columns, with a line between', '  ', '- a\n\nb', ''],
])('lists within each other by %s are counted', (_, indent, item, before) => {
  expect(isDrawable(nested(READING.noteDepth + 1, indent, item, before))).toBe(false);
  expect(isDrawable(nested(READING.noteDepth - 1, indent, item, before))).toBe(true);
  // One after the other they are not within each other.
  expect(isDrawable(nested(4, indent, item, before).repeat(20))).toBe(true);
});

test.each([
  'A **word** and a_name, `code`, [a link](https://example.org).',
  '> > > a quote in quotes\n\n- a list\n  - in a list\n    1. in a list',
  '| a | b |\n|---|---|\n| fuse_iomap_begin | fuse_iomap_end |',
  `A heading\n${'-'.repeat(80)}\n\n${'* '.repeat(40)}\n\n${'-'.repeat(80)}`,
  'fuse_iomap_begin\n\n'.repeat(1_000),
  '- fuse_iomap_begin\n'.repeat(500),
  `| a | b |\n|---|---|\n${'| `a` | `b` |\n'.repeat(500)}`,
  'A heading\n---------\n\nWell! See https://example.org.\n\n'.repeat(300),
])('notes that people write are drawn', (notes) => {
  expect(isDrawable(notes)).toBe(true);
});

test('what is drawn at the limit of nesting does not overflow the reader', () => {
  const deep = `${'> '.repeat(READING.noteDepth)}a`;
  expect(isDrawable(deep)).toBe(true);
  expect(new Marked({ gfm: true }).parse(deep)).toContain('<blockquote>');
});
