// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { overwrite } from '../../tests/core-machine.ts';
import { BUFFERED, DIRECT, F, Scripted, TYPE, filled, ioMachine, map } from '../../tests/io-machine.ts';
import type { Revision } from '../kernel/features.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import type { Request } from '../kernel/wire-types.ts';
import type { Server } from '../server/server.ts';
import { encodeAnswer } from '../kernel/wire.ts';
import type { IoMachine } from './io-machine.ts';
import type { SharedSnapshot } from './snapshot.ts';

const FILE_BYTES = 1 << 16;
const BLOCK = 4096n;

/** What the server says of a block, by its number: each kind of mapping has its own way of writing to pages. */
const KINDS = [TYPE.MAPPED, TYPE.UNWRITTEN, TYPE.HOLE, TYPE.MAPPED];
const SHARED_BLOCK = 5n;

interface Operation {
  do: 'write' | 'read' | 'fsync' | 'zero' | 'unshare' | 'truncate' | 'copy' | 'back' | 'try';
  block: number;
  fill: number;
  odd: number;
  length: number;
  direct: boolean;
}

const operation = fc.record({
  do: fc.constantFrom<Operation['do']>(
    'write',
    'write',
    'read',
    'fsync',
    'zero',
    'unshare',
    'truncate',
    'copy',
    'copy',
    'back',
    'try',
  ),
  // Few, so that a page is written to again.
  block: fc.nat(FILE_BYTES / 4096 - 1),
  fill: fc.nat(255),
  odd: fc.constantFrom(0, 0, 512, 700),
  length: fc.constantFrom(100, 512, 4096, 20_000),
  direct: fc.boolean(),
});

/** Each block has a mapping of its own; one is shared, and the first is inline where the kernel reads that. */
class Answering extends Scripted {
  constructor(revision: Revision) {
    const may = revision === '2026-05-cache';
    super(({ pos }) => {
      const block = pos / BLOCK;
      const at = Number(block * BLOCK);
      if (block === SHARED_BLOCK)
        return [
          map(TYPE.MAPPED, at, 4096, at, { flags: F.SHARED }),
          map(TYPE.MAPPED, at, 4096, at + FILE_BYTES),
        ];
      const kind = may && block === 0n ? TYPE.INLINE : KINDS[Number(block % 4n)]!;
      const read = map(kind, at, kind === TYPE.INLINE ? 512 : 4096, at);
      return [read, { ...overwrite(read), type: may ? 65535 : 255 }];
    });
  }

  override answer(request: Request): { bytes: Uint8Array } | null {
    if (request.opcode !== FUSE_OPCODE.FUSE_READ) return super.answer(request);
    return { bytes: encodeAnswer(request.unique, 0, new Uint8Array(Number(request.count)).fill(0x55)) };
  }
}

/** Returns how many bytes it read or wrote. */
function perform(
  machine: IoMachine,
  server: Server,
  { do: what, block, fill, odd, length, direct }: Operation,
): bigint {
  const pos = BigInt(block) * BLOCK + BigInt(odd);
  const how = direct ? DIRECT : BUFFERED;
  switch (what) {
    case 'write':
      return machine.write('a', pos, filled(length, fill), how, server).ret ?? 0n;
    case 'read':
      return machine.read('a', pos, length, how, server).ret ?? 0n;
    case 'fsync':
      return machine.fsync('a', server).ret ?? 0n;
    case 'zero':
      return machine.zeroRange('a', pos, BigInt(length), true, server).ret ?? 0n;
    case 'unshare':
      return machine.unshare('a', pos, BigInt(length), server).ret ?? 0n;
    case 'truncate':
      return machine.truncate('a', pos, server).ret ?? 0n;
    default:
      return 0n;
  }
}

function bytesOf({ chunks, lengthBytes }: SharedSnapshot): Buffer {
  const all = chunks.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return Buffer.concat(all).subarray(0, lengthBytes);
}

test.each(['v6-04', 'late', '2026-05-cache'] as const)(
  'a copy that looks only where the core says that it wrote is a copy of the memory: %s',
  (revision) => {
    const core = loadCore('trace', revision);
    const server = new Answering(revision);
    let moved = 0;
    fc.assert(
      fc.property(
        fc.array(operation, { minLength: 10, maxLength: 60 }),
        fc.constantFrom(9, 12, 13),
        (all, blockSizeBits) => {
          const machine = ioMachine(core, { size: FILE_BYTES, blockSizeBits, devices: [{ name: 'vda' }] });
          const copies: SharedSnapshot[] = [];
          for (const one of [...all, { ...all[0]!, do: 'copy' as const }]) {
            const back = copies.at(-1 - (one.block % 3));
            if (one.do === 'back' && back) {
              copies.splice(copies.indexOf(back) + 1);
              machine.restoreShared(back);
            } else if (one.do === 'try') {
              const before = machine.snapshot();
              for (const tried of all.slice(0, 5)) perform(machine, server, tried);
              machine.restore(before);
            } else if (one.do === 'copy') {
              const copy = machine.sharedSnapshot(copies.at(-1) ?? null);
              expect(Buffer.compare(bytesOf(copy), machine.snapshot())).toBe(0);
              copies.push(copy);
            } else {
              if (perform(machine, server, one) > 0n) moved++;
            }
          }
        },
      ),
      { numRuns: 150 },
    );
    // I/O that is refused would show nothing.
    expect(moved).toBeGreaterThan(150);
  },
);

/** What stands in the cache from before may change in each of these ways alone, and nothing else marks the page then. */
const WRITES: {
  what: string;
  blockSizeBits?: number;
  before: (machine: IoMachine, server: Answering) => void;
  then: (machine: IoMachine, server: Answering) => void;
}[] = [
  {
    what: 'bytes written over',
    before: (machine, server) => machine.write('a', 0n, filled(4096, 1), BUFFERED, server),
    then: (machine, server) => machine.write('a', 0n, filled(4096, 2), BUFFERED, server),
  },
  {
    what: 'a sector written over',
    before: (machine, server) => machine.write('a', 0n, filled(4096, 1), DIRECT, server),
    then: (machine, server) => machine.write('a', 512n, filled(512, 2), DIRECT, server),
  },
  {
    what: 'zeros in a folio',
    before: (machine, server) => machine.write('a', 0n, filled(4096, 1), BUFFERED, server),
    then: (machine, server) => machine.zeroRange('a', 100n, 1000n, true, server),
  },
  {
    what: 'the rest of a folio that the file ends in',
    before: (machine, server) => machine.write('a', 0n, filled(4096, 1), BUFFERED, server),
    then: (machine, server) => machine.truncate('a', 700n, server),
  },
  {
    what: 'a block read into a folio that has another',
    blockSizeBits: 9,
    before: (machine, server) => machine.write('a', 0n, filled(512, 1), BUFFERED, server),
    then: (machine, server) => machine.read('a', 1024n, 512, BUFFERED, server),
  },
];

test.each(WRITES)('the copy has $what', ({ blockSizeBits = 12, before, then }) => {
  const machine = ioMachine(loadCore('trace', 'late'), {
    size: FILE_BYTES,
    blockSizeBits,
    others: ['b'],
  });
  const server = new Answering('late');
  // Pages before the one in question: what shares its chunk with other memory is looked at anyway.
  machine.write('b', 9n * BLOCK, filled(3 * 4096, 9), BUFFERED, server);
  before(machine, server);
  const copy = machine.sharedSnapshot(null);
  then(machine, server);
  expect(Buffer.compare(bytesOf(machine.sharedSnapshot(copy)), machine.snapshot())).toBe(0);
});
