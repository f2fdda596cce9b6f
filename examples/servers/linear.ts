// SPDX-License-Identifier: MIT
/**
 * Linear: each file has a range of the device for itself, and byte n of the file is byte n of the range. What the server
 * remembers is which blocks hold data: a block that nothing was written to is UNWRITTEN, and reads as zeros.
 */
import {
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  is_write,
  type BeginAnswer,
  type FuseServer,
  type Mapping,
  type Session,
} from 'iomap-playground';

/** How large a file can get. */
const SPAN = 256n * 1024n;
const ENOSPC = -28;

export interface LinearFile {
  /** Where its range of the device begins. */
  base: bigint;
  blockSize: bigint;
  /** The blocks that hold data. */
  written: Set<bigint>;
}

export class Linear implements FuseServer {
  protected dev = 0;
  protected files = new Map<bigint, LinearFile>();

  init(se: Session): void {
    this.dev = se.device_add(se.devices[0]!.fd);
    this.files.clear();
    for (const [i, { nodeid, sizeBytes, blockSizeBytes }] of se.inodes.entries()) {
      const blockSize = BigInt(blockSizeBytes);
      const blocks = Number((sizeBytes + blockSize - 1n) / blockSize);
      const written = new Set(Array.from({ length: blocks }, (_, block) => BigInt(block)));
      this.files.set(nodeid, { base: this.baseOf(i), blockSize, written });
    }
  }

  /** Each file has a range of its own. */
  protected baseOf(index: number): bigint {
    return BigInt(index) * SPAN;
  }

  iomap_begin(nodeid: bigint, _ino: bigint, pos: bigint, _count: bigint, opflags: number): BeginAnswer {
    const file = this.files.get(nodeid)!;
    if (pos >= SPAN) {
      if (is_write(opflags)) return ENOSPC;
      return {
        read: { offset: SPAN, length: 1n << 40n, type: FUSE_IOMAP_TYPE.HOLE, addr: (1n << 64n) - 1n },
      };
    }
    // All blocks around `pos` that are in the same state make one mapping.
    const first = pos / file.blockSize;
    const state = file.written.has(first);
    let last = first + 1n;
    while (last * file.blockSize < SPAN && file.written.has(last) === state) last++;
    return { read: this.mapping(file, first, last - first, state) };
  }

  protected mapping(file: LinearFile, first: bigint, blocks: bigint, written: boolean): Mapping {
    return {
      offset: first * file.blockSize,
      length: blocks * file.blockSize,
      addr: file.base + first * file.blockSize,
      type: written ? FUSE_IOMAP_TYPE.MAPPED : FUSE_IOMAP_TYPE.UNWRITTEN,
      dev: this.dev,
    };
  }

  iomap_end(): number {
    return 0;
  }

  /** Data has reached the device: its blocks are not unwritten any more. */
  iomap_ioend(
    nodeid: bigint,
    _ino: bigint,
    pos: bigint,
    written: bigint,
    flags: number,
    error: number,
  ): number {
    const file = this.files.get(nodeid)!;
    if (error !== 0 || (flags & FUSE_IOMAP_IOEND.UNWRITTEN) === 0) return 0;
    for (let block = pos / file.blockSize; block * file.blockSize < pos + written; block++)
      file.written.add(block);
    return 0;
  }

  /** What is past the end does not come back when the file grows again. */
  setattr(nodeid: bigint, { size }: { size: bigint }): number {
    const file = this.files.get(nodeid)!;
    for (const block of file.written) if (block * file.blockSize >= size) file.written.delete(block);
    return 0;
  }

  /** The kernel writes the zeros itself. */
  fallocate(): number {
    return 0;
  }

  snapshot(): unknown {
    return structuredClone({ dev: this.dev, files: this.files });
  }

  restore(state: unknown): void {
    Object.assign(this, structuredClone(state));
  }
}

export default new Linear();
