// SPDX-License-Identifier: MIT
import {
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  FUSE_OPCODE,
  IOMAP_OP,
  NULL_ADDR,
} from '#engine/kernel/names.ts';
import { encodeAnswer, encodeBeginOut, pureOverwrite } from '#engine/kernel/wire.ts';
import type { Request, WireMapping } from '#engine/run/types.ts';
import type { Server } from '#engine/server/server.ts';
import { Random } from '#engine/fuzz/random.ts';

/** How the file's blocks are before anything is written, and what a write to a hole gets. */
export const KINDS = ['mapped', 'unwritten', 'hole', 'cow', 'mixed'] as const;
export type Kind = (typeof KINDS)[number];

export interface ServerOptions {
  kind: Kind;
  blockSize: number;
  /** Blocks of the file that may ever be used. */
  fileBlocks: number;
  /** Backing ids of the devices; each has `deviceBlocks` blocks. */
  devices: number[];
  deviceBlocks: number;
  /** Writes to holes may get blocks that are marked NEW. Not safe if the write fails. */
  newBlocks: boolean;
  /** Writes to holes stay without blocks until writeback, which has an op flag of its own. */
  delayed: boolean;
  /** Answers of 8 bytes to an ioend, as from v7 on. */
  newSize: boolean;
  seed: number;
  sizeBytes: number;
}

/** A block of a device that holds a block of the file. */
export interface Place {
  dev: number;
  block: number;
  state: 'mapped' | 'unwritten';
  /** A snapshot has it too: it must never change. */
  shared: boolean;
}

/**
 * The first block of the i-th device that is used. No block of one device continues where those of another end:
 * writeback joins what does, whatever device it is on, and no server can tell.
 */
export function firstBlock(i: number, deviceBlocks: number): number {
  return i * (deviceBlocks + 1);
}

/** Lets a request fail: a negative errno, or 0. */
export type Refusal = (request: Request) => number;

/** A file server without mistakes: it answers from a map of blocks, and changes that as its ioends say. */
export class FsxServer implements Server {
  readonly blocks: (Place | null)[];
  /** Of what a snapshot has: every block that must never change. */
  readonly snapshot: Place[] = [];
  /** Where the blocks of a shared extent are written to until an ioend says that they are there. */
  readonly #staged = new Map<number, Place>();
  readonly #free: Place[][];
  readonly #random: Random;
  readonly #options: ServerOptions;
  refuse: Refusal = () => 0;
  /** The file's size as the server was told. */
  sizeBytes: number;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.sizeBytes = options.sizeBytes;
    this.#free = options.devices.map((dev, i) =>
      Array.from({ length: options.deviceBlocks }, (_, block) => ({
        dev,
        block: firstBlock(i, options.deviceBlocks) + block,
        state: 'unwritten' as const,
        shared: false,
      })),
    );
    this.blocks = Array.from({ length: options.fileBlocks }, () => null);
    this.#lay();
  }

  #lay(): void {
    const used = Math.ceil(this.sizeBytes / this.#options.blockSize);
    for (let first = 0; first < used;) {
      const run = Math.min(this.#random.between(1, 8), used - first);
      const kind = this.#options.kind === 'mixed' ? this.#random.pick(KINDS.slice(0, 4)) : this.#options.kind;
      if (kind !== 'hole') this.#allocate(first, run, (block, place) => (this.blocks[block] = place));
      for (let block = first; block < first + run; block++) {
        const place = this.blocks[block];
        if (place === null || place === undefined || kind === 'unwritten') continue;
        place.state = 'mapped';
        place.shared = kind === 'cow';
        if (place.shared) this.snapshot.push({ ...place });
      }
      first += run;
    }
  }

  /** Takes a run of free blocks, on one device and mostly in a row, for blocks of the file. */
  #allocate(first: number, count: number, put: (block: number, place: Place) => void): void {
    const pools = this.#free.filter((pool) => pool.length >= count);
    const pool = pools.length > 0 ? this.#random.pick(pools) : this.#free.find(({ length }) => length > 0);
    if (pool === undefined) throw new Error('the test server has no free block left');
    if (this.#random.oneIn(4)) pool.push(...pool.splice(0, this.#random.below(pool.length)));
    for (let i = 0; i < count; i++) {
      const place = pool.shift();
      if (place === undefined) this.#allocate(first + i, 1, put);
      else put(first + i, place);
    }
  }

  #release(place: Place): void {
    if (place.shared) return;
    const pool = this.#free[this.#options.devices.indexOf(place.dev)]!;
    pool.push({ ...place, state: 'unwritten' });
  }

  /**
   * The file was cut or grown: blocks past the end go, or are unwritten from now on. Written blocks there would show
   * what they hold when the file grows again: what the kernel zeroes past the end is not written back.
   */
  resized(sizeBytes: number, free: boolean): void {
    this.sizeBytes = sizeBytes;
    const first = Math.ceil(sizeBytes / this.#options.blockSize);
    for (let block = first; block < this.blocks.length; block++) {
      const place = this.blocks[block];
      if (place && !free && !place.shared) place.state = 'unwritten';
      else if (place) {
        this.#release(place);
        this.blocks[block] = null;
      }
      const staged = this.#staged.get(block);
      if (staged) this.#release(staged);
      this.#staged.delete(block);
    }
  }

  answer(request: Request): { bytes: Uint8Array } {
    const error = this.refuse(request);
    if (error !== 0) return this.#reply(request, error);
    switch (request.opcode) {
      case FUSE_OPCODE.FUSE_IOMAP_BEGIN:
        return this.#begin(request);
      case FUSE_OPCODE.FUSE_IOMAP_IOEND:
        return this.#ioend(request);
      default:
        this.#end(request);
        return this.#reply(request, 0);
    }
  }

  #reply(request: Request, error: number, payload: Uint8Array = new Uint8Array(0)): { bytes: Uint8Array } {
    return { bytes: encodeAnswer(request.unique, error, payload) };
  }

  #begin(request: Request): { bytes: Uint8Array } {
    const { blockSize } = this.#options;
    const pos = Number(request.pos);
    const end = Math.min(pos + Number(request.count), this.blocks.length * blockSize);
    const first = Math.floor(pos / blockSize);
    const writes = (request.opflags & (IOMAP_OP.WRITE | IOMAP_OP.UNSHARE | IOMAP_OP.WRITEBACK)) !== 0;
    const zeroes = (request.opflags & IOMAP_OP.ZERO) !== 0;
    // A direct write copies nothing: what it covers only in part has to go through the cache. That is said to its first
    // question, which is about all of it: later the rest of the bytes would go to where the write began.
    const partly = (at: number) =>
      at % blockSize !== 0 && this.blocks[Math.floor(at / blockSize)]?.shared === true;
    if (writes && (request.opflags & IOMAP_OP.DIRECT) !== 0 && (partly(pos) || partly(end)))
      return this.#reply(request, -38);
    const later = this.#options.delayed && (request.opflags & (IOMAP_OP.WRITEBACK | IOMAP_OP.DIRECT)) === 0;
    const blocksFor = writes && (request.opflags & IOMAP_OP.UNSHARE) === 0 && !later;
    if (blocksFor && this.blocks[first] === null) {
      const fresh = this.#fill(first, Math.ceil(end / blockSize));
      if (fresh !== null) return this.#newBlocks(request, fresh);
    }

    const place = this.blocks[first] ?? null;
    if ((writes || zeroes) && place?.shared === true) {
      const last = this.#runEnd(first, this.blocks, Math.ceil(end / blockSize));
      return this.#outOfPlace(request, first, last);
    }
    const read = this.#extent(this.blocks, first, Math.ceil(end / blockSize));
    if (this.#random.oneIn(3)) read.flags |= FUSE_IOMAP_F.MERGED;
    if (read.type === FUSE_IOMAP_TYPE.HOLE && writes && this.#random.oneIn(2))
      read.type = FUSE_IOMAP_TYPE.DELALLOC;
    return this.#reply(request, 0, encodeBeginOut(read, this.#writeSlot(read)));
  }

  /** A write mapping that says the same as the read mapping: in two ways. */
  #writeSlot(read: WireMapping): WireMapping {
    return this.#random.oneIn(3) ? { ...read } : pureOverwrite(read);
  }

  /** Allocates blocks for a hole: unwritten ones, or else what to answer with for the first of them that are NEW. */
  #fill(first: number, end: number): WireMapping | null {
    const { blockSize } = this.#options;
    const fresh = this.#options.newBlocks && this.#random.oneIn(2);
    let last = first;
    while (last < end && this.blocks[last] === null) last++;
    // What is NEW is told once: the next answer about it would not say so any more.
    if (fresh) last = first + 1;
    this.#allocate(first, last - first, (block, place) => {
      this.blocks[block] = { ...place, state: fresh ? 'mapped' : 'unwritten' };
    });
    const place = this.blocks[first];
    if (!fresh || !place) return null;
    return {
      offset: BigInt(first * blockSize),
      length: BigInt(blockSize),
      addr: BigInt(place.block) * BigInt(blockSize),
      type: FUSE_IOMAP_TYPE.MAPPED,
      flags: FUSE_IOMAP_F.NEW,
      dev: place.dev,
    };
  }

  /** NEW blocks in place, or out of place with a hole as the source. */
  #newBlocks(request: Request, fresh: WireMapping): { bytes: Uint8Array } {
    const hole = { ...fresh, type: FUSE_IOMAP_TYPE.HOLE, addr: NULL_ADDR, dev: 0, flags: 0 };
    return this.#reply(
      request,
      0,
      this.#random.oneIn(2) ? encodeBeginOut(hole, fresh) : encodeBeginOut(fresh, this.#writeSlot(fresh)),
    );
  }

  #outOfPlace(request: Request, first: number, last: number): { bytes: Uint8Array } {
    for (let block = first; block < last; block++) {
      if (!this.#staged.has(block)) this.#allocate(block, 1, (b, place) => this.#staged.set(b, place));
    }
    const staged = this.blocks.map((_, block) => {
      const place = block < last ? (this.#staged.get(block) ?? null) : null;
      return place && { ...place, state: 'mapped' as const };
    });
    const write = this.#extent(staged, first, last);
    write.flags |= FUSE_IOMAP_F.SHARED;
    const read = this.#extent(this.blocks, first, last);
    return this.#reply(request, 0, encodeBeginOut(read, write));
  }

  /** One past the last block of the run that `first` belongs to, below `end` if that is past `first`. */
  #runEnd(first: number, blocks: readonly (Place | null)[], end: number): number {
    const place = blocks[first];
    let last = first + 1;
    while (last < Math.min(end, blocks.length) && continues(place!, blocks[last]!, last - first)) last++;
    return last;
  }

  /** The extent around a block, with all of it or only a part. */
  #extent(blocks: readonly (Place | null)[], block: number, end: number): WireMapping {
    const { blockSize } = this.#options;
    const place = blocks[block] ?? null;
    let first = block;
    let last = block + 1;
    while (first > 0 && continues(blocks[first - 1] ?? null, place, block - first + 1)) first--;
    while (last < blocks.length && continues(place, blocks[last] ?? null, last - block)) last++;
    if (this.#random.oneIn(3)) first = block;
    if (this.#random.oneIn(3)) last = Math.max(block + 1, Math.min(last, end));
    if (this.#random.oneIn(4)) last = this.#random.between(block + 1, last);
    // Past the blocks there are, the file is one hole.
    const length = (last < blocks.length || place !== null ? last - first : 1 << 30) * blockSize;
    return {
      offset: BigInt(first) * BigInt(blockSize),
      length: BigInt(length),
      addr: place === null ? NULL_ADDR : BigInt(place.block - (block - first)) * BigInt(blockSize),
      type:
        place === null
          ? FUSE_IOMAP_TYPE.HOLE
          : place.state === 'mapped'
            ? FUSE_IOMAP_TYPE.MAPPED
            : FUSE_IOMAP_TYPE.UNWRITTEN,
      flags: place?.shared === true ? FUSE_IOMAP_F.SHARED : 0,
      dev: place?.dev ?? 0,
    };
  }

  /** What was NEW and has not been written is unwritten after all. */
  #end({ pos, written, map }: Request): void {
    if (map === null || written === null || (map.flags & FUSE_IOMAP_F.NEW) === 0) return;
    const { blockSize } = this.#options;
    const first = Math.ceil(Number(written === 0n ? map.offset : pos + written) / blockSize);
    for (let block = first; block < Number(map.offset + map.length) / blockSize; block++) {
      const place = this.blocks[block];
      if (place) place.state = 'unwritten';
    }
  }

  #ioend(request: Request): { bytes: Uint8Array } {
    const { blockSize } = this.#options;
    const { flags, error } = request.ioend!;
    const pos = Number(request.pos);
    const end = pos + Number(request.written);
    if (error === 0) {
      for (let block = Math.floor(pos / blockSize); block < Math.ceil(end / blockSize); block++) {
        const staged = this.#staged.get(block);
        if ((flags & FUSE_IOMAP_IOEND.SHARED) !== 0 && staged !== undefined) {
          const old = this.blocks[block];
          if (old) this.#release(old);
          this.blocks[block] = { ...staged, state: 'mapped', shared: false };
          this.#staged.delete(block);
        }
        const place = this.blocks[block];
        if ((flags & FUSE_IOMAP_IOEND.UNWRITTEN) !== 0 && place) place.state = 'mapped';
      }
      if ((flags & FUSE_IOMAP_IOEND.APPEND) !== 0) this.sizeBytes = Math.max(this.sizeBytes, end);
    }
    // Never -ENOSYS, its own answer to a begin: to the kernel that would mean that there are no ioends at all.
    if (error !== 0 && error !== -38) return this.#reply(request, error);
    if (!this.#options.newSize) return this.#reply(request, 0);
    const size = new Uint8Array(8);
    new DataView(size.buffer).setBigInt64(0, BigInt(this.sizeBytes), true);
    return this.#reply(request, 0, size);
  }
}

/** Whether `b`, a number of blocks after `a`, belongs to the same extent. */
function continues(a: Place | null, b: Place | null, distance: number): boolean {
  if (a === null || b === null) return a === b;
  return a.dev === b.dev && a.block + distance === b.block && a.state === b.state && a.shared === b.shared;
}
