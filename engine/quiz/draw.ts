// SPDX-License-Identifier: MIT
/** Replies near the boundaries of the checks: a right reply, in which one field or two are moved to the edge of something. */
import type { Random } from '../fuzz/random.ts';
import type { JsonObject, JsonValue } from '../scenario/path.ts';

/** A question of the kernel and what a server answers, as the parts of a scenario's step. */
export interface Drawn {
  op: string[];
  pos: bigint;
  count: bigint;
  read: JsonObject;
  /** Left out, as libfuse leaves it out: a pure overwrite of `read`. */
  write: JsonObject | null;
}

const BLOCK = 4096n;
/** Where files end for the kernel, one past the last byte that one can have. */
const FILE_END = 1n << 63n;
const ADDRESS_END = 1n << 64n;

type Make = (drawn: Drawn, random: Random) => JsonValue;

const around = (edge: bigint): bigint[] => [edge - BLOCK, edge - 1n, edge, edge + 1n, edge + BLOCK];
const blockOf = (pos: bigint) => pos - (pos % BLOCK);
const inRange = (values: readonly bigint[]) => values.filter((value) => value >= 0n && value < ADDRESS_END);

/** What a field is moved to: both sides of every edge that it has. */
const EDGES: Readonly<Record<string, (drawn: Drawn, slot: JsonObject) => readonly JsonValue[]>> = {
  offset: ({ pos }) =>
    inRange([...around(blockOf(pos)), 0n, 512n, blockOf(pos) + 2n * BLOCK, FILE_END - BLOCK, FILE_END]),
  length: ({ pos }, slot) =>
    inRange([
      ...around(pos - numberOf(slot['offset'])),
      0n,
      512n,
      BLOCK,
      BLOCK + 512n,
      16n * BLOCK,
      FILE_END - numberOf(slot['offset']),
      FILE_END - numberOf(slot['offset']) - BLOCK,
      ADDRESS_END - BLOCK,
    ]),
  addr: (_, slot) => [
    0n,
    512n,
    1n << 20n,
    (1n << 24n) - BLOCK,
    1n << 24n,
    ADDRESS_END - BLOCK - numberOf(slot['length']),
    ADDRESS_END - BLOCK,
    'NULL_ADDR',
  ],
  type: () => ['HOLE', 'DELALLOC', 'MAPPED', 'UNWRITTEN', 'INLINE', 'PURE_OVERWRITE', 5n, 6n],
  flags: () => [[], ['NEW'], ['DIRTY'], ['SHARED'], ['MERGED'], 1n << 9n, 1n << 15n],
  dev: () => [0n, 1n, 2n, 3n, 'DEV_NULL'],
};

/** The value of a field that is a number; a name counts as 0 here, for the edges only. */
function numberOf(value: JsonValue | undefined): bigint {
  return typeof value === 'bigint' ? value : 0n;
}

const MAPPED: Make = ({ pos }, random) => ({
  offset: blockOf(pos),
  length: BigInt(random.pick([1, 2, 4])) * BLOCK,
  addr: BigInt(random.pick([1, 2, 3])) << 20n,
  type: random.pick(['MAPPED', 'MAPPED', 'UNWRITTEN']),
  dev: 1n,
});

const NOWHERE: Make = ({ pos }, random) => ({
  offset: blockOf(pos),
  length: BigInt(random.pick([1, 2, 4])) * BLOCK,
  addr: 'NULL_ADDR',
  type: random.pick(['HOLE', 'HOLE', 'DELALLOC']),
});

/** A reply, with what was right in it moved to an edge. Whether the kernel takes it only the kernel says. */
export function draw(random: Random): Drawn {
  const isWrite = random.oneIn(2);
  const pos = random.pick([0n, 512n, BLOCK, 5_000n, 2n * BLOCK, 12_288n, 65_536n, FILE_END - BLOCK]);
  const count = random.pick([1n, 512n, BLOCK, 2n * BLOCK]);
  const drawn: Drawn = { op: isWrite ? ['WRITE'] : [], pos, count, read: {}, write: null };
  const part = random.oneIn(3) ? NOWHERE : MAPPED;
  drawn.read = part(drawn, random) as JsonObject;
  if (isWrite && random.oneIn(2))
    drawn.write = (random.oneIn(4) ? NOWHERE : MAPPED)(drawn, random) as JsonObject;
  const moves = random.oneIn(4) ? 2 : 1;
  for (let i = 0; i < moves; i++) {
    const slot = drawn.write !== null && random.oneIn(2) ? drawn.write : drawn.read;
    const field = random.pick(Object.keys(EDGES));
    slot[field] = random.pick(EDGES[field]!(drawn, slot));
  }
  return drawn;
}

/** A drawn reply as a scenario: a disk of 16 MiB that has the id 1, and the question. */
export function scenarioOf({ op, pos, count, read, write }: Drawn, revision: string): JsonObject {
  const reply: JsonObject = write === null ? { read } : { read, write };
  return {
    format: 1n,
    title: 'A reply of the quiz',
    kernel: { revision },
    devices: { vda: { size: '16M' } },
    steps: [{ do: 'backing_open' }, { do: 'iomap_begin', op, pos, count, reply }],
  };
}
