// SPDX-License-Identifier: GPL-2.0-only
import { TRACE } from './config';

/**
 * The record of one call into the core, read by the engine after it. In a `fast` build nothing of this is left.
 *
 *     trace header, 40 bytes                      record, 40 bytes
 *     +0  | records (4)      | lost (4)    |      +0  | check (2)| which (1)| result (1)| kind (1)| pad (3) |
 *     +8  | decided (4)      | audit (4)   |      +8  | operand a                                          |
 *     +16 | failed on READ, by check number|      +16 | operand b                                          |
 *     +24 | failed on WRITE                |      +24 | operand c                                          |
 *     +40 | record 0 ...                   |      +32 | operand d                                          |
 *
 * The last word of the header, +32, says whether the host takes records during a call (streaming).
 *
 * `decided` is the index of the deciding record plus one, or more than there are if that one is lost. `which`
 * NONE shares the mask of READ.
 */
@unmanaged
class trace_header {
  records: u32;
  lost: u32;
  decided: u32;
  audit: u32;
  failed_read: u64;
  failed_write: u64;
  streaming: u32;
  unused: u32;
}
const RECORD_BYTES: usize = 40;
const RECORDS: u32 = 480;

/** Where the engine finds it. */
export const trace_block: usize = memory.data(TRACE ? 40 + 480 * 40 : 40, 16);

export const enum Kind {
  CHECK,
  /** A reference was taken (GET) or dropped (PUT): a = the object's serial number, b = the count afterwards. */
  GET,
  PUT,
  /** `check` is a Warn. */
  WARN,
  /** `check` is a Note. */
  NOTE,
  /**
   * A bio: `check` is the operation, `which` a Payload, a = device | errno << 32, b = sector, c = bytes, d = file
   * position.
   */
  BIO,
  /** Bytes of a file got a value: `check` is an Origin, a = file position, b = bytes. */
  BYTES,
  /** A part of the last bio, whose bytes serve several ranges of the file: a = file position, b = bytes. */
  SEGMENT,
}

/** What a bio that writes carries. Append only. */
export const enum Payload {
  NONE,
  /** The caller's own buffer: direct I/O. */
  CALLER,
  /** Dirty blocks of the page cache. */
  CACHE,
  /** Zeros that the kernel adds around a direct write. */
  ZEROS,
}

/** Where bytes come from that no device gave, or what happens to cached ones. Append only. */
export const enum Origin {
  NONE,
  /** Zeros given to a reader, or put into the page cache. */
  HOLE,
  UNWRITTEN,
  NEW,
  PAST_EOF,
  /** The server's answer says delayed allocation: nothing is on a device yet. */
  DELALLOC,
  /** Zeroed on request, by a zero range or a truncation. */
  ZEROED,
  /** The caller's own bytes went into the page cache. */
  WRITTEN,
  /** Bytes came out of the page cache. */
  CACHE,
  /** Cached bytes were dropped. */
  DROPPED,
  /** The part of a page cache write-out that no device got: the answer was a HOLE. */
  NOT_WRITTEN,
}

/** Bit 0: failed. Bit 1: after the verdict had fallen. */
export const enum Result {
  PASS,
  FAIL,
  WOULD_PASS,
  WOULD_FAIL,
}

/** Places where the kernel prints a WARN and goes on. Append only. */
export const enum Warn {
  NONE,
  BACKING_TYPE_MISMATCH,
  BACKING_ID_ZERO,
  BACKING_REMOVED_OTHER,
  BACKING_BUSY_AT_UNMOUNT,
  IOMAP_TYPE_ASSERT,
  /** a = device, b = sector, here and below: a bio past the end, to a read-only device, off the block grid. */
  BIO_END_OF_DEVICE,
  BIO_READ_ONLY,
  BIO_UNALIGNED,
  /** iomap_iter_done(): the mapping starts after pos, is empty, ends before pos, is already stale. */
  ITER_OFFSET,
  ITER_EMPTY,
  ITER_END,
  ITER_STALE,
  /** A direct write to a hole; a direct request to delayed allocation; inline data that is not there. */
  DIO_HOLE_WRITE,
  DIO_DELALLOC,
  DIO_INLINE,
  DIO_TYPE,
  /** Buffered: inline data that does not begin at 0; zeroing past the file; unsharing what has no source. */
  INLINE_OFFSET,
  ZERO_PAST_EOF,
  UNSHARE_ZEROING,
  /** Writing back a page whose mapping is inline, or delayed allocation. */
  WRITEBACK_INLINE,
  WRITEBACK_DELALLOC,
}

/** Decisions that refuse nothing and yet need a reason: why an iomap_end is or is not sent. Append only. */
export const enum Note {
  NONE,
  END_WANTED,
  END_NOT_A_WRITE,
  END_SIZE_CHANGED,
  END_SHORT,
  END_COMPLETE,
  END_NOT_IMPLEMENTED,
  /** Direct I/O is refused for what it asks: a is no multiple of b, the device's logical block size. */
  DIO_UNALIGNED,
  /** A write that must not be torn got a mapping of a bytes for its b. */
  DIO_TORN,
}

function header(): trace_header {
  return changetype<trace_header>(trace_block);
}

/** The host takes the records so far; `to` and `srcmap` are the structs after a call, or 0. */
declare function trace_flush(drain: u32, ret: i32, to: usize, srcmap: usize): void;

/** Why the records are taken: there is no more room, or one call to the server's side of the world is over. */
export const enum Drain {
  FULL,
  BEGIN,
  END,
  IOEND,
}

/** Hands the records to the host and starts anew; only while streaming, in a call that asks the server often. */
export function trace_drain(drain: Drain, ret: i32, to: usize, srcmap: usize): void {
  if (!TRACE) return;
  const h = header();
  if (h.streaming == 0) return;
  trace_flush(drain, ret, to, srcmap);
  trace_reset();
}

export function trace_set_streaming(on: bool): void {
  if (TRACE) header().streaming = on ? 1 : 0;
}

/** Starts the record of a new call. */
export function trace_reset(): void {
  if (!TRACE) return;
  const h = header();
  h.records = 0;
  h.lost = 0;
  h.decided = 0;
  h.failed_read = 0;
  h.failed_write = 0;
}

/** A new answer of the server: what the one before it failed on decides no longer. Its records stay. */
export function trace_next_answer(): void {
  if (!TRACE) return;
  const h = header();
  h.decided = 0;
  h.failed_read = 0;
  h.failed_write = 0;
}

/** Whether calls go on past a failed check of a mapping. */
export function auditing(): bool {
  return TRACE ? header().audit != 0 : false;
}

export function trace_set_audit(on: bool): void {
  if (TRACE) header().audit = on ? 1 : 0;
}

/** Starts a record and gives its address; 0 if there is no room left. Operands are stored by the caller. */
function append(check: u16, which: u8, result: u8, kind: u8): usize {
  const h = header();
  let at = h.records;
  if (at == RECORDS) {
    if (h.streaming == 0) {
      h.lost++;
      return 0;
    }
    trace_drain(Drain.FULL, 0, 0, 0);
    at = 0;
  }
  h.records = at + 1;
  const record = trace_block + offsetof<trace_header>() + <usize>at * RECORD_BYTES;
  // The first eight bytes in one store: most of what tracing costs is here.
  store<u64>(record, (<u64>check) | ((<u64>which) << 16) | ((<u64>result) << 24) | ((<u64>kind) << 32));
  return record;
}

/** See fails() and bad_data() in checks.ts. Gives `failed` back. */
export function trace_check(check: u16, which: u8, failed: bool, a: u64, b: u64, c: u64, d: u64): bool {
  const h = header();
  const after = h.decided != 0;
  const record = append(check, which, (<u8>failed) | ((<u8>after) << 1), <u8>Kind.CHECK);
  if (record != 0) {
    store<u64>(record, a, 8);
    store<u64>(record, b, 16);
    store<u64>(record, c, 24);
    store<u64>(record, d, 32);
  }
  if (!failed) return false;
  // A record that was lost decides too, and no other stands in for it.
  if (!after) h.decided = record != 0 ? h.records : RECORDS + 1;
  const bit = (<u64>1) << ((<u64>check) & 63);
  if (which == 2) h.failed_write |= bit;
  else h.failed_read |= bit;
  return true;
}

/** Whether a check has already failed in this call: what decides, since an audit returns from nothing early. */
export function refused(): bool {
  return TRACE ? header().decided != 0 : false;
}

/** Whether a check has failed on a mapping in this call; see spoilt() in checks.ts. */
export function trace_failed(check: u16, which: u8): bool {
  const h = header();
  const mask = which == 2 ? h.failed_write : h.failed_read;
  return (mask & ((<u64>1) << ((<u64>check) & 63))) != 0;
}

function event(check: u16, kind: Kind, a: u64, b: u64): void {
  const record = append(check, 0, 0, <u8>kind);
  if (record == 0) return;
  store<u64>(record, a, 8);
  store<u64>(record, b, 16);
}

export function trace_ref(kind: Kind, serial: u32, refs: u32): void {
  if (TRACE) event(0, kind, serial, refs);
}

export function trace_warn(warn: Warn, a: u64, b: u64): void {
  if (TRACE) event(<u16>warn, Kind.WARN, a, b);
}

export function trace_note(note: Note, a: u64 = 0, b: u64 = 0): void {
  if (TRACE) event(<u16>note, Kind.NOTE, a, b);
}

export function trace_bio(
  op: u32,
  payload: Payload,
  device: u32,
  sector: u64,
  bytes: u64,
  pos: u64,
  err: i32,
): void {
  if (!TRACE) return;
  const record = append(<u16>op, <u8>payload, 0, <u8>Kind.BIO);
  if (record == 0) return;
  store<u64>(record, (<u64>device) | ((<u64>(<u32>-err)) << 32), 8);
  store<u64>(record, sector, 16);
  store<u64>(record, bytes, 24);
  store<u64>(record, pos, 32);
}

export function trace_segment(pos: u64, bytes: u64): void {
  if (TRACE) event(0, Kind.SEGMENT, pos, bytes);
}

export function trace_bytes(origin: Origin, pos: u64, bytes: u64): void {
  if (TRACE && bytes != 0) event(<u16>origin, Kind.BYTES, pos, bytes);
}
