// SPDX-License-Identifier: GPL-2.0-only
import { TRACE } from './config';

/**
 * The record of one call into the core, read by the engine after it. In a `fast` build nothing of this is left.
 *
 *     trace header, 32 bytes                      record, 40 bytes
 *     +0  | records (4)      | lost (4)    |      +0  | check (2)| which (1)| result (1)| kind (1)| pad (3) |
 *     +8  | decided (4)      | audit (4)   |      +8  | operand a                                          |
 *     +16 | failed on READ, by check number|      +16 | operand b                                          |
 *     +24 | failed on WRITE                |      +24 | operand c                                          |
 *     +32 | record 0 ...                   |      +32 | operand d                                          |
 *
 * `decided` is the index of the deciding record plus one. `which` NONE shares the mask of READ.
 */
@unmanaged
class trace_header {
  records: u32;
  lost: u32;
  decided: u32;
  audit: u32;
  failed_read: u64;
  failed_write: u64;
}
@unmanaged
class trace_record {
  check: u16;
  which: u8;
  result: u8;
  kind: u8;
  pad: u8;
  pad2: u16;
  a: u64;
  b: u64;
  c: u64;
  d: u64;
}
const RECORD_BYTES: usize = 40;
const RECORDS: u32 = 480;

/** Where the engine finds it. */
export const trace_block: usize = memory.data(TRACE ? 32 + 480 * 40 : 32, 16);

export const enum Kind {
  CHECK,
  /** A reference was taken (GET) or dropped (PUT): a = the object's serial number, b = the count afterwards. */
  GET,
  PUT,
  /** `check` is a Warn. */
  WARN,
  /** `check` is a Note. */
  NOTE,
}

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
}

function header(): trace_header {
  return changetype<trace_header>(trace_block);
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

/** Whether calls go on past a failed check of a mapping. */
export function auditing(): bool {
  return TRACE ? header().audit != 0 : false;
}

export function trace_set_audit(on: bool): void {
  if (TRACE) header().audit = on ? 1 : 0;
}

function append(check: u16, which: u8, result: u8, kind: u8, a: u64, b: u64, c: u64, d: u64): u32 {
  const h = header();
  if (h.records == RECORDS) {
    h.lost++;
    return RECORDS;
  }
  const r = changetype<trace_record>(trace_block + 32 + <usize>h.records * RECORD_BYTES);
  r.check = check;
  r.which = which;
  r.result = result;
  r.kind = kind;
  r.a = a;
  r.b = b;
  r.c = c;
  r.d = d;
  return ++h.records;
}

/** See fails() and bad_data() in checks.ts. Gives `failed` back. */
export function trace_check(check: u16, which: u8, failed: bool, a: u64, b: u64, c: u64, d: u64): bool {
  const h = header();
  const after = h.decided != 0;
  const result: u8 = after
    ? <u8>(failed ? Result.WOULD_FAIL : Result.WOULD_PASS)
    : <u8>(failed ? Result.FAIL : Result.PASS);
  const at = append(check, which, result, <u8>Kind.CHECK, a, b, c, d);
  if (!failed) return false;
  if (!after) h.decided = at;
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

export function trace_ref(kind: Kind, serial: u32, refs: u32): void {
  if (TRACE) append(0, 0, 0, <u8>kind, serial, refs, 0, 0);
}

export function trace_warn(warn: Warn, a: u64, b: u64): void {
  if (TRACE) append(<u16>warn, 0, 0, <u8>Kind.WARN, a, b, 0, 0);
}

export function trace_note(note: Note, a: u64 = 0, b: u64 = 0): void {
  if (TRACE) append(<u16>note, 0, 0, <u8>Kind.NOTE, a, b, 0, 0);
}
