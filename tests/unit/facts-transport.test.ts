// SPDX-License-Identifier: GPL-2.0-only
/** What the transport accepts from a server. */
import { describe, expect, test } from 'vitest';
import { EWAITING, type Call } from '#engine/core/machine.ts';
import type { Server } from '#engine/server/server.ts';
import {
  U64_MAX,
  answer,
  beginPayload,
  bytesOf,
  newMachine,
  openIomap,
  overwrite,
  type Mapping,
} from '../core-machine.ts';
import { loadCore } from '../core-module.ts';

const READ: Mapping = { offset: 4096n, length: 8192n, addr: 0x100000n, type: 2, flags: 0, dev: 1 };
const GOOD = beginPayload(READ, overwrite(READ));
const HOLE: Mapping = { offset: 0n, length: 4096n, addr: U64_MAX, type: 0, flags: 0, dev: 0 };

/** The answers of a server, one write(2) after another; then it is silent. */
function writes(...answers: ((unique: bigint) => Uint8Array)[]): Server {
  return {
    answer({ unique }) {
      const next = answers.shift();
      return next === undefined ? null : { bytes: next(unique) };
    },
  };
}

type Begun = Call & { iomap: unknown };

function begin(server: Server, build: 'trace' | 'fast' = 'trace'): Begun {
  const machine = newMachine(loadCore(build));
  expect(openIomap(machine)).toBe(1);
  return machine.iomapBegin('a', 4096n, 4096n, 0, server);
}

const good = (unique: bigint) => answer(unique, 0, GOOD);

/** Writes of a server that the kernel does not take as an answer: the request goes on waiting. */
const NOT_TAKEN: [name: string, bytes: (unique: bigint) => Uint8Array, check: string, writeRet: number][] = [
  ['nothing', () => new Uint8Array(0), 'reply-short-header', -22],
  ['15 bytes', (unique) => answer(unique, 0).subarray(0, 15), 'reply-short-header', -22],
  ['a length that says less', (unique) => answer(unique, 0, GOOD, 79), 'reply-length', -22],
  ['a length that says more', (unique) => answer(unique, 0, GOOD, 81), 'reply-length', -22],
  ['error -512', (unique) => answer(unique, -512), 'reply-error-range', -22],
  ['error -4095', (unique) => answer(unique, -4095), 'reply-error-range', -22],
  ['the least error', (unique) => answer(unique, -0x8000_0000), 'reply-error-range', -22],
  ['error 1', (unique) => answer(unique, 1), 'reply-error-range', -22],
  ['a wrong error before a wrong unique', () => answer(9999n, 1), 'reply-error-range', -22],
  ['the unique of no request', (unique) => answer(unique + 2n, 0, GOOD), 'reply-unique', -2],
  ['the unique of an interrupt', (unique) => answer(unique | 1n, 0, GOOD), 'reply-unique', -2],
  ['a unique that differs above 2^32', (unique) => answer(unique | (1n << 32n), 0, GOOD), 'reply-unique', -2],
  ['an unknown notification', () => answer(0n, 1), 'reply-unique', -22],
];

describe.each(NOT_TAKEN)('%s is not taken', (_, bytes, check, writeRet) => {
  test('and the request waits', () => {
    const { ret, decided, reply, iomap } = begin(writes(bytes));
    expect(ret).toBe(EWAITING);
    expect(decided?.check).toBe(check);
    expect(decided?.which).toBeNull();
    expect(reply).toMatchObject({ writeRet, consumed: false });
    expect(iomap).toBeNull();
  });

  test.each(['trace', 'fast'] as const)('and the next answer decides (%s)', (build) => {
    const { ret, decided, reply, iomap, events } = begin(writes(bytes, good), build);
    expect(ret).toBe(0);
    expect(decided).toBeNull();
    expect(reply).toMatchObject({ writeRet: 80, consumed: true });
    expect(iomap).toMatchObject({ offset: 4096n, bdev: 'vda' });
    if (build === 'trace') expect(events.map(({ kind }) => kind)).toEqual(['get', 'put']);
  });

  test('and a refusal of the next one is that one’s', () => {
    const second = (unique: bigint) => answer(unique, 0, beginPayload(HOLE, overwrite(HOLE)));
    const { ret, decided } = begin(writes(bytes, second));
    expect(ret).toBe(-117);
    expect(decided).toMatchObject({ check: 'read-before-pos', which: 'read', result: 'fail' });
  });

  test('and an error of the next one is that one’s', () => {
    const { ret, decided } = begin(writes(bytes, (unique) => answer(unique, -28)));
    expect(ret).toBe(-28);
    expect(decided).toBeNull();
  });
});

test('a server that never writes leaves the request waiting, and nothing decided', () => {
  const { ret, decided, reply, path } = begin(writes());
  expect({ ret, decided, reply, path }).toEqual({ ret: EWAITING, decided: null, reply: null, path: [] });
});

/** Bad writes that end the request all the same: -EIO for the caller, -EINVAL for the server's write. */
const ENDED: [name: string, bytes: (unique: bigint) => Uint8Array, check: string, operands: bigint[]][] = [
  ['an error with one byte more', (u) => answer(u, -5, new Uint8Array(1)), 'reply-error-payload', [-5n, 1n]],
  ['an error with a whole reply', (u) => answer(u, -28, GOOD), 'reply-error-payload', [-28n, 64n]],
  ['no payload', (u) => answer(u, 0), 'reply-size', [16n, 80n]],
  ['one byte too few', (u) => answer(u, 0, GOOD.subarray(0, 63)), 'reply-size', [79n, 80n]],
  ['one byte too many', (u) => answer(u, 0, new Uint8Array([...GOOD, 0])), 'reply-size', [81n, 80n]],
  ['more than fits', (u) => answer(u, 0, new Uint8Array(1000)), 'reply-size', [1016n, 80n]],
];

test.each(ENDED)('%s ends the request with -EIO', (_, bytes, check, operands) => {
  const { ret, decided, reply } = begin(writes(bytes, good));
  expect(ret).toBe(-5);
  expect(decided).toMatchObject({ check, operands, which: null });
  expect(reply).toMatchObject({ writeRet: -22, consumed: true, read: null, write: null });
});

test.each([-1, -28, -38, -511])('error %i is the caller’s, unchanged', (error) => {
  const { ret, decided, reply, iomap } = begin(writes((unique) => answer(unique, error)));
  expect({ ret, decided, iomap }).toEqual({ ret: error, decided: null, iomap: null });
  expect(reply).toMatchObject({ writeRet: 16, consumed: true });
});

test('an iomap_end is answered with a header and nothing else', () => {
  const machine = newMachine(loadCore());
  const map = { addr: U64_MAX, offset: 0n, length: 4096n, type: 0, flags: 0, bdev: null };
  const range = { pos: 0n, count: 4096n, written: 0n, opflags: 1 };
  const one = machine.iomapEnd(
    'a',
    map,
    range,
    writes((unique) => answer(unique, 0, new Uint8Array(8))),
  );
  expect([one.ret, one.decided?.check]).toEqual([-5, 'reply-size']);
  expect(one.decided?.operands).toEqual([24n, 16n]);
  expect(
    machine.iomapEnd(
      'a',
      map,
      range,
      writes((unique) => answer(unique, 0)),
    ).ret,
  ).toBe(0);
});

test('each request has its own unique, two more than the one before', () => {
  const machine = newMachine(loadCore());
  const uniques = [1, 2, 3].map(() => machine.iomapBegin('a', 0n, 1n, 0, writes()).request?.unique);
  expect(uniques).toEqual([uniques[0]!, uniques[0]! + 2n, uniques[0]! + 4n]);
});

test('a server that writes nonsense for ever is cut short by its own silence, and what it did is counted', () => {
  const bad = Array.from({ length: 600 }, () => () => new Uint8Array(3));
  const { ret, decided, iomap, lost } = begin(
    writes(...bad, (unique) => answer(unique, 0, beginPayload({ ...READ, length: 0n }, overwrite(READ)))),
  );
  expect(ret).toBe(-117);
  expect(iomap).toBeNull();
  expect(lost).toBeGreaterThan(0);
  // The record of the check that refused did not fit; no other stands in for it.
  expect(decided).toBeNull();
});

test('the worked encodings: a reply of two mappings, and an error', () => {
  const reply = bytesOf(`50000000 00000000 2a00000000000000
    0010000000000000 0020000000000000 0000100000000000 0200 0000 01000000
    0010000000000000 0020000000000000 ffffffffffffffff ff00 0000 00000000`);
  expect(answer(42n, 0, GOOD)).toEqual(reply);
  expect(answer(42n, -28)).toEqual(bytesOf('10000000 e4ffffff 2a00000000000000'));
});
