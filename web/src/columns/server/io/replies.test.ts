// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Request } from '#engine/run/types.ts';
import { afterReplies, entryWords, nextReply, timesOf } from './replies.ts';

const READ = { type: 'MAPPED', offset: 0n, length: '8K', addr: '1M', dev: 2n };

describe('the next reply', () => {
  it('goes on where the last mapping ends, in the file and on the device', () => {
    expect(nextReply([{ read: READ }], null, 4096n)).toEqual({
      read: { type: 'MAPPED', offset: 8192n, length: 8192n, addr: (1n << 20n) + 8192n, dev: 2n },
    });
  });

  it('answers the request that found none, in whole blocks', () => {
    const request = { pos: 5000n, count: 4000n } as Request;
    expect(nextReply([], request, 4096n)).toEqual({
      read: { type: 'MAPPED', offset: 4096n, length: 8192n, addr: '1M', dev: 1n },
    });
  });

  it('suggests nothing while the reader is to find the answer', () => {
    const request = { pos: 5000n, count: 4000n } as Request;
    expect(nextReply([{ read: READ }], request, 4096n, true)).toEqual({ read: {} });
  });

  it('begins with a block if there is nothing to go by', () => {
    expect(nextReply([], null, 4096n)['read']).toMatchObject({ offset: 0n, length: 4096n });
  });
});

describe('an entry of a list', () => {
  it('is told in a word', () => {
    expect(entryWords({ read: READ })).toBe('MAPPED');
    expect(entryWords({ read: READ, write: { type: 'UNWRITTEN' } })).toBe('MAPPED → UNWRITTEN');
    expect(entryWords({})).toBe('HOLE');
    expect(entryWords({ error: '-EIO' })).toBe('-EIO');
    expect(entryWords({ hex: '00' })).toBe('raw bytes');
    expect(entryWords(0n)).toBe('0');
  });

  it('answers once unless it says otherwise', () => {
    expect([timesOf({}), timesOf({ times: 3n }), timesOf({ times: '0x10' }), timesOf(0n)]).toEqual([
      1, 3, 16, 1,
    ]);
  });
});

it('says who answers after the last entry of a list', () => {
  expect([null, 'server' as const, 'extents' as const].map((asked) => afterReplies(0, asked))).toEqual([
    '0 each time',
    'left to the server',
    'left to the extents',
  ]);
  expect(afterReplies(1, null)).toBe('in order; then 0');
  expect(afterReplies(1, 'server')).toBe('in order; then left to the server');
});
