// SPDX-License-Identifier: MIT
/**
 * Copy-on-write: the second file is a copy of the first that shares its blocks. A write to a shared block is answered out of
 * place: `read` is the shared block, `write` a new one with F_SHARED. The new block waits until an ioend with SHARED says
 * that it holds the data; only then does it take the place of the shared one.
 */
import {
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  IOMAP_OP,
  is_write,
  type BeginAnswer,
  type Mapping,
  type Session,
} from 'iomap-playground';
import { Extents, type ExtentFile, type Place } from './extents.ts';

const ENOSPC = -28;
const ENOSYS = -38;

export class CopyOnWrite extends Extents {
  /** How many files hold a block of the device. */
  #holders = new Map<bigint, number>();
  /** New blocks that wait for their data, by file and block. */
  #waiting = new Map<string, bigint>();

  override init(se: Session): void {
    this.#holders.clear();
    this.#waiting.clear();
    super.init(se);
    const [original, ...copies] = se.inodes.map(({ nodeid }) => this.files.get(nodeid)!);
    for (const copy of copies) {
      for (const place of copy.places.values()) this.release(place);
      copy.places.clear();
      for (const [block, place] of original!.places) {
        copy.places.set(block, { ...place });
        this.#holders.set(place.block, (this.#holders.get(place.block) ?? 1) + 1);
      }
    }
  }

  /** All of the file is data: an unwritten block can't be shared. */
  protected override lay(file: ExtentFile, blocks: number): void {
    for (let block = 0; block < blocks; block++)
      file.places.set(BigInt(block), { block: this.take()!, written: true });
  }

  protected override release({ block }: Place): void {
    const left = (this.#holders.get(block) ?? 1) - 1;
    if (left > 0) this.#holders.set(block, left);
    else {
      this.#holders.delete(block);
      this.free.push(block);
    }
  }

  protected isShared(place: Place | undefined): boolean {
    return place !== undefined && (this.#holders.get(place.block) ?? 1) > 1;
  }

  override iomap_begin(
    nodeid: bigint,
    ino: bigint,
    pos: bigint,
    count: bigint,
    opflags: number,
  ): BeginAnswer {
    const file = this.files.get(nodeid)!;
    if (is_write(opflags) && this.needsCache(file, pos, pos + count, opflags)) return ENOSYS;
    const block = pos / file.blockSize;
    const place = file.places.get(block);
    const key = `${nodeid} ${block}`;
    if (!is_write(opflags) || !this.isShared(place)) {
      const answer = super.iomap_begin(nodeid, ino, pos, count, opflags);
      if (is_write(opflags)) this.#forget(nodeid, file, answer);
      return answer;
    }
    const to = this.#waiting.get(key) ?? this.take();
    if (to === undefined) return ENOSPC;
    this.#waiting.set(key, to);
    const one = { offset: block * file.blockSize, length: file.blockSize, dev: this.dev };
    const type = FUSE_IOMAP_TYPE.MAPPED;
    return {
      read: { ...one, type, flags: FUSE_IOMAP_F.SHARED, addr: place!.block * file.blockSize },
      write: { ...one, type, flags: FUSE_IOMAP_F.SHARED, addr: to * file.blockSize },
    };
  }

  /**
   * What is written in place from now on needs no new block, though it was shared when one was taken for it. An ioend is
   * about all of a request: its SHARED would put a block in place that nothing was written to.
   */
  #forget(nodeid: bigint, { blockSize }: ExtentFile, answer: BeginAnswer): void {
    if (typeof answer !== 'object' || !('read' in answer)) return;
    const { offset = 0n, length = 0n } = answer.read;
    for (const [key, block] of this.#waiting) {
      const [node, at] = key.split(' ').map(BigInt);
      if (node !== nodeid || at! * blockSize < offset || at! * blockSize >= offset + length) continue;
      this.#waiting.delete(key);
      this.free.push(block);
    }
  }

  /**
   * A direct write copies nothing: a shared block that it covers only in part has to go through the page cache. That is
   * said to its first question, which is about all of it.
   */
  protected needsCache(file: ExtentFile, pos: bigint, end: bigint, opflags: number): boolean {
    if ((opflags & IOMAP_OP.DIRECT) === 0) return false;
    return [pos, end].some(
      (at) => at % file.blockSize !== 0n && this.isShared(file.places.get(at / file.blockSize)),
    );
  }

  /** A mapping ends where blocks begin to be shared or end to be. */
  protected override extent(file: ExtentFile, first: bigint): Mapping {
    const found = super.extent(file, first);
    const shared = this.isShared(file.places.get(first));
    const blocks = (found.length ?? 0n) / file.blockSize;
    if (found.type === FUSE_IOMAP_TYPE.HOLE) return found;
    let run = 1n;
    while (run < blocks && this.isShared(file.places.get(first + run)) === shared) run++;
    return { ...found, length: run * file.blockSize, flags: shared ? FUSE_IOMAP_F.SHARED : 0 };
  }

  override iomap_ioend(
    nodeid: bigint,
    ino: bigint,
    pos: bigint,
    written: bigint,
    flags: number,
    error: number,
  ): number {
    if (error === 0 && (flags & FUSE_IOMAP_IOEND.SHARED) !== 0) {
      const file = this.files.get(nodeid)!;
      for (let block = pos / file.blockSize; block * file.blockSize < pos + written; block++)
        this.#remap(nodeid, file, block);
    }
    return super.iomap_ioend(nodeid, ino, pos, written, flags, error);
  }

  /** The new block holds the data: it takes the place of the shared one. */
  #remap(nodeid: bigint, file: ExtentFile, block: bigint): void {
    const key = `${nodeid} ${block}`;
    const to = this.#waiting.get(key);
    const old = file.places.get(block);
    if (to === undefined || old === undefined) return;
    this.#waiting.delete(key);
    file.places.set(block, { block: to, written: true });
    this.release(old);
  }

  override setattr(nodeid: bigint, attr: { size: bigint }): number {
    const { blockSize } = this.files.get(nodeid)!;
    for (const [key, block] of this.#waiting) {
      const [node, at] = key.split(' ').map(BigInt);
      if (node !== nodeid || at! * blockSize < attr.size) continue;
      this.#waiting.delete(key);
      this.free.push(block);
    }
    return super.setattr(nodeid, attr);
  }

  override snapshot(): unknown {
    return structuredClone([super.snapshot(), this.#holders, this.#waiting]);
  }

  override restore(state: unknown): void {
    const [extents, holders, waiting] = structuredClone(
      state as [unknown, Map<bigint, number>, Map<string, bigint>],
    );
    super.restore(extents);
    this.#holders = holders;
    this.#waiting = waiting;
  }
}

export default new CopyOnWrite();
