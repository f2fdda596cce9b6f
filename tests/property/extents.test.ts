// SPDX-License-Identifier: MIT
/** Extents as the server: whatever the extents, random I/O never reads a byte that the file does not hold. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from '#engine/fuzz/fuzz.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import type { FuseServer } from '#engine/server/fuse-server.ts';
import { loadCore } from '../core-module.ts';

let core: WebAssembly.Module;
beforeAll(() => {
  core = loadCore();
});

/** Only registers the devices: it leaves all else to the extents. */
const REGISTERS: FuseServer = {
  init: (se) => {
    for (const { fd } of se.devices) se.device_add(fd);
  },
};

const BLOCK = 4096n;

/** A file of extents, each in blocks: a gap before it, its length, its type, and whether it is shared. */
const file = fc.record({
  rows: fc.array(
    fc.record({
      gap: fc.bigInt(0n, 3n),
      blocks: fc.bigInt(1n, 4n),
      type: fc.constantFrom('MAPPED', 'UNWRITTEN', 'HOLE'),
      shared: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  /** How far the end of the file is from the end of the last row. */
  past: fc.bigInt(-4095n, 20_000n),
  copyOnWrite: fc.constantFrom('shared', 'always'),
});

/** The document: the rows of all files lie apart on the device, as the seed has it. */
function documentOf(files: readonly (typeof file extends fc.Arbitrary<infer F> ? F : never)[]): JsonValue {
  let addr = 0n;
  const inodes = files.map(({ rows, past, copyOnWrite }): JsonValue => {
    let offset = 0n;
    const extents = rows.map(({ gap, blocks, type, shared }): JsonValue => {
      offset += gap * BLOCK;
      addr += gap * BLOCK;
      const row = { offset, length: blocks * BLOCK, addr, type, flags: shared ? ['SHARED'] : [] };
      offset += blocks * BLOCK;
      addr += blocks * BLOCK;
      return row;
    });
    return { size: offset + past < 0n ? 0n : offset + past, extents, copyOnWrite };
  });
  return {
    format: 1n,
    devices: { vda: { size: 16n * 1024n * 1024n, contents: 'pattern' } },
    inodes: Object.fromEntries(inodes.map((inode, i) => [`f${i}`, inode])),
    steps: [],
  };
}

describe('extents behind random I/O', () => {
  it.each([false, true])('hold what the file holds, faults: %s', { timeout: 60_000 }, (faults) => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 2 }), fc.nat(1_000_000), (files, seed) => {
        const { failure } = fuzz(core, documentOf(files), REGISTERS, { ops: 100, seed, faults });
        expect(failure?.problem ?? null).toBeNull();
      }),
      { numRuns: 12 },
    );
  });
});
