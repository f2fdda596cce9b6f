// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { editSources } from './source-edits.ts';

const SOURCES = { 'assembly/a.ts': 'a > b; c > d;', 'assembly/b.ts': 'e' };
const edit = (file: string, find: string, put: string) => ({ file, find, put });

test('edits change the place that they name, one after the other, and no other file', () => {
  const edits = [edit('assembly/a.ts', 'a > b', 'a >= b'), edit('assembly/a.ts', 'c > d', '$& $1')];
  expect(editSources(SOURCES, edits)).toEqual({ 'assembly/a.ts': 'a >= b; $& $1;' });
});

test('a place that is not there, or there twice, is none', () => {
  for (const [file, find] of [
    ['assembly/a.ts', 'x > y'],
    ['assembly/a.ts', ' > '],
    ['assembly/c.ts', 'a'],
    ['constructor', 'a'],
  ] as const)
    expect(editSources(SOURCES, [edit(file, find, '')]), `${file} ${find}`).toBeNull();
});
