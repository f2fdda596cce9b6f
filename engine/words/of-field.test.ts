// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { JsonValue } from '../scenario/path.ts';
import { wordOfField } from './of-field.ts';

const doc = (kind: string): JsonValue => ({ format: 1n, steps: [{ do: kind }] });

test.each([
  ['iomap_begin', ['steps', 0, 'pos'], 'pos'],
  ['iomap_begin', ['steps', 0, 'reply', 'read', 'addr'], 'addr'],
  ['iomap_begin', ['steps', 0, 'reply', 'write', 'type'], 'type'],
  ['iomap_begin', ['steps', 0, 'reply', 'error'], 'error'],
  ['iomap_begin', ['steps', 0, 'reply', 'hex'], 'raw-reply'],
  ['iomap_end', ['steps', 0, 'iomap', 'bdev'], 'bdev'],
  ['pread', ['steps', 0, 'replies', 1, 'read', 'flags'], 'flags'],
  ['pread', ['steps', 0, 'replies', 1, 'times'], 'times'],
  ['pread', ['steps', 0, 'endReplies', 0, 'error'], 'error'],
  ['pread', ['steps', 0, 'offset'], 'io-offset'],
  ['truncate', ['steps', 0, 'length'], 'new-size'],
  ['backing_open', ['steps', 0, 'type'], 'backing-type'],
  ['backing_open', ['steps', 0, 'caller', 'capabilities'], 'caller'],
  ['fsync', ['steps', 0, 'expect', 'ret'], 'expectation'],
  ['fsync', ['steps', 0, 'expectOn', 'late', 'iomap', 'addr'], 'expectation'],
  ['fsync', ['devices', 'vda', 'faults', 0, 'op'], 'device-fault'],
  ['fsync', ['devices', 'vda', 'logicalBlockSize'], 'logical-block-size'],
  ['fsync', ['inodes', 'a', 'blockSize'], 'block'],
  ['fsync', ['kernel', 'config', 'FUSE_IOMAP'], 'config_fuse_iomap'],
  ['fsync', ['connection', 'maxStackDepth'], 'stack-depth'],
  ['fsync', ['superblock', 'maxBytes'], 's_maxbytes'],
  ['fsync', ['fds', '3'], 'fd'],
])('%s %j is %s', (kind, path, id) => {
  expect(wordOfField(doc(kind), path)).toBe(id);
});

test('what is no field has no word', () => {
  expect(wordOfField(doc('fsync'), ['title'])).toBeUndefined();
  expect(wordOfField(doc('fsync'), ['steps', 0, 'toString'])).toBeUndefined();
  expect(wordOfField(doc('nonsense'), ['steps', 0, 'pos'])).toBeUndefined();
  expect(wordOfField(doc('fsync'), ['devices', 'vda', 'nothing'])).toBeUndefined();
});
