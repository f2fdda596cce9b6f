// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { editInWords, placesInWords } from './places.ts';

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
