// SPDX-License-Identifier: MIT
/**
 * Seeded random scenarios, for measuring share links. They are meant to be at least as hard as what people write:
 * numbers up to 2^43 without pattern, words that the codec has never heard of, expectations on most steps.
 */
import { CHECK_IDS } from '#engine/kernel/checks.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { ERRNO } from '#engine/kernel/errno.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, IOMAP_F, IOMAP_OP, IOMAP_TYPE } from '#engine/kernel/names.ts';
import type { JsonValue, LinkState } from '#engine/link/types.ts';

/** xorshift32: the same sequence everywhere. Returns a function that draws whole numbers below a bound. */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e37_79b1) ^ 0x5bd1_e995) >>> 0 || 1;
    for (let warmUp = 0; warmUp < 8; warmUp++) this.#next();
  }

  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state;
  }

  below(bound: number): number {
    return Math.floor((this.#next() / 2 ** 32) * bound);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  bits(count: number): bigint {
    return ((BigInt(this.#next()) << 32n) | BigInt(this.#next())) & ((1n << BigInt(count)) - 1n);
  }

  /** Half of them as they come, a third in blocks, the rest in sectors. */
  offset(): bigint {
    const value = this.bits(43);
    return this.chance(50) ? value : this.chance(67) ? value & ~0xfffn : value & ~0x1ffn;
  }
}

const VOCABULARY = (
  'a about abort accept across after again ahead alias allocator already also always an and another answer any ' +
  'append arrives as at atomic back bad balance bank barely because before begins behind below beyond bisect ' +
  'bitmap block bogus both bounce buffered bug but by cached caller cannot case century check chunk cleaner ' +
  'clone close cluster commit compare concurrent confuses contiguous copy corner corrupt cow crash cursor ' +
  'daemon damaged data deadlock defrag delayed delete device direct dirty discard does drops during each early ' +
  'edge either empty ends error even every exactly example expects extent fails fallocate fast fault fiemap ' +
  'file first fixes flag flush folio for fragment freed from fsync fuse2fs gap gives goes grows guard half ' +
  'happens hash head here hint hole how huge if ignore image in inline inode inside instead is it journal jump ' +
  'keeps kernel kind laggard large last late layout leaf leaks length lies limit list lock log longer loop lost ' +
  'machine maps mapping marks maybe merge metadata might mirror misaligned missing mmap moves must near needs ' +
  'never new next no node not nothing number object odd of off offset on once one only opens or order other ' +
  'our out over overlap page partial past patch pages pins plain pos power prealloc probe proves quota quick ' +
  'race raid range read ready real refuses regression release remap repeats replay reply reports reserve ' +
  'resize returns reviewer root rounding rule same scrub second sector seek sees sends server shared short ' +
  'should shrink since size slow small snapshot so some sparse split stale stops straddles stripe superblock ' +
  'swap sync table tail takes tests than that the their then there these they thin this though thrice tiny to ' +
  'too torn trim truncate twice two type unaligned under unlink until unwritten up update uses v6 value verity ' +
  'very volume wants was we well what when where which while whole why will with without worker wraps write ' +
  'writeback wrong xfs yet zeroed zone 4k 64k EOF O_DIRECT pwrite() iomap_iter ext4 btrfs lore dm-thin'
).split(' ');

function sentence(random: Random, fewest: number, most: number): string {
  const words = Array.from({ length: fewest + random.below(most - fewest + 1) }, () =>
    random.pick(VOCABULARY),
  );
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const some = (random: Random, names: readonly string[], most: number): string[] => [
  ...new Set(Array.from({ length: 1 + random.below(most) }, () => random.pick(names))),
];

function mapping(random: Random): Record<string, JsonValue> {
  const type = random.chance(60)
    ? 'MAPPED'
    : random.chance(8)
      ? random.below(0x10000)
      : random.pick(Object.keys(FUSE_IOMAP_TYPE));
  return {
    offset: random.offset(),
    length: random.offset(),
    addr: random.chance(85) ? random.offset() : 'NULL_ADDR',
    type,
    ...(random.chance(45) ? { flags: some(random, Object.keys(FUSE_IOMAP_F), 3) } : {}),
    ...(random.chance(80) ? { dev: random.chance(90) ? 1 + random.below(9) : random.bits(31) } : {}),
  };
}

function kernelMapping(random: Random, devices: readonly string[]): Record<string, JsonValue> {
  return {
    offset: random.offset(),
    length: random.offset(),
    addr: random.offset(),
    type: random.pick(Object.keys(IOMAP_TYPE)),
    ...(random.chance(40) ? { flags: some(random, Object.keys(IOMAP_F), 2) } : {}),
    bdev: random.chance(80) ? random.pick(devices) : null,
  };
}

function expectation(random: Random, devices: readonly string[]): Record<string, JsonValue> {
  if (random.chance(20))
    return { ret: 0, ...(random.chance(30) ? { iomap: kernelMapping(random, devices) } : {}) };
  const check = random.pick(CHECK_IDS.slice(1, 20));
  const ret = random.chance(75) ? '-EFSCORRUPTED' : `-${random.pick(Object.keys(ERRNO))}`;
  return { ret, check, which: random.pick(['read', 'write']) };
}

function begin(
  random: Random,
  inodes: readonly string[],
  devices: readonly string[],
): Record<string, JsonValue> {
  return {
    do: 'iomap_begin',
    ...(inodes.length > 1 && random.chance(50) ? { inode: random.pick(inodes) } : {}),
    ...(random.chance(60) ? { op: some(random, Object.keys(IOMAP_OP), 3) } : {}),
    pos: random.offset(),
    count: random.offset(),
    reply: random.chance(1)
      ? { payload: payload(random) }
      : { read: mapping(random), ...(random.chance(75) ? { write: mapping(random) } : {}) },
    ...(random.chance(3) ? { signal: true } : {}),
    ...(random.chance(3) ? { inlineRead: random.chance(50) ? random.below(4097) : '-EIO' } : {}),
    ...(random.chance(10) ? { note: sentence(random, 3, 8) } : {}),
    ...(random.chance(85) ? { expect: expectation(random, devices) } : {}),
    ...(random.chance(2) ? { expectOn: { [random.pick(REVISIONS)]: expectation(random, devices) } } : {}),
  };
}

/** The 64 bytes of an answer with one mapping, as `capture` writes them. */
function payload(random: Random): string {
  const u64 = (value: bigint) =>
    Array.from({ length: 8 }, (_, i) =>
      Number((value >> BigInt(8 * i)) & 0xffn)
        .toString(16)
        .padStart(2, '0'),
    ).join('');
  const read = [0n, random.offset(), random.offset(), 0x1_0000_0002n].map(u64).join('');
  return read + '0'.repeat(64);
}

function open(random: Random, fd: number): Record<string, JsonValue> {
  return {
    do: 'backing_open',
    fd,
    ...(random.chance(30) ? { type: 'PASSTHROUGH' } : {}),
    ...(random.chance(50) ? { expect: { ret: fd - 2 } } : {}),
  };
}

/**
 * A state with so many iomap_begin steps, every one with random numbers, after one or two backing_open; title,
 * notes, devices, inodes and the recorded verdict on top.
 */
export function randomState(seed: number, begins: number): LinkState {
  const random = new Random(seed);
  const devices = ['vda', 'vdb', `nvme${random.below(9)}n1`].slice(0, 1 + random.below(3));
  const inodes = ['a', 'b', 'victim'].slice(0, 1 + random.below(3));
  const opens = Array.from({ length: 1 + random.below(2) }, (_, index) => open(random, 3 + index));
  const scenario: JsonValue = {
    format: 1,
    title: sentence(random, 4, 9),
    ...(random.chance(80) ? { notes: `${sentence(random, 6, 22)}.` } : {}),
    ...(random.chance(20)
      ? { connection: random.chance(25) ? { iomapInodes: random.below(9) } : { passthrough: false } }
      : {}),
    devices: Object.fromEntries(devices.map((name) => [name, device(random)])),
    ...(random.chance(25)
      ? {
          fds: {
            '3': { kind: 'blk', device: 'vda', ...access(random) },
            '4': { kind: random.chance(70) ? 'reg' : 'reg-path' },
          },
        }
      : {}),
    ...(random.chance(15) ? { superblock: { maxBytes: random.bits(44) } } : {}),
    ...(inodes.length > 1 || random.chance(40)
      ? { inodes: Object.fromEntries(inodes.map((name) => [name, inode(random)])) }
      : {}),
    steps: [...opens, ...Array.from({ length: begins }, () => begin(random, inodes, devices))],
  };
  const refused = random.chance(80);
  return {
    scenario,
    step: opens.length + random.below(begins),
    verdict: {
      ret: refused ? '-EFSCORRUPTED' : '0',
      check: refused ? random.pick(CHECK_IDS.slice(1, 20)) : null,
      which: refused ? random.pick(['read', 'write'] as const) : null,
      revision: 'v6-04',
    },
    view: random.chance(30) ? random.pick(['document', 'bytes', 'notes']) : '',
  };
}

const access = (random: Random): Record<string, JsonValue> =>
  random.chance(30) ? { access: random.pick(['r', 'w', 'none']) } : {};

function device(random: Random): Record<string, JsonValue> {
  return {
    size: random.chance(40)
      ? `${1 + random.below(900)}${random.pick(['M', 'G', 'T'])}`
      : random.bits(34) << 9n,
    ...(random.chance(30) ? { logicalBlockSize: 4096 } : {}),
  };
}

function inode(random: Random): Record<string, JsonValue> {
  return {
    ...(random.chance(40) ? { ino: random.bits(20) } : {}),
    ...(random.chance(30) ? { blockSize: 512 << random.below(6) } : {}),
    size: random.offset(),
    ...(random.chance(3)
      ? {
          caches: true,
          cache: {
            read: mapping(random),
            ...(random.chance(50)
              ? { after: { write: random.chance(50) ? 'nofork' : mapping(random) } }
              : {}),
          },
        }
      : {}),
    ...(random.chance(3)
      ? {
          extents: [
            { offset: 0, length: 1 + random.below(9), addr: random.offset(), dev: 1 + random.below(9) },
          ],
          ...(random.chance(50) ? { allocates: 'never' } : {}),
          ...(random.chance(50) ? { copyOnWrite: 'always' } : {}),
        }
      : {}),
  };
}
