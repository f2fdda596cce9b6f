// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { search, summaryOf } from './example-search.ts';

const THINGS = [
  { name: 'begin-a', title: 'An accepted read', notes: 'Not the cursor.' },
  { name: 'begin-b', title: 'The next cursor', notes: '' },
  { name: 'backing-c', title: 'Cursor shared by all', notes: '' },
];
const names = (query: string) => {
  const { titles, notes } = search(THINGS, query);
  return [...titles, ...notes].map(({ name }) => name);
};

test('a title goes before notes, and one that begins so before the others', () => {
  expect(names('cursor')).toEqual(['backing-c', 'begin-b', 'begin-a']);
});

test('every word has to be there, wherever it is', () => {
  expect(names('cursor NEXT')).toEqual(['begin-b']);
  expect(names('accepted cursor')).toEqual(['begin-a']);
  expect(names('nowhere')).toEqual([]);
});

test('no words find all, in their order', () => {
  expect(names(' ')).toEqual(['begin-a', 'begin-b', 'backing-c']);
});

test('a summary has the names as they are written, and no marks of Markdown', () => {
  expect(summaryOf('Below `INT_MAX`, _not_ at it: see [fuse_x_y](https://a.b/_c_).\n\nMore.')).toBe(
    'Below INT_MAX, not at it: see fuse_x_y.',
  );
});
