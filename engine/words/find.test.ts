// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { ALL_WORDS } from './glossary.ts';
import { findWord, searchWords, suggestWords } from './find.ts';

test.each([
  ['srcmap', 'srcmap'],
  ['cow', 'copy-on-write'],
  ['Copy on write', 'copy-on-write'],
  ['HOLE', 'hole'],
  ['FUSE_IOMAP_TYPE_HOLE', 'hole'],
  ['IOMAP_F_SHARED', 'f_shared'],
  ['SHARED', 'f_shared'],
  ['FUSE_IOMAP_OP_WRITE', 'op_write'],
  ['IOMAP_DIRECT', 'op_direct'],
  ['O_DIRECT', 'direct'],
  ['-EIO', 'eio'],
  ['EUCLEAN', 'efscorrupted'],
  ['-117', 'efscorrupted'],
  ['iomap_iter()', 'iomap-iter'],
  ['`bdev`', 'bdev'],
  ['FUSE_IOMAP_BEGIN', 'iomap_begin'],
  ['page cache', 'page-cache'],
  ['struct iomap', 'iomap'],
])('%s is %s', (text, id) => {
  expect(findWord(text)?.id).toBe(id);
});

test('a word is found by its id and by its title', () => {
  for (const word of ALL_WORDS) expect(findWord(word.id)).toBe(word);
  expect(findWord('toString')).toBeUndefined();
  expect(findWord('')).toBeUndefined();
});

test('a search finds by other words and by the sentence, the surest first', () => {
  expect(searchWords('cow')[0]?.id).toBe('copy-on-write');
  expect(searchWords('reflink').map(({ id }) => id)).toContain('f_shared');
  expect(searchWords('page')[0]?.id).toBe('folio');
  expect(searchWords('page c')[0]?.id).toBe('page-cache');
  expect(searchWords('old bytes').map(({ id }) => id)).toContain('srcmap');
  expect(searchWords('')).toHaveLength(ALL_WORDS.length);
  expect(searchWords('xyzzy')).toEqual([]);
});

test('for a slip the nearest words are offered', () => {
  expect(suggestWords('srcmpa')[0]?.id).toBe('srcmap');
  expect(suggestWords('unwriten')[0]?.id).toBe('unwritten');
  expect(suggestWords('shar').map(({ id }) => id)).toContain('f_shared');
  expect(suggestWords('qqqqqqqqqqqqqqqqqq')).toEqual([]);
});
