// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { FUSE_IOMAP_TYPE, FUSE_OPCODE, NULL_ADDR } from '../kernel/names.ts';
import type { Request } from '../kernel/wire-types.ts';
import { LiveServer } from './live.ts';

const begin = (unique: bigint): Request => ({
  opcode: FUSE_OPCODE.FUSE_IOMAP_BEGIN,
  name: 'FUSE_IOMAP_BEGIN',
  unique,
  nodeid: 12n,
  bytes: new Uint8Array(0),
  opflags: 0,
  attr_ino: 12n,
  pos: unique * 4096n,
  count: 4096n,
  written: null,
  map: null,
  ioend: null,
});

/** How many of the requests from `first` on, of this execution, got an answer before the first that got none. */
function answered(server: LiveServer, execution: number, first: bigint, most: number): number {
  server.at(execution);
  for (let i = 0; i < most; i++) if (server.answer(begin(first + BigInt(i))) === null) return i;
  return most;
}

test('a step that asks without an end is told, and the next one is answered again', () => {
  let asked = 0;
  const server = new LiveServer({
    iomap_begin: (_node, _ino, pos) => {
      asked++;
      return { read: { offset: pos, length: 4096n, addr: NULL_ADDR, type: FUSE_IOMAP_TYPE.HOLE } };
    },
  });
  const told = answered(server, 0, 2n, 1_000_000);
  expect(told).toBe(asked);
  // A write of 16 MiB in blocks of 512 bytes: a begin, an end and an ioend each, and a begin for those that follow.
  expect(told).toBeGreaterThan(4 * 32_768);
  expect(server.events).toMatchObject([
    { execution: 0, kind: 'too-much', message: 'more than 150,000 requests in one step; it was not asked' },
  ]);
  expect(server.trouble(0)).toMatch(
    /^The server gave no answer to FUSE_IOMAP_BEGIN pos .*: more than 150,000/,
  );
  expect(answered(server, 1, 2_000_000n, 100)).toBe(100);
});

test('what a server did wrong ends in one full stop, however its message ends', () => {
  for (const message of ['read: Expected an object, found "yes".', 'it wrote nothing']) {
    const server = new LiveServer(() => ({}));
    server.at(0);
    server.report('shape', 'FUSE_IOMAP_BEGIN', message);
    expect(server.trouble(0)).toMatch(/[^.]\.$/);
  }
});
