// SPDX-License-Identifier: MIT
import { CheckCache } from './check-cache.ts';
import type { FiemapExtent, IoEvent } from './io-records.ts';
import type { CoreEvent, IoCall } from './records.ts';
import { readIomap } from './layout.ts';
import { idOf, isUnknown, unknownWords, type Unknown } from '../kernel/unknown.ts';
import { readIoRecord } from './io-trace.ts';
import { readTrace, type ReadCheck } from './trace.ts';
import { EWAITING, Machine, ERETRYCACHE } from './machine.ts';
import { OutOfMemoryError, checked } from './memory.ts';
import { SILENT, type Server } from '../server/server.ts';

/** What an I/O call did. */
export interface IoResult {
  /** What the system call returned; null if it never returned. */
  ret: bigint | null;
  halt: 'oops' | 'waiting' | null;
  /** Why the kernel would have crashed, in words. */
  oops: string | null;
  calls: IoCall[];
  events: IoEvent[];
}

/** As in assembly/halt.ts. */
const OOPS: readonly string[] = [
  'A bio is submitted to a NULL block device.',
  'Inline data is read through a NULL pointer: these revisions set up none.',
  'Inline data is reached by a pointer that is NULL plus a distance.',
];
const OUT_OF_MEMORY = 4;
const WAITING = 5;
const WRITEBACK_FREED = 6;

const FREED = 'A request of writeback that failed at its submission is freed, and used again.';

/** As in assembly/trace.ts: which call of the file system's operations has just returned. */
const DRAINED = ['iomap_begin', 'iomap_end', 'iomap_ioend', 'setattr', 'fallocate'] as const;

/** Why a call halted, in words. */
function oopsWords(reason: number): string {
  if (reason === WRITEBACK_FREED) return FREED;
  const known = idOf(OOPS, reason - 1, reason);
  return isUnknown(known) ? `The reason is not known: ${unknownWords('reason', known)}.` : known;
}

/** A warning belongs to the step; so does a record without a name here, which may belong to no call. */
function isOfCall(event: CoreEvent): boolean {
  if (event.kind === 'warn' || event.kind === 'other') return false;
  return event.kind !== 'note' || !isUnknown(event.note);
}

/** How I/O ended: what fuse_iomap_ioend() is called with. */
export interface Ended {
  pos: bigint;
  written: bigint;
  /** FUSE_IOMAP_IOEND_* bits. */
  flags: number;
  /** 0 or -errno. */
  error: number;
  dev: number;
  addr: bigint;
}

/** As many bytes of one value. */
export interface Filled {
  length: number;
  fill: number;
}

export interface IoOptions {
  direct: boolean;
  /** FOPEN_DIRECT_IO of the open file. */
  fopenDirectIo?: boolean;
  /** Further IOMAP_* op flags: NOWAIT, ATOMIC, OVERWRITE_ONLY, DONTCACHE. */
  opflags: number;
}

/** Bits of `how`: see assembly/fs/fuse/file.ts. */
const howOf = ({ direct, fopenDirectIo = false }: IoOptions): number =>
  Number(direct) | (Number(fopenDirectIo) << 1);

/** A machine with files to read and write: the iomap layer above the mappings, and the devices below. */
export class IoMachine extends Machine {
  #calls: IoCall[] = [];
  #events: IoEvent[] = [];
  readonly #nameOf = (number: number) => this.deviceName(number);
  readonly #checks = new CheckCache();
  protected override readCheck: ReadCheck = (memory, record, place) =>
    this.#checks.read(memory, record, place, this.numbering);

  /** pread(): the bytes read are in `data`. */
  read(
    inode: string,
    pos: bigint,
    count: number,
    options: IoOptions,
    server: Server,
  ): IoResult & { data: Uint8Array } {
    const handle = this.inode(inode);
    const result = this.#io(server, () =>
      this.core.io_read(handle, pos, BigInt(count), howOf(options), options.opflags),
    );
    const bytes = result.ret !== null && result.ret > 0n ? Number(result.ret) : 0;
    return { ...result, data: this.#buffer(bytes).slice() };
  }

  /** pwrite() of these bytes. */
  write(inode: string, pos: bigint, data: Uint8Array | Filled, options: IoOptions, server: Server): IoResult {
    const handle = this.inode(inode);
    const buffer = this.#buffer(data.length);
    if (data instanceof Uint8Array) buffer.set(data);
    else buffer.fill(data.fill);
    return this.#io(server, () =>
      this.core.io_write(handle, pos, BigInt(data.length), howOf(options), options.opflags),
    );
  }

  fsync(inode: string, server: Server): IoResult {
    return this.#io(server, () => this.core.io_fsync(this.inode(inode)));
  }

  truncate(inode: string, size: bigint, server: Server): IoResult {
    return this.#io(server, () => this.core.io_truncate(this.inode(inode), size));
  }

  /** fallocate() with FALLOC_FL_ZERO_RANGE. */
  zeroRange(inode: string, pos: bigint, count: bigint, keepSize: boolean, server: Server): IoResult {
    return this.#io(server, () => this.core.io_fzero(this.inode(inode), pos, count, Number(keepSize)));
  }

  unshare(inode: string, pos: bigint, count: bigint, server: Server): IoResult {
    return this.#io(server, () => this.core.io_unshare(this.inode(inode), pos, count));
  }

  /** FS_IOC_FIEMAP; `room` extents fit into the caller's array, 0 only counts. */
  fiemap(
    inode: string,
    start: bigint,
    length: bigint,
    flags: number,
    room: number,
    server: Server,
  ): IoResult & { extents: FiemapExtent[] } {
    const handle = this.inode(inode);
    const result = this.#io(server, () => this.core.io_fiemap(handle, start, length, flags, room));
    const found = result.ret !== null && result.ret > 0n ? Math.min(Number(result.ret), room) : 0;
    const view = new DataView(this.#buffer(found * 32).slice().buffer);
    const extents = Array.from({ length: found }, (_, i) => ({
      logical: view.getBigUint64(i * 32, true),
      physical: view.getBigUint64(i * 32 + 8, true),
      lengthBytes: view.getBigUint64(i * 32 + 16, true),
      flags: view.getUint32(i * 32 + 24, true),
    }));
    return { ...result, extents };
  }

  /** lseek() with SEEK_DATA or SEEK_HOLE. */
  seek(inode: string, pos: bigint, whence: 'data' | 'hole', server: Server): IoResult {
    return this.#io(server, () => this.core.io_seek(this.inode(inode), pos, Number(whence === 'data')));
  }

  /** The device block of a file block, 0 if it has none. */
  bmap(inode: string, block: bigint, server: Server): IoResult {
    return this.#io(server, () => this.core.io_bmap(this.inode(inode), block));
  }

  /** fuse_iomap_ioend() alone. */
  ioend(inode: string, ended: Ended, server: Server): IoResult {
    const { pos, written, flags, error, dev, addr } = ended;
    return this.#io(server, () =>
      this.core.io_ioend(this.inode(inode), pos, written, flags, error, dev, BigInt.asIntN(64, addr)),
    );
  }

  sizes(inode: string): { sizeBytes: bigint; diskSizeBytes: bigint } {
    const handle = this.inode(inode);
    return { sizeBytes: this.core.inode_size(handle), diskSizeBytes: this.core.inode_disk_size(handle) };
  }

  /** Current bytes of a device; reading them here is not recorded. */
  peek(device: string, at: bigint, lengthBytes: number): Uint8Array {
    this.#buffer(lengthBytes);
    this.core.device_peek(this.device(device), at, lengthBytes);
    return this.#buffer(lengthBytes).slice();
  }

  /** How the eight sectors of a 4096-byte page were used: bit i of `written` and `read` is sector i. */
  marks(device: string, page: bigint): { written: number; read: number } {
    const marks = this.core.bdev_page_marks(this.device(device), page);
    return { written: marks & 0xff, read: (marks >> 8) & 0xff };
  }

  /** The calling process's buffer. */
  #buffer(lengthBytes: number): Uint8Array {
    const at = checked(this.core.io_buffer(Math.max(lengthBytes, 1)));
    return new Uint8Array(this.core.memory.buffer, at >>> 0, lengthBytes);
  }

  #io(server: Server, enter: () => number | bigint): IoResult {
    this.#calls = [];
    this.#events = [];
    this.server = server;
    this.request = null;
    this.reply = null;
    this.core.trace_set_streaming(1);
    let ret: bigint;
    try {
      ret = BigInt(enter());
    } finally {
      // A server may throw: the calls after it must not stream.
      this.core.trace_set_streaming(0);
      this.server = SILENT;
    }
    const reason = this.core.halt_reason();
    if (this.core.heap_exhausted() !== 0 || reason === OUT_OF_MEMORY) throw new OutOfMemoryError();
    this.#take(null, 0, 0, 0);
    const halt = reason === 0 ? null : reason === WAITING ? 'waiting' : 'oops';
    return {
      ret: halt === null ? ret : null,
      halt,
      oops: halt === 'oops' ? oopsWords(reason) : null,
      // Copies, without the room that a growing list has at its end.
      calls: this.#calls.slice(),
      events: this.#events.slice(),
    };
  }

  protected override takeTrace(drain: number, ret: number, to: number, srcmap: number): void {
    this.#take(drain === 0 ? null : idOf(DRAINED, drain - 1, drain), ret, to, srcmap);
  }

  /** Splits the records since the last drain: those of the call that has returned, and those before it. */
  #take(call: IoCall['do'] | Unknown | null, ret: number, to: number, srcmap: number): void {
    const after = this.#calls.length;
    const trace = readTrace(
      this.memory(),
      this.core.trace_address(),
      this.numbering,
      (memory, record, kind, number) =>
        this.#place(readIoRecord(memory, record, kind, number, after, this.#nameOf)),
      this.readCheck,
    );
    // Most calls have none that is not theirs.
    const own = trace.events.every(isOfCall) ? trace.events : this.#ownOf(trace.events, after);
    if (call === null) return;
    this.finishReply();
    const failed = ret < 0;
    this.#calls.push({
      do: call,
      outcome: !failed
        ? 'ok'
        : ret === EWAITING || ret === ERETRYCACHE
          ? 'waiting'
          : trace.decided
            ? 'refused'
            : 'error',
      trust: 'reading',
      ret: ret === EWAITING ? null : BigInt(ret),
      decided: trace.decided,
      path: trace.path,
      events: own,
      request: this.request,
      reply: this.reply,
      iomap: to === 0 || failed ? null : readIomap(this.memory(), to >>> 0, this.#nameOf),
      srcmap: srcmap === 0 || failed ? null : readIomap(this.memory(), srcmap >>> 0, this.#nameOf),
    });
    this.request = null;
    this.reply = null;
  }

  /** The events of a call; the others become those of the step. */
  #ownOf(events: readonly CoreEvent[], after: number): CoreEvent[] {
    for (const event of events) {
      if (isOfCall(event)) continue;
      if (event.kind === 'note')
        this.#events.push({ kind: 'note', note: event.note as Unknown, after, a: event.a, b: event.b });
      else if (event.kind === 'warn' || event.kind === 'other') this.#events.push({ ...event, after });
    }
    return events.filter(isOfCall);
  }

  #place(event: ReturnType<typeof readIoRecord>): void {
    if (event.kind !== 'segment') {
      this.#events.push(event);
      return;
    }
    // The bio may have been taken with the records before these.
    const bio = this.#events.findLast((one) => one.kind === 'bio');
    (bio!.segments ??= []).push({ pos: event.pos, lengthBytes: event.lengthBytes });
  }

  /** Gives a file this size and an empty page cache, to try what I/O on it would do. */
  renew(inode: string, sizeBytes: bigint): void {
    this.core.inode_renew(this.inode(inode), sizeBytes);
  }
}
