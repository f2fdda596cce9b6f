// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import type { Reply } from '../kernel/wire-types.ts';
import { givenReply } from './given-reply.ts';

const read = { offset: 0n, length: 8192n, addr: 4096n, type: FUSE_IOMAP_TYPE.MAPPED, flags: 0, dev: 1 };
const reply: Reply = {
  bytes: new Uint8Array(80),
  header: { len: 80, error: 0, unique: 4n },
  read,
  write: read,
  writeFilledIn: true,
  by: 'server',
  writeRet: 80,
  consumed: true,
};

test('says who answered, and what', () => {
  expect(givenReply(reply)).toEqual({
    by: 'server',
    lines: [
      { label: 'read', text: 'MAPPED, offset 0, length 8192, addr 0x1000, dev 1' },
      { label: 'write', text: 'left out: a pure overwrite' },
    ],
  });
});

test('an error, and bytes that are no mappings', () => {
  const error = { ...reply, header: { len: 16, error: -5, unique: 4n }, read: null, write: null };
  expect(givenReply(error)?.lines).toEqual([{ label: 'error', text: '-EIO' }]);
  expect(givenReply({ ...reply, read: null, write: null })?.lines).toEqual([{ label: 'bytes', text: '80' }]);
});

test('a reply of the step itself is not one', () => {
  const { by: _, ...own } = reply;
  expect([givenReply(own), givenReply(null)]).toEqual([null, null]);
});
