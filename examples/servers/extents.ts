// SPDX-License-Identifier: MIT
/**
 * Extents: a file has blocks only where something was written. The rest is holes. A write to a hole gets blocks, which are
 * UNWRITTEN until an ioend says that data has reached them; so whatever they held before is never read.
 */
import {
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  NULL_ADDR,
  is_write,
  need_write_allocate,
  type BeginAnswer,
  type FuseServer,
  type Mapping,
  type Session,
} from 'iomap-playground';

const ENOSPC = -28;
/** How far a hole at the end of a file goes. */
const FAR = 1n << 40n;

/** A block of the device that holds a block of a file. */
export interface Place {
  block: bigint;
  written: boolean;
}

export interface ExtentFile {
  blockSize: bigint;
  /** By the number of the file's block; what is not there is a hole. */
  places: Map<bigint, Place>;
}

export class Extents implements FuseServer {
  protected dev = 0;
  protected files = new Map<bigint, ExtentFile>();
  /** Blocks of the device that nothing is on. */
  protected free: bigint[] = [];

  init(se: Session): void {
    const device = se.devices[0]!;
    this.dev = se.device_add(device.fd);
    this.files.clear();
    const blockSize = BigInt(se.inodes[0]!.blockSizeBytes);
    this.free = Array.from({ length: Number(device.sizeBytes / blockSize) }, (_, block) => BigInt(block));
    for (const { nodeid, sizeBytes } of se.inodes) {
      const file = { blockSize, places: new Map<bigint, Place>() };
      this.files.set(nodeid, file);
      this.lay(file, Number((sizeBytes + blockSize - 1n) / blockSize));
    }
  }

  /** The file at the start: two blocks of data, two of nothing, two that are unwritten, and so on. */
  protected lay(file: ExtentFile, blocks: number): void {
    for (let block = 0; block < blocks; block++) {
      const kind = Math.floor(block / 2) % 3;
      if (kind !== 1) file.places.set(BigInt(block), { block: this.take()!, written: kind === 0 });
    }
  }

  protected take(): bigint | undefined {
    return this.free.shift();
  }

  protected release({ block }: Place): void {
    this.free.push(block);
  }

  iomap_begin(nodeid: bigint, _ino: bigint, pos: bigint, count: bigint, opflags: number): BeginAnswer {
    const file = this.files.get(nodeid)!;
    const first = pos / file.blockSize;
    const end = (pos + count + file.blockSize - 1n) / file.blockSize;
    const found = this.extent(file, first);
    if (!is_write(opflags) || !need_write_allocate(opflags, found)) return { read: found };
    return this.allocated(file, first, end);
  }

  /** Unwritten blocks for the hole that begins at `first`, up to the end of the request. */
  protected allocated(file: ExtentFile, first: bigint, end: bigint): BeginAnswer {
    for (let block = first; block < end && !file.places.has(block); block++) {
      const place = this.take();
      if (place === undefined) {
        if (block === first) return ENOSPC;
        break;
      }
      file.places.set(block, { block: place, written: false });
    }
    return { read: this.extent(file, first) };
  }

  /** The blocks from `first` on that continue on the device in the same state, or that are all holes. */
  protected extent({ blockSize, places }: ExtentFile, first: bigint): Mapping {
    const place = places.get(first);
    let last = first + 1n;
    if (place === undefined) {
      const next = [...places.keys()].filter((block) => block > first).sort((a, b) => Number(a - b))[0];
      last = next ?? first + FAR / blockSize;
      return {
        offset: first * blockSize,
        length: (last - first) * blockSize,
        addr: NULL_ADDR,
        type: FUSE_IOMAP_TYPE.HOLE,
      };
    }
    for (;;) {
      const next = places.get(last);
      if (next?.block !== place.block + last - first || next.written !== place.written) break;
      last++;
    }
    return {
      offset: first * blockSize,
      length: (last - first) * blockSize,
      addr: place.block * blockSize,
      type: place.written ? FUSE_IOMAP_TYPE.MAPPED : FUSE_IOMAP_TYPE.UNWRITTEN,
      dev: this.dev,
    };
  }

  iomap_end(): number {
    return 0;
  }

  iomap_ioend(
    nodeid: bigint,
    _ino: bigint,
    pos: bigint,
    written: bigint,
    flags: number,
    error: number,
  ): number {
    const file = this.files.get(nodeid)!;
    if (error !== 0) return 0;
    for (let block = pos / file.blockSize; block * file.blockSize < pos + written; block++)
      this.done(file, block, flags);
    return 0;
  }

  protected done(file: ExtentFile, block: bigint, flags: number): void {
    const place = file.places.get(block);
    if (place && (flags & FUSE_IOMAP_IOEND.UNWRITTEN) !== 0) place.written = true;
  }

  /** Blocks past the end are free again. */
  setattr(nodeid: bigint, { size }: { size: bigint }): number {
    const file = this.files.get(nodeid)!;
    for (const [block, place] of file.places) {
      if (block * file.blockSize < size) continue;
      file.places.delete(block);
      this.release(place);
    }
    return 0;
  }

  /** The kernel writes the zeros itself. */
  fallocate(): number {
    return 0;
  }

  snapshot(): unknown {
    return structuredClone({ dev: this.dev, files: this.files, free: this.free });
  }

  restore(state: unknown): void {
    Object.assign(this, structuredClone(state));
  }
}

export default new Extents();
