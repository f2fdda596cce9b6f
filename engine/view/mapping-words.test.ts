// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { mappingWords } from './mapping-words.ts';

test('a mapping is told as the document writes it, its type first', () => {
  const written = {
    offset: 4096n,
    length: '8K',
    addr: '1M',
    type: 'MAPPED',
    flags: ['SHARED', 'NEW'],
    dev: 1n,
  };
  expect(mappingWords(written)).toBe('MAPPED, offset 4096, length 8K, addr 1M, flags SHARED NEW, dev 1');
});

test('a mapping that is left out is described by what replaces it', () => {
  expect(mappingWords({ length: 1n })).toBe('HOLE, length 1');
  expect(mappingWords({})).toBe('HOLE');
  expect(mappingWords(undefined)).toBe('left out: a pure overwrite');
});
