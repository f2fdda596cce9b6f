// SPDX-License-Identifier: MIT
/**
 * The server that a scenario with `extents` describes: it answers begins from lists of extents, and changes the lists as a
 * file system would. A write over a hole gets blocks. A write to shared blocks gets new ones, which wait until an ioend
 * says that they hold the data; only then do they take the place of the old.
 */
import { ERRNO } from '../../kernel/errno.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_IOEND, FUSE_IOMAP_TYPE, IOMAP_OP, NULL_ADDR } from '../../kernel/names.ts';
import type { WireMapping } from '../../kernel/wire-types.ts';
import type { BeginAnswer, FuseServer } from '../fuse-server.ts';
import { between, endOf, put, rowAfter, rowAt, slice, without, type Rows } from './rows.ts';
import { Space, roundDown, roundUp, type Span } from './space.ts';

const { HOLE, MAPPED, UNWRITTEN } = FUSE_IOMAP_TYPE;
const WRITES = IOMAP_OP.WRITE | IOMAP_OP.ZERO | IOMAP_OP.UNSHARE | IOMAP_OP.WRITEBACK;
const FALLOC_FL_KEEP_SIZE = 1;
/** No mapping goes further: the kernel counts bytes of files in 63 bits. */
const FILE_END = 1n << 63n;
/** The size of a device that is not known. */
const FAR = 1n << 62n;

/** A file at the start. */
export interface ExtentFile {
  nodeid: bigint;
  sizeBytes: bigint;
  blockSizeBytes: bigint;
  /** MAPPED and UNWRITTEN; the rest is holes. */
  rows: Rows;
  allocates: 'unwritten' | 'never';
  copyOnWrite: 'shared' | 'always';
}

/** A file as it is now. */
interface FileNow {
  sizeBytes: bigint;
  rows: Rows;
  /** New blocks in place of shared ones, which wait for their data. */
  waiting: Rows;
}

/** The device behind a backing id: a name, and its size. Null if the id stands for none. */
export type DeviceOf = (dev: number) => { device: string; sizeBytes: bigint } | null;

export class ExtentsServer implements FuseServer {
  readonly #files: ReadonlyMap<bigint, ExtentFile>;
  readonly #deviceOf: DeviceOf;
  #now = new Map<bigint, FileNow>();
  /** Made when it is asked for, and anew after something got free. */
  #spaces = new Map<string, Space>();

  constructor(files: readonly ExtentFile[], deviceOf: DeviceOf) {
    this.#files = new Map(files.map((file) => [file.nodeid, file]));
    this.#deviceOf = deviceOf;
  }

  init(): void {
    this.#now = new Map(
      [...this.#files].map(([nodeid, { sizeBytes, rows }]) => [nodeid, { sizeBytes, rows, waiting: [] }]),
    );
    this.#spaces.clear();
  }

  /** The extents of a file now, and the blocks that wait for their data. */
  extentsOf(nodeid: bigint): { rows: Rows; waiting: Rows } {
    return this.#now.get(nodeid) ?? { rows: [], waiting: [] };
  }

  iomap_begin(nodeid: bigint, _ino: bigint, pos: bigint, count: bigint, opflags: number): BeginAnswer {
    const [file, now] = [this.#files.get(nodeid), this.#now.get(nodeid)];
    if (file === undefined || now === undefined) return -ERRNO.ENOENT;
    const end = pos + count;
    const row = rowAt(now.rows, pos);
    const isWrite = (opflags & WRITES) !== 0;
    if (isWrite && this.#needsCache(file, now, [pos, end], opflags)) return -ERRNO.ENOSYS;
    if (row === undefined) {
      const keepsHole = !isWrite || (opflags & (IOMAP_OP.ZERO | IOMAP_OP.UNSHARE)) !== 0;
      return keepsHole ? { read: holeOf(file, now, pos, end) } : this.#allocate(file, now, pos, end);
    }
    const staysShared = (opflags & IOMAP_OP.UNSHARE) !== 0 && (row.flags & FUSE_IOMAP_F.SHARED) === 0;
    return isWrite && !staysShared && isCopied(file, row)
      ? this.#copy(file, now, row, pos, end)
      : { read: row };
  }

  iomap_end(): number {
    return 0;
  }

  iomap_ioend(
    nodeid: bigint,
    _ino: bigint,
    pos: bigint,
    written: bigint,
    ioendflags: number,
    error: number,
  ): number {
    const [file, now] = [this.#files.get(nodeid), this.#now.get(nodeid)];
    if (file === undefined || now === undefined || error !== 0 || written <= 0n) return 0;
    const end = pos + written;
    const first = roundDown(pos, file.blockSizeBytes);
    const last = roundUp(end, file.blockSizeBytes);
    let { rows, waiting } = now;
    if ((ioendflags & FUSE_IOMAP_IOEND.SHARED) !== 0) {
      for (const copy of between(waiting, first, last)) rows = put(rows, copy);
      waiting = without(waiting, first, last);
      this.#spaces.clear();
    }
    if ((ioendflags & FUSE_IOMAP_IOEND.UNWRITTEN) !== 0)
      for (const row of between(rows, first, last))
        if (row.type === UNWRITTEN) rows = put(rows, { ...row, type: MAPPED });
    this.#now.set(nodeid, { rows, waiting, sizeBytes: end > now.sizeBytes ? end : now.sizeBytes });
    return 0;
  }

  /** Blocks past the end are free again. */
  setattr(nodeid: bigint, { size }: { size: bigint }): number {
    const [file, now] = [this.#files.get(nodeid), this.#now.get(nodeid)];
    if (file === undefined || now === undefined) return 0;
    const from = roundUp(size, file.blockSizeBytes);
    const cut = (rows: Rows) => without(rows, from, FILE_END);
    this.#now.set(nodeid, { rows: cut(now.rows), waiting: cut(now.waiting), sizeBytes: size });
    this.#spaces.clear();
    return 0;
  }

  /** The kernel writes the zeros itself. */
  fallocate(nodeid: bigint, mode: number, offset: bigint, length: bigint): number {
    const now = this.#now.get(nodeid);
    const end = offset + length;
    if (now !== undefined && (mode & FALLOC_FL_KEEP_SIZE) === 0 && end > now.sizeBytes)
      this.#now.set(nodeid, { ...now, sizeBytes: end });
    return 0;
  }

  snapshot(): unknown {
    return [...this.#now];
  }

  restore(state: unknown): void {
    this.#now = new Map(state as [bigint, FileNow][]);
    this.#spaces.clear();
  }

  /** Blocks for the hole that `pos` is in, up to the end of the request or to the next extent. */
  #allocate(file: ExtentFile, now: FileNow, pos: bigint, end: bigint): BeginAnswer {
    if (file.allocates === 'never') return -ERRNO.ENOSPC;
    const hole = holeOf(file, now, pos, end);
    const from = max(roundDown(pos, file.blockSizeBytes), hole.offset);
    const to = min(roundUp(end, file.blockSizeBytes), endOf(hole));
    const dev = now.rows[0]?.dev ?? file.rows[0]?.dev ?? this.#someDev();
    const taken = this.#take(dev, to - from, file.blockSizeBytes);
    if (taken === null) return -ERRNO.ENOSPC;
    const length = taken.end - taken.start;
    const row = { offset: from, length, addr: taken.start, type: UNWRITTEN, flags: 0, dev };
    const rows = put(now.rows, row);
    this.#now.set(file.nodeid, { ...now, rows });
    return { read: rowAt(rows, pos)! };
  }

  /** Blocks in place of shared ones: those that wait already, or new ones. */
  #copy(file: ExtentFile, now: FileNow, row: WireMapping, pos: bigint, end: bigint): BeginAnswer {
    const from = max(roundDown(pos, file.blockSizeBytes), row.offset);
    let to = min(roundUp(end, file.blockSizeBytes), endOf(row));
    let copy = rowAt(now.waiting, from);
    if (copy === undefined) {
      to = min(to, rowAfter(now.waiting, from)?.offset ?? to);
      const taken = this.#take(row.dev, to - from, file.blockSizeBytes);
      if (taken === null) return -ERRNO.ENOSPC;
      copy = {
        offset: from,
        length: taken.end - taken.start,
        addr: taken.start,
        type: MAPPED,
        flags: 0,
        dev: row.dev,
      };
      this.#now.set(file.nodeid, { ...now, waiting: put(now.waiting, copy) });
    }
    to = min(to, endOf(copy));
    const write = { ...slice(copy, from, to), flags: FUSE_IOMAP_F.SHARED };
    return { read: slice(row, from, to), write };
  }

  /**
   * A direct write copies nothing: a shared block that it covers only in part has to go through the page cache. That is
   * said to its first question, which is about all of it.
   */
  #needsCache(file: ExtentFile, now: FileNow, ends: readonly bigint[], opflags: number): boolean {
    if ((opflags & IOMAP_OP.DIRECT) === 0) return false;
    return ends.some((at) => {
      const row = at % file.blockSizeBytes === 0n ? undefined : rowAt(now.rows, at);
      return row !== undefined && isCopied(file, row);
    });
  }

  #take(dev: number, bytes: bigint, blockSizeBytes: bigint): Span | null {
    const { device, sizeBytes } = this.#deviceOf(dev) ?? { device: '', sizeBytes: FAR };
    let space = this.#spaces.get(device);
    if (space === undefined) {
      space = new Space(sizeBytes, this.#usedOn(device));
      this.#spaces.set(device, space);
    }
    return space.take(bytes, blockSizeBytes);
  }

  /** What is on a device. What is shared at the start stays so: others use it who are not in the scenario. */
  #usedOn(device: string): Span[] {
    const shared = [...this.#files.values()].flatMap(({ rows }) =>
      rows.filter(({ flags }) => (flags & FUSE_IOMAP_F.SHARED) !== 0),
    );
    const now = [...this.#now.values()].flatMap(({ rows, waiting }) => [...rows, ...waiting]);
    return [...shared, ...now]
      .filter(({ dev }) => (this.#deviceOf(dev)?.device ?? '') === device)
      .map(({ addr, length }) => ({ start: addr, end: addr + length }));
  }

  /** The device of a file that has no extent: that of the first that has one. */
  #someDev(): number {
    for (const { rows } of this.#files.values()) if (rows[0] !== undefined) return rows[0].dev;
    return 1;
  }
}

/** Whether a write to a row is answered out of place. */
function isCopied({ copyOnWrite }: ExtentFile, { type, flags }: WireMapping): boolean {
  return type === MAPPED && (copyOnWrite === 'always' || (flags & FUSE_IOMAP_F.SHARED) !== 0);
}

/** The hole that `pos` is in: from the extent before it to the next; the last one to the end of the file, or of what is asked. */
function holeOf(file: ExtentFile, now: FileNow, pos: bigint, end: bigint): WireMapping {
  const block = file.blockSizeBytes;
  const next = rowAfter(now.rows, pos);
  const before = between(now.rows, roundDown(pos, block), pos).at(-1);
  const offset = before === undefined ? roundDown(pos, block) : endOf(before);
  const last = min(roundUp(max(end, now.sizeBytes), block), FILE_END - block);
  const stop = next?.offset ?? (last > offset ? last : offset + block);
  return { offset, length: stop - offset, addr: NULL_ADDR, type: HOLE, flags: 0, dev: 0 };
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
