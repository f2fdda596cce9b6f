// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const WORDS = ['offset', 'length', 'addr', 'type', 'flags', 'dev', 'MAPPED', 'PURE_OVERWRITE'];

it.each([
  ['ofset', 'offset'],
  ['lenght', 'length'],
  ['Addr', 'addr'],
  ['mapped', 'MAPPED'],
  ['FUSE_IOMAP_TYPE_PURE_OVERWRITE', 'PURE_OVERWRITE'],
  ['FUSE_IOMAP_TYPE_MAPED', 'MAPPED'],
  ['flag', 'flags'],
  ['zzz', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%.20s is near %s', (word, wanted) => {
  expect(nearest(word, WORDS)).toBe(wanted);
});

it('prefers the nearer', () => {
  expect(nearest('read', ['ready', 'bread', 'read'])).toBe('read');
  expect(nearest('iomap_ned', ['iomap_begin', 'iomap_end'])).toBe('iomap_end');
});

it('has no suggestion for what is not a word', () => {
  expect(didYouMean(3n, WORDS)).toBe('');
  expect(didYouMean('typ', WORDS)).toBe(' Did you mean "type"?');
});
