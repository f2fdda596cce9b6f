// SPDX-License-Identifier: GPL-2.0-only
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import type { Machine } from '#engine/core/machine.ts';
import type { CoreEvent } from '#engine/run/types.ts';
import { failures, verdict, type BeginCase } from '../begin-oracle.ts';
import {
  FD,
  close,
  mappings,
  newMachine,
  openIomap,
  openPassthrough,
  type Mapping,
} from '../core-machine.ts';
import { loadCore, type Build } from '../core-module.ts';

const RUNS = 20_000;
const U64 = (1n << 64n) - 1n;
const wrapped = (value: bigint) => BigInt.asUintN(64, value);

/** Id 1: vda. 2: a passthrough file. 3: vdb. 4: was there once. 5: vda again. */
const TABLE = new Map([
  [1, 'vda'],
  [2, null],
  [3, 'vdb'],
  [5, 'vda'],
]);
const BLOCK_BITS = [9, 12, 16];
const MAX_BYTES = [(1n << 63n) - 1n, 1n << 40n, 8192n, 1n, 0n];
const INODES = BLOCK_BITS.flatMap((blockSizeBits) =>
  MAX_BYTES.map((maxBytes) => ({ name: `${blockSizeBits}/${maxBytes}`, blockSizeBits, maxBytes })),
);

function prepared(build: Build, audit: boolean): Machine {
  const machine = newMachine(loadCore(build), { inodes: INODES });
  expect([openIomap(machine), openPassthrough(machine), openIomap(machine, FD.vdb)]).toEqual([1, 2, 3]);
  expect([openPassthrough(machine), openIomap(machine), close(machine, 4).ret]).toEqual([4, 5, 0]);
  machine.setAudit(audit);
  return machine;
}

let audited: Machine;
let plain: Machine;
let fast: Machine;
beforeAll(() => {
  audited = prepared('debug', true);
  plain = prepared('trace', false);
  fast = prepared('fast', false);
});

/** Any u64, mostly where carries, signs and all-ones are near. */
const edge: fc.Arbitrary<bigint> = fc.oneof(
  fc
    .tuple(fc.constantFrom(0n, 9n, 12n, 16n, 31n, 32n, 40n, 62n, 63n, 64n), fc.integer({ min: -2, max: 2 }))
    .map(([bits, delta]) => wrapped((1n << bits) + BigInt(delta))),
  fc
    .tuple(
      fc.constantFrom(31n, 32n, 40n, 63n, 64n),
      fc.constantFrom(9n, 12n, 16n),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([bits, block, delta]) => wrapped((1n << bits) + BigInt(delta) * (1n << block))),
  fc.bigInt({ min: 0n, max: U64 }),
);

/** A mapping that mostly is as it should be for this place, with up to three fields at an edge. */
function mapping(pos: bigint, block: bigint): fc.Arbitrary<Mapping> {
  const start = pos - (pos % block);
  const near = fc.integer({ min: -1, max: 1 }).map((blocks) => wrapped(start + BigInt(blocks) * block));
  const sane = fc
    .record({
      offset: fc.oneof(
        { weight: 6, arbitrary: fc.constant(start) },
        { weight: 2, arbitrary: fc.constant(0n) },
        near,
      ),
      blocks: fc.oneof(fc.bigInt({ min: 1n, max: 4n }), fc.constant(start / block + 1n)),
      type: fc.constantFrom(0, 1, 2, 2, 3, 4, 255),
      addr: fc.oneof(
        fc.constantFrom(0n, 4096n, 1n << 40n),
        edge.map((value) => wrapped(value - (value % block))),
      ),
      flags: fc.nat(0xff),
      dev: fc.constantFrom(1, 1, 3, 5),
    })
    .map(({ blocks, type, addr, dev, ...rest }): Mapping => {
      const onDevice = type === 2 || type === 3;
      return { ...rest, type, length: blocks * block, addr: onDevice ? addr : U64, dev: onDevice ? dev : 0 };
    });
  const offPlace = fc.record(
    {
      offset: fc.oneof(edge, near),
      length: fc.oneof(
        edge,
        edge.map((value) => wrapped(value - start)),
      ),
      addr: fc.oneof(edge, fc.constant(U64)),
      type: fc.oneof(fc.nat(6), fc.constantFrom(253, 254, 255, 256, 0x7fff, 0xffff), fc.nat(0xffff)),
      flags: fc.oneof(fc.constantFrom(0xff, 0x100, 0x200, 0x8000, 0xffff), fc.nat(0xffff)),
      dev: fc.oneof(
        fc.nat(6),
        fc.constantFrom(1024, 1025, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff),
      ),
    },
    { requiredKeys: [] },
  );
  const few = fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.shuffledSubarray(['offset', 'length', 'addr', 'type', 'flags', 'dev'] as const, {
      minLength: 1,
      maxLength: 3,
    }),
  );
  return fc.tuple(sane, offPlace, few).map(([map, other, fields]) => {
    const result = { ...map };
    for (const field of fields)
      if (other[field] !== undefined) Object.assign(result, { [field]: other[field] });
    return result;
  });
}

interface Generated extends BeginCase {
  inode: string;
}

const generated: fc.Arbitrary<Generated> = fc
  .record({
    inode: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...INODES.slice(0, 6)) },
      fc.constantFrom(...INODES),
    ),
    pos: fc.oneof(
      fc.bigInt({ min: 0n, max: 1n << 20n }),
      edge.map((value) => value & ((1n << 63n) - 1n)),
    ),
    opflags: fc.oneof(
      fc.constantFrom(0, 1, 2, 4, 8, 9, 0x10, 0x80, 0x400),
      fc.integer({ min: 0, max: 0xffffffff }),
    ),
  })
  .chain(({ inode, pos, opflags }) => {
    const blockSize = 1n << BigInt(inode.blockSizeBits);
    const map = mapping(pos, blockSize);
    const write = fc.oneof(
      map,
      map.map((other): Mapping => ({ ...other, type: 255, addr: U64, flags: 0, dev: 0 })),
    );
    return fc.record({
      inode: fc.constant(inode.name),
      blockSize: fc.constant(blockSize),
      maxBytes: fc.constant(inode.maxBytes),
      pos: fc.constant(pos),
      opflags: fc.constant(opflags),
      read: map,
      write,
      table: fc.constant(TABLE),
    });
  });

const begin = (machine: Machine, given: Generated) =>
  machine.iomapBegin(given.inode, given.pos, 4096n, given.opflags, mappings(given.read, given.write));

const table = (machine: Machine) => ({
  entries: [1, 2, 3, 4, 5].map((id) => machine.entry(id)),
  live: machine.live,
  cursor: machine.cursor,
});

/** toEqual() is slow where it holds: asked only for its words. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** What the events leave of each reference: 0 everywhere if all that was taken was dropped. */
function balance(events: CoreEvent[]): number[] {
  const held = new Map<number, number>();
  for (const event of events) {
    if (event.kind === 'get') held.set(event.serial, (held.get(event.serial) ?? 0) + 1);
    if (event.kind === 'put') held.set(event.serial, (held.get(event.serial) ?? 0) - 1);
  }
  return [...held.values()].filter((count) => count !== 0);
}

test('verdict, check, structs, references: as the oracle has them, with audit, without, and in the fast build', () => {
  const decided = new Map<string, number>();
  const before = table(audited);
  fc.assert(
    fc.property(generated, (given) => {
      const expected = verdict(given);
      const name = expected.first === null ? 'accepted' : `${expected.first.check}/${expected.first.which}`;
      decided.set(name, (decided.get(name) ?? 0) + 1);
      for (const machine of [audited, plain, fast]) {
        const call = begin(machine, given);
        const { ret, iomap, srcmap } = expected;
        same({ ret: call.ret, iomap: call.iomap, srcmap: call.srcmap }, { ret, iomap, srcmap });
        same(balance(call.events), []);
        if (machine === fast) continue;
        const { check, which } = call.decided ?? {};
        same(call.decided === null ? null : { check, which }, expected.first);
        expect(call.lost).toBe(0);
      }
    }),
    { numRuns: RUNS },
  );
  expect(table(audited)).toEqual(before);
  expect(table(plain)).toEqual(before);
  expect(table(fast)).toEqual(before);

  // What the generator must reach for any of this to mean something: every check on every mapping it can fail on.
  const both = CHECK_IDS.slice(1, 15).filter((id) => id !== 'dev-unsupported' && id !== 'overwrite-on-read');
  const reached = [
    'accepted',
    'overwrite-on-read/read',
    'read-after-pos/read',
    'read-before-pos/read',
    'write-after-pos/write',
    'write-before-pos/write',
    'dev-not-found/read',
    'dev-not-found/write',
    ...both.flatMap((id) => [`${id}/read`, `${id}/write`]),
  ];
  for (const name of reached) expect(decided.get(name) ?? 0, name).toBeGreaterThan(5);
  expect(decided.get('accepted')).toBeGreaterThan(RUNS / 20);
});

test('the audit lists what fails looked at alone, each check once for a mapping, and takes no references', () => {
  fc.assert(
    fc.property(generated, (given) => {
      const call = begin(audited, given);
      const failed = call.path.filter(({ result }) => result === 'fail' || result === 'would-fail');
      same(
        failed.map(({ check, which }) => ({ check, which })),
        failures(given),
      );
      const names = call.path.map(({ check, which }) => `${check}/${which}`);
      expect(new Set(names).size).toBe(names.length);

      // The audit comes after the verdict and adds only records of checks.
      const end = call.path.findIndex(({ result }) => result === 'fail');
      const results = call.path.map(({ result }) => result);
      expect(results.slice(0, end + 1).filter((result) => result.startsWith('would'))).toEqual([]);
      if (end >= 0) expect(results.slice(end + 1).every((result) => result.startsWith('would'))).toBe(true);
      const alone = begin(plain, given);
      same(call.path.slice(0, alone.path.length), alone.path);
      same(call.events, alone.events);
    }),
    { numRuns: RUNS / 4 },
  );
});

test('operands are the numbers that were compared', () => {
  fc.assert(
    fc.property(generated, (given) => {
      for (const { check, which, result, operands } of begin(audited, given).path) {
        const map = which === 'write' ? given.write : given.read;
        const { offset, length, addr } = map;
        const [type, flags, dev] = [BigInt(map.type), BigInt(map.flags), BigInt(map.dev)];
        const kind = TABLE.get(map.dev) === undefined ? 0n : TABLE.get(map.dev) === null ? 2n : 1n;
        const found = map.dev === 0 || map.dev >= 0x7fff_ffff ? 3n : kind;
        const expected: Record<string, bigint[]> = {
          'type-unknown': [type],
          'flags-unknown': [flags, 0xffn],
          'length-zero': [length],
          'offset-unaligned': [offset, given.blockSize],
          'length-unaligned': [length, given.blockSize],
          'file-range-overflow': [offset, length],
          'offset-past-maxbytes': [offset, given.maxBytes],
          'dev-missing': [dev, type],
          'addr-missing': [addr, type],
          'dev-forbidden': [dev, type],
          'addr-forbidden': [addr, type],
          'overwrite-on-read': [type],
          'device-range-overflow': [addr, length],
          'read-after-pos': [offset, given.pos],
          'write-after-pos': [offset, given.pos],
          'read-before-pos': [offset, length, given.pos],
          'write-before-pos': [offset, length, given.pos],
          'dev-not-found': [dev, type, found],
        };
        if (check.startsWith('reply-')) {
          expect(result).toBe('pass');
          continue;
        }
        same({ check, operands }, { check, operands: expected[check] });
      }
    }),
    { numRuns: RUNS / 10 },
  );
});
