// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { editInWords, editsInWords, placesInWords } from './places.ts';

test('places of one thing stand together, counted from 1', () => {
  const read = ['steps', 1, 'replies', 0, 'read'];
  expect(
    placesInWords([
      [...read, 'type'],
      [...read, 'addr'],
      ['steps', 0, 'fd'],
    ]),
  ).toBe('step 2, reply 1, read: type, addr; step 1: fd');
  expect(placesInWords([['steps', 0, 'reply', 'read']])).toBe('step 1, read');
  expect(
    placesInWords([
      ['steps', 2, 'replies'],
      ['steps', 1, 'ioendReplies'],
    ]),
  ).toBe('step 3: Your replies; step 2: To FUSE_IOMAP_IOEND');
  expect(placesInWords([['kernel', 'revision']])).toBe('Kernel: revision');
  expect(placesInWords([['kernel', 'config', 'FUSE_IOMAP']])).toBe('Kernel: FUSE_IOMAP');
});

test('fields are called as the form calls them', () => {
  expect(
    placesInWords([
      ['steps', 1, 'direct'],
      ['steps', 1, 'length'],
      ['steps', 2, 'reply'],
    ]),
  ).toBe('step 2: how, length; step 3: Your reply');
});

test('an edit is told as place and value', () => {
  expect(editInWords({ path: ['steps', 0, 'reply', 'read', 'addr'], value: 'NULL_ADDR' })).toEqual({
    place: 'step 1, read: addr',
    value: 'NULL_ADDR',
  });
  expect(editInWords({ path: ['steps', 1, 'replies', 0], value: undefined })).toEqual({
    place: 'step 2, reply 1',
    value: 'remove it',
  });
});

test('an edit of several fields is told field by field, as the form has them', () => {
  const write = { length: 4096n, addr: '2M', flags: ['SHARED'] };
  expect(editsInWords([{ path: ['steps', 1, 'replies', 0, 'write'], value: write }])).toEqual([
    { place: 'step 2, reply 1, write: length', value: '4096' },
    { place: 'step 2, reply 1, write: addr', value: '2M' },
    { place: 'step 2, reply 1, write: flags', value: '["SHARED"]' },
  ]);
  expect(editsInWords([{ path: ['steps', 1, 'reply', 'write'], value: {} }])).toHaveLength(1);
});
