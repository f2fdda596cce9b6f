// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { defaultAt, hasPlace } from './defaults.ts';
import type { JsonValue } from './json.ts';

const DOCUMENT: JsonValue = {
  format: 1n,
  devices: { vda: { faults: [{ op: 'read' }] } },
  steps: [{ do: 'iomap_begin' }, { do: 'backing_open' }, { do: 'pread', replies: [{}, { error: '-EIO' }] }],
};

test.each([
  [['steps', 0, 'count'], 4096n],
  [['steps', 0, 'times'], 1n],
  [['steps', 1, 'type'], 'IOMAP'],
  [['steps', 2, 'direct'], false],
  [['devices', 'vda', 'size'], '16M'],
  [['devices', 'vda', 'faults', 0, 'times'], 'always'],
  [['kernel', 'config', 'FUSE_IOMAP'], true],
  [
    ['connection', 'capabilities'],
    ['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO'],
  ],
  [['superblock', 'bdev'], null],
  [['inodes'], { a: {} }],
])('%j is as the schema has it', (path, value) => {
  expect(defaultAt(DOCUMENT, path)).toEqual(value);
});

test('a number that has a name is that name', () => {
  const read = ['steps', 0, 'reply', 'read'];
  expect(defaultAt(DOCUMENT, [...read, 'dev'])).toBe('DEV_NULL');
  expect(defaultAt(DOCUMENT, [...read, 'addr'])).toBe(0n);
  expect(defaultAt(DOCUMENT, [...read, 'flags'])).toEqual([]);
});

test('what the document says decides which shape is meant', () => {
  expect(defaultAt(DOCUMENT, ['steps', 1, 'count'])).toBeUndefined();
  expect(hasPlace(DOCUMENT, ['steps', 2, 'replies', 0, 'read', 'addr'])).toBe(true);
  expect(hasPlace(DOCUMENT, ['steps', 2, 'replies', 1, 'read', 'addr'])).toBe(false);
});

test('a place without a default is a place', () => {
  expect(defaultAt(DOCUMENT, ['steps', 0, 'note'])).toBeUndefined();
  expect(hasPlace(DOCUMENT, ['steps', 0, 'note'])).toBe(true);
  expect(hasPlace(DOCUMENT, ['steps', 0, 'notes'])).toBe(false);
});
