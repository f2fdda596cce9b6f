// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { linkedPart } from '#engine/exercises/link.ts';
import { MOST_LINKED, namesIn, noted, workName } from './linked-works.ts';

test('the work has a name for each content', () => {
  const [one, other] = [linkedPart({ exercise: 1n, title: 'a' }), linkedPart({ exercise: 1n, title: 'b' })];
  expect(workName(one)).toMatch(/^exercise-in-link\.[0-9a-f]+-\d+$/);
  expect(workName(one)).not.toBe(workName(other));
  expect(workName(one)).toBe(workName(linkedPart({ exercise: 1n, title: 'a' })));
});

test('the last ones are kept, and the oldest goes', () => {
  const names = Array.from({ length: MOST_LINKED }, (_, i) => `n${i}`);
  expect(noted(names, 'n3')).toEqual({ kept: [...names.filter((name) => name !== 'n3'), 'n3'], gone: [] });
  expect(noted(names, 'new')).toEqual({ kept: [...names.slice(1), 'new'], gone: ['n0'] });
});

test('what is no list of names holds none', () => {
  expect([null, '', '{', '{}', '[1, "a"]'].map(namesIn)).toEqual([[], [], [], [], ['a']]);
});
