// SPDX-License-Identifier: MIT
import { encodeBackingId, encodeBackingMap } from '../kernel/ioctl.ts';
import { BEGIN_OUT_BYTES } from '../kernel/wire.ts';
import { FUSE_DEV_IOC } from '../kernel/names.ts';
import type { CoreExports } from './exports.ts';
import { instanceOf } from './imports.ts';
import { OutOfMemoryError } from './memory.ts';

/** One reply and the machine that it meets. */
export interface BatchRow {
  blkbits: number;
  maxbytes: bigint;
  /** The live backing table. */
  devs: { id: number; kind: 'iomap' | 'passthrough' }[];
  pos: bigint;
  /** Not looked at: no check depends on it. */
  count: bigint;
  opflags: number;
  /** What the request returned instead of a reply, or 0. */
  error: number;
  /** struct fuse_iomap_begin_out, 64 bytes. */
  reply: Uint8Array;
}

const S_IFREG = 0x8000;
const S_IFBLK = 0x6000;
/** FMODE_READ and FMODE_WRITE. */
const READ_WRITE = 3;
const REGULAR_FD = 0;

/*
 *     row, 96 bytes
 *     +0  | reply (64)                          |
 *     +64 | pos                                 |
 *     +72 | inode (4)        | opflags (4)      |
 *     +80 | error (4)        | unused (12) ...  |
 */
const ROW_BYTES = 96;
const AT = { pos: 64, inode: 72, opflags: 76, error: 80 } as const;

/**
 * Many replies, each with a prepared machine of its own, in one instance of the core: for sweeps and benches.
 * Setting up costs far more than evaluating.
 */
export class Batch {
  readonly #core: CoreExports;
  readonly #rows: number;
  readonly #devices = new Map<number, number>();
  #indices = 0;
  #capacity = 0;

  /** Throws OutOfMemoryError if the machines do not fit. */
  constructor(module: WebAssembly.Module, rows: readonly BatchRow[]) {
    const instance = instanceOf(module, { fuse_request: () => -5, trace_flush: () => undefined });
    this.#core = instance.exports as unknown as CoreExports;
    // CAP_SYS_ADMIN, which passthrough asks for.
    this.#core.set_capabilities(1 << 21);
    this.#core.file_install(REGULAR_FD, S_IFREG, 0, 0, READ_WRITE);
    this.#rows = this.#take(rows.length * ROW_BYTES);
    rows.forEach((row, i) => this.#prepare(row, this.#rows + i * ROW_BYTES));
  }

  /** Evaluates the rows in this order; a checksum over every verdict and the structs of the accepted ones. */
  evaluate(indices: Uint32Array): bigint {
    if (indices.length > this.#capacity) {
      this.#indices = this.#take(indices.length * 4);
      this.#capacity = indices.length;
    }
    new Uint32Array(this.#core.memory.buffer, this.#indices, indices.length).set(indices);
    return BigInt.asUintN(64, this.#core.batch_begin(this.#rows, this.#indices, indices.length));
  }

  #take(bytes: number): number {
    const at = this.#core.heap_take(bytes) >>> 0;
    if (at === 0) throw new OutOfMemoryError();
    return at;
  }

  #prepare(row: BatchRow, at: number): void {
    const fc = this.#core.conn_new(1, 1, 2);
    if (fc === 0) throw new OutOfMemoryError();
    // Made before the table, so that connection and inode are neighbours in memory.
    const inode = this.#core.inode_new(fc, 1n, 1n, row.blkbits, 0n, row.maxbytes, 0);
    if (inode === 0) throw new OutOfMemoryError();
    this.#fillTable(fc, row);
    new Uint8Array(this.#core.memory.buffer).set(row.reply.subarray(0, BEGIN_OUT_BYTES), at);
    const view = new DataView(this.#core.memory.buffer);
    view.setBigUint64(at + AT.pos, row.pos, true);
    view.setUint32(at + AT.inode, inode, true);
    view.setUint32(at + AT.opflags, row.opflags >>> 0, true);
    view.setInt32(at + AT.error, row.error, true);
  }

  /** Makes the row's ids by real opens; ids in between are opened as passthrough entries and closed again. */
  #fillTable(fc: number, row: BatchRow): void {
    const kinds = new Map(row.devs.map(({ id, kind }) => [id, kind]));
    const last = Math.max(0, ...kinds.keys());
    for (let id = 1; id <= last; id++) {
      const iomap = kinds.get(id) === 'iomap';
      const fd = iomap ? this.#deviceFd(id) : REGULAR_FD;
      const { FUSE_DEV_IOC_BACKING_OPEN: open } = FUSE_DEV_IOC;
      const ret = this.#ioctl(fc, open, encodeBackingMap(fd, iomap ? 1 : 0, 0n));
      if (ret !== id) throw new RangeError(`the table cannot hold id ${id}: open gave ${ret}`);
    }
    for (let id = 1; id <= last; id++) {
      const { FUSE_DEV_IOC_BACKING_CLOSE: close } = FUSE_DEV_IOC;
      if (!kinds.has(id)) this.#ioctl(fc, close, encodeBackingId(id));
    }
  }

  /** A descriptor of the device with this number; rows share them. */
  #deviceFd(number: number): number {
    const known = this.#devices.get(number);
    if (known !== undefined) return known;
    const fd = 1 + this.#devices.size;
    const bdev = this.#core.device_new(number, 1n << 30n, 512);
    if (bdev === 0 || this.#core.file_install(fd, S_IFBLK, 0, bdev, READ_WRITE) === 0)
      throw new OutOfMemoryError();
    this.#devices.set(number, fd);
    return fd;
  }

  #ioctl(fc: number, cmd: number, arg: Uint8Array): number {
    new Uint8Array(this.#core.memory.buffer).set(arg, this.#core.ioctl_arg_address());
    return this.#core.ioctl(fc, 1, cmd, arg.length);
  }
}
