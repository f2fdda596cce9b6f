// SPDX-License-Identifier: GPL-2.0-only
import { CHECK_IDS } from '../checks/ids.ts';
import type {
  BioEvent,
  BytesEvent,
  CheckRecord,
  CoreEvent,
  Iomap,
  NoteId,
  OriginId,
  WarnId,
} from '../run/types.ts';

/**
 * What stands where in the core's memory. The boxes are drawn beside the structs in assembly/; only this folder
 * knows them.
 */

/** What the core exports. Handles are addresses; u32 results come signed, u64 as signed bigint. */
export interface CoreExports {
  memory: WebAssembly.Memory;
  maps_address(): number;
  trace_address(): number;
  write_result_address(): number;
  ioctl_arg_address(): number;
  heap_end(): number;
  heap_exhausted(): number;
  heap_fail_next(on: number): void;
  heap_take(bytes: number): number;
  trace_set_audit(on: number): void;
  conn_new(iomap: number, passthrough: number, maxStackDepth: number): number;
  conn_set_config(fc: number, iomap: number, passthrough: number): void;
  conn_set_no_end(fc: number, noEnd: number): void;
  conn_no_end(fc: number): number;
  conn_destroy(fc: number): void;
  device_new(number: number, size: bigint, logicalBlockSize: number): number;
  file_install(fd: number, mode: number, stackDepth: number, bdev: number): number;
  inode_new(
    fc: number,
    nodeid: bigint,
    ino: bigint,
    blkbits: number,
    size: bigint,
    maxbytes: bigint,
    bdev: number,
  ): number;
  inode_set_caches(inode: number, caches: number): void;
  set_capabilities(capabilities: number): void;
  ioctl(fc: number, hasConnection: number, cmd: number, mapped: number): number;
  passthrough_open(fc: number, id: number): number;
  passthrough_release(backing: number): void;
  backing_lookup(fc: number, id: number, iomap: number): number;
  iomap_begin(inode: number, pos: bigint, count: bigint, opflags: number): number;
  iomap_end(inode: number, pos: bigint, count: bigint, written: bigint, opflags: number): number;
  map_length(pos: bigint, len: bigint): bigint;
  backing_at(fc: number, id: number): number;
  backing_live(fc: number): number;
  backing_cursor(fc: number): number;
  backing_serial(backing: number): number;
  backing_refs(backing: number): number;
  backing_type(backing: number): number;
  backing_fd(backing: number): number;
  backing_device(backing: number): number;
  trace_set_streaming(on: number): void;
  halt_reason(): number;
  io_buffer(bytes: number): number;
  io_read(inode: number, pos: bigint, count: bigint, direct: number, opflags: number): bigint;
  io_write(inode: number, pos: bigint, count: bigint, direct: number, opflags: number): bigint;
  io_fsync(inode: number): number;
  io_truncate(inode: number, size: bigint): number;
  io_fzero(inode: number, pos: bigint, count: bigint, keepSize: number): number;
  io_unshare(inode: number, pos: bigint, count: bigint): number;
  io_fiemap(inode: number, start: bigint, length: bigint, flags: number, room: number): number;
  io_seek(inode: number, pos: bigint, data: number): bigint;
  io_bmap(inode: number, block: bigint): bigint;
  io_cached(inode: number, pos: bigint): bigint;
  inode_size(inode: number): bigint;
  inode_disk_size(inode: number): bigint;
  device_setup(
    bdev: number,
    contents: number,
    readOnly: number,
    diesAfter: bigint,
    name0: number,
    name1: number,
    name2: number,
  ): void;
  device_add_fault(
    bdev: number,
    operations: number,
    first: bigint,
    sectors: bigint,
    times: number,
    err: number,
  ): number;
  device_bios(bdev: number): bigint;
  device_peek(bdev: number, at: bigint, bytes: number): void;
  device_poke(bdev: number, at: bigint, bytes: number): number;
  bdev_page_marks(bdev: number, page: bigint): number;
  memory_copy(to: number, from: number, bytes: number): void;
  batch_begin(rows: number, indices: number, count: number): bigint;
}

export const IOMAP_BYTES = 40;
const BDEV_NUMBER = 16;

/** The number of the device that a bdev pointer points to; 0 for NULL. */
function deviceNumber(memory: DataView, bdev: number): number {
  return bdev === 0 ? 0 : memory.getUint32(bdev + BDEV_NUMBER, true);
}

/** struct iomap, or null if it is as zeroed: its type is HOLE then, and its length is never 0 otherwise. */
export function readIomap(
  memory: DataView,
  at: number,
  deviceName: (number: number) => string | null,
): Iomap | null {
  const length = memory.getBigUint64(at + 16, true);
  if (length === 0n) return null;
  return {
    addr: memory.getBigUint64(at, true),
    offset: memory.getBigUint64(at + 8, true),
    length,
    type: memory.getUint16(at + 24, true),
    flags: memory.getUint16(at + 26, true),
    bdev: deviceName(deviceNumber(memory, memory.getUint32(at + 28, true))),
  };
}

/** Writes a struct iomap; `bdev` is a device handle or 0. */
export function writeIomap(memory: DataView, at: number, map: Iomap, bdev: number): void {
  memory.setBigUint64(at, map.addr, true);
  memory.setBigUint64(at + 8, map.offset, true);
  memory.setBigUint64(at + 16, map.length, true);
  memory.setUint16(at + 24, map.type, true);
  memory.setUint16(at + 26, map.flags, true);
  memory.setUint32(at + 28, bdev, true);
  memory.setBigUint64(at + 32, 0n, true);
}

const RESULTS = ['pass', 'fail', 'would-pass', 'would-fail'] as const;
const WHICH = [null, 'read', 'write'] as const;

/** By number, as in assembly/trace.ts. */
export const WARN_IDS: readonly (WarnId | null)[] = [
  null,
  'backing-type-mismatch',
  'backing-id-zero',
  'backing-removed-other',
  'backing-busy-at-unmount',
  'iomap-type-assert',
  'bio-end-of-device',
  'bio-read-only',
  'bio-unaligned',
  'iter-offset',
  'iter-empty',
  'iter-end',
  'iter-stale',
  'dio-hole-write',
  'dio-delalloc',
  'dio-inline',
  'dio-type',
  'inline-offset',
  'zero-past-eof',
  'unshare-zeroing',
  'writeback-inline',
  'writeback-delalloc',
];

/** By number, as in assembly/trace.ts. */
export const ORIGIN_IDS: readonly (OriginId | null)[] = [
  null,
  'hole',
  'unwritten',
  'new',
  'past-eof',
  'delalloc',
  'zeroed',
  'written',
  'cache',
  'dropped',
  'not-written',
];

/** By number, as in assembly/trace.ts. */
export const NOTE_IDS: readonly (NoteId | null)[] = [
  null,
  'end-wanted',
  'end-not-a-write',
  'end-size-changed',
  'end-short',
  'end-complete',
  'end-not-implemented',
];

/** How many operands each check has, in the order of their numbers. */
const OPERANDS: readonly number[] = [
  0, 1, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 3, 3, 3, 1, 1, 0, 1, 2, 1, 3, 3, 1, 1, 1, 4, 0, 1, 4, 2,
  1, 1, 1, 4, 2, 1, 2, 2, 2, 1, 2, 2, 2,
];

/** Checks whose operands are signed numbers. */
const SIGNED = new Set([
  'open-badfd',
  'open-may-open',
  'open-post',
  'open-id',
  'close-badid',
  'close-noent',
  'close-not-permitted',
  'close-busy',
  'passthrough-badid',
  'passthrough-noent',
  'reply-error-range',
  'reply-error-payload',
]);

const HEADER_BYTES = 40;
const RECORD_BYTES = 40;
const enum Kind {
  CHECK,
  GET,
  PUT,
  WARN,
  NOTE,
  BIO,
  BYTES,
}

/** An I/O event as the core has it: devices by number, not yet placed among the calls. */
export type RawIoEvent =
  (Omit<BioEvent, 'device' | 'after'> & { device: number }) | Omit<BytesEvent, 'after'>;

export interface Trace {
  path: CheckRecord[];
  decided: CheckRecord | null;
  events: CoreEvent[];
  /** Bios and what became of bytes, of calls that do I/O. Devices by number. */
  io: RawIoEvent[];
  /** Records that did not fit. */
  lost: number;
}

/** Everything that the last call recorded; empty for a `fast` build. */
export function readTrace(memory: DataView, at: number): Trace {
  const records = memory.getUint32(at, true);
  const decidedAt = memory.getUint32(at + 8, true);
  const trace: Trace = { path: [], decided: null, events: [], io: [], lost: memory.getUint32(at + 4, true) };
  for (let i = 0; i < records; i++) {
    const record = at + HEADER_BYTES + i * RECORD_BYTES;
    const kind = memory.getUint8(record + 4);
    const a = memory.getBigUint64(record + 8, true);
    const b = memory.getBigUint64(record + 16, true);
    const number = memory.getUint16(record, true);
    if (kind === Kind.CHECK) {
      const check = readCheck(memory, record, number);
      trace.path.push(check);
      if (i + 1 === decidedAt) trace.decided = check;
    } else if (kind === Kind.BIO || kind === Kind.BYTES) {
      trace.io.push(kind === Kind.BIO ? readBio(memory, record, number) : readBytes(number, a, b));
    } else {
      trace.events.push(readEvent(kind, number, trace.path.length, a, b));
    }
  }
  return trace;
}

function readBio(memory: DataView, record: number, op: number): RawIoEvent {
  return {
    kind: 'bio',
    op: op === 1 ? 'write' : 'read',
    device: memory.getUint32(record + 8, true),
    error: -memory.getUint32(record + 12, true) || 0,
    sector: memory.getBigUint64(record + 16, true),
    lengthBytes: memory.getBigUint64(record + 24, true),
    pos: memory.getBigUint64(record + 32, true),
  };
}

function readBytes(number: number, pos: bigint, lengthBytes: bigint): RawIoEvent {
  return { kind: 'bytes', origin: ORIGIN_IDS[number] ?? 'zeroed', pos, lengthBytes };
}

function readCheck(memory: DataView, record: number, number: number): CheckRecord {
  const check = CHECK_IDS[number] ?? 'none';
  const signed = SIGNED.has(check);
  const operands: bigint[] = [];
  for (let i = 0; i < (OPERANDS[number] ?? 0); i++) {
    const at = record + 8 + i * 8;
    operands.push(signed ? memory.getBigInt64(at, true) : memory.getBigUint64(at, true));
  }
  return {
    check,
    which: WHICH[memory.getUint8(record + 2)] ?? null,
    result: RESULTS[memory.getUint8(record + 3)] ?? 'pass',
    operands,
  };
}

function readEvent(kind: Kind, number: number, after: number, a: bigint, b: bigint): CoreEvent {
  switch (kind) {
    case Kind.GET:
      return { kind: 'get', after, serial: Number(a), refs: Number(b) };
    case Kind.PUT:
      return { kind: 'put', after, serial: Number(a), refs: Number(b) };
    case Kind.WARN:
      return { kind: 'warn', after, warn: WARN_IDS[number] ?? 'backing-type-mismatch', a, b };
    default:
      return { kind: 'note', after, note: NOTE_IDS[number] ?? 'end-complete', a: signed(a), b: signed(b) };
  }
}

/** `written` and its kin: bytes, or -errno. */
const signed = (value: bigint): bigint => BigInt.asIntN(64, value);
