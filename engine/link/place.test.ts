// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { isPlace, parsePlace, placeHash } from './place.ts';

test('a hash with a slash is a place, with a digit it is none', () => {
  expect(isPlace('#/check/length-zero')).toBe(true);
  expect(isPlace('/check/length-zero')).toBe(true);
  expect(isPlace('#/')).toBe(true);
  expect(isPlace('#1.8.AAAAAAAAab')).toBe(false);
  expect(isPlace('')).toBe(false);
});

test('a place has a kind and an id', () => {
  expect(parsePlace('#/check/length-zero')).toEqual({ kind: 'check', id: 'length-zero' });
  expect(parsePlace('/examples')).toEqual({ kind: 'examples', id: '' });
  expect(parsePlace('#/check/')).toEqual({ kind: 'check', id: '' });
});

test.each(['#/', '#', '', '#/Check', '#/check/a/b', '#/check/<b>', '#1.8.AAAAAAAAab', '#/check/length zero'])(
  '%j names no place',
  (hash) => {
    expect(parsePlace(hash)).toBeNull();
  },
);

test('a place and its hash are each other’s inverse', () => {
  for (const place of [
    { kind: 'check', id: 'dev-not-found' },
    { kind: 'examples', id: '' },
  ])
    expect(parsePlace(placeHash(place))).toEqual(place);
});
