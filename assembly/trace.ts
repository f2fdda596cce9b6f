// SPDX-License-Identifier: GPL-2.0-only
/**
 * How a call into the core is recorded, for the engine to read after it; what a record says is in records.ts. In a
 * `fast` build nothing of this is left.
 */

import { DEBUG, TRACE } from './config';
import { Kind, Note, Origin, Payload, RECORD_BYTES, Result, Warn } from './records';

/**
 *     trace header, 120 bytes
 *     +0  | used (4)         | lost (4)         |
 *     +8  | decided (4)      | after (4)        |
 *     +16 | audit (4)        | streaming (4)    |
 *     +24 | failed on NONE, a bit for each check|
 *         | ... 32 bytes                        |
 *     +56 | failed on READ ... 32 bytes         |
 *     +88 | failed on WRITE ... 32 bytes        |
 *     +120| record 0 ...                        |
 *     +19360  marks of pages, see mm/pages.ts   |
 *
 * `used` is how many bytes the records take, `lost` how many found no room. `decided` is where the deciding record
 * ends, 0 if there is none, and more than there is room for if that one is lost; from then on `after` is the bit
 * that says so in a record, and the masks hold what failed. `streaming` says whether the host takes records during
 * a call.
 */
@unmanaged
class trace_header {
  used: u32;
  lost: u32;
  decided: u32;
  after: u32;
  audit: u32;
  streaming: u32;
}
/** Checks that a mask has a bit for. */
const MASK_CHECKS: usize = 256;
const MASK_BYTES: usize = MASK_CHECKS / 8;
const HEADER_BYTES: usize = offsetof<trace_header>() + 3 * MASK_BYTES;

const RECORDS: u32 = 480;
const ROOM_BYTES: u32 = RECORDS * RECORD_BYTES;
/** A Result stands in this byte of a record, so that one store writes it and what was checked. */
const RESULT_SHIFT: u32 = 24;

/** After the records is a place for one that finds no room. */
const RECORDS_BYTES: usize = ROOM_BYTES + RECORD_BYTES;
export const PAGE_MARKS_BYTES: usize = 16384;

/** Where the engine finds it. */
export const trace_block: usize = memory.data(
  <i32>(TRACE ? HEADER_BYTES + RECORDS_BYTES + PAGE_MARKS_BYTES : HEADER_BYTES),
  16,
);
export const page_marks: usize = trace_block + HEADER_BYTES + RECORDS_BYTES;
const first_masks: usize = trace_block + offsetof<trace_header>();
const first_record: usize = trace_block + HEADER_BYTES;

function header(): trace_header {
  return changetype<trace_header>(trace_block);
}

/** The host takes the records so far; `to` and `srcmap` are the structs after a call, or 0. */
declare function trace_flush(drain: u32, ret: i32, to: usize, srcmap: usize): void;

/** Why the records are read: the buffer is full, or a call to the server is over. */
export const enum Drain {
  FULL,
  BEGIN,
  END,
  IOEND,
  SETATTR,
  FALLOCATE,
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
  h.used = 0;
  h.lost = 0;
  trace_next_answer();
}

/** A new answer of the server: what the one before it failed on decides no longer. Its records stay. */
export function trace_next_answer(): void {
  if (!TRACE) return;
  const h = header();
  h.decided = 0;
  h.after = 0;
}

/** Whether calls go on past a failed check of a mapping. */
export function auditing(): bool {
  return TRACE ? header().audit != 0 : false;
}

export function trace_set_audit(on: bool): void {
  if (TRACE) header().audit = on ? 1 : 0;
}

/** Address of the next record; there is always a place for it. */
function next_record(): usize {
  return first_record + header().used;
}

/** The last record found no room: the host takes those before it and it becomes the first, or it is lost. */
function trace_full(h: trace_header): void {
  h.used = ROOM_BYTES;
  if (h.streaming == 0) {
    h.lost++;
    return;
  }
  trace_flush(Drain.FULL, 0, 0, 0);
  memory.copy(first_record, first_record + ROOM_BYTES, RECORD_BYTES);
  h.used = RECORD_BYTES;
  h.decided = h.decided > ROOM_BYTES ? RECORD_BYTES : 0;
  if (h.decided == 0) h.after = 0;
}

/** The fourth operand of the check that is recorded next: few have one. */
export function trace_fourth(d: u64): void {
  store<u64>(next_record(), d, 32);
}

/**
 * See fails() and bad_data() in checks.ts; `what` is a Check with its Which. Returns whether the caller stops here.
 * Every check of a reply comes through here, so it is written out where one is made, and what is rare is a call.
 */
@inline
export function trace_check(what: u32, failed: bool, a: u64, b: u64, c: u64): bool {
  const h = header();
  const used = h.used;
  store<u64>(used, what | h.after, first_record);
  store<u64>(used, a, first_record + 8);
  store<u64>(used, b, first_record + 16);
  store<u64>(used, c, first_record + 24);
  h.used = used + RECORD_BYTES;
  return failed || used >= ROOM_BYTES ? trace_rare(what, failed) : false;
}

/** The rest of trace_check(): for a check that failed, and for one whose record found no room. */
function trace_rare(what: u32, failed: bool): bool {
  const h = header();
  const used = h.used;
  if (failed) {
    // A record that was lost decides too, and no other stands in for it.
    if (h.decided == 0) {
      h.decided = used;
      // Stores: memory.fill is a call out of wasm, which costs more than the whole evaluation.
      for (let at = first_masks; at < first_record; at += 8) store<u64>(at, 0);
    }
    store<u32>(next_record() - RECORD_BYTES, what | h.after | (Result.FAIL << RESULT_SHIFT));
    h.after = Result.WOULD_PASS << RESULT_SHIFT;
    const mask = failed_mask(what);
    store<u64>(mask, load<u64>(mask) | bit_of(what));
  }
  if (used > ROOM_BYTES) trace_full(h);
  return failed && h.audit == 0;
}

/** Whether a check has already failed in this call: what decides, since an audit returns from nothing early. */
export function refused(): bool {
  return TRACE ? header().decided != 0 : false;
}

/** Address of the 64 bits, in the mask of a mapping, that a check's bit is among. */
function failed_mask(what: u32): usize {
  if (DEBUG) assert(<usize>(what & 0xffff) < MASK_CHECKS && what >> 16 < 3, 'a check has a bit');
  const which = (<usize>what) >> 16;
  const word = ((<usize>what) & (MASK_CHECKS - 1)) >> 6;
  return first_masks + which * MASK_BYTES + (word << 3);
}

function bit_of(what: u32): u64 {
  return (<u64>1) << ((<u64>what) & 63);
}

/** After a refusal: whether this check has failed on this mapping; see spoilt() in checks.ts. */
export function trace_failed(what: u32): bool {
  return (load<u64>(failed_mask(what)) & bit_of(what)) != 0;
}

/** A record of something other than a check. */
function event(kind: Kind, what: u32, a: u64, b: u64): void {
  const record = next_record();
  store<u32>(record, what);
  store<u32>(record, kind, 4);
  store<u64>(record, a, 8);
  store<u64>(record, b, 16);
  const h = header();
  h.used += RECORD_BYTES;
  if (h.used > ROOM_BYTES) trace_full(h);
}

export function trace_ref(kind: Kind, serial: u32, refs: u32): void {
  if (TRACE) event(kind, 0, serial, refs);
}

export function trace_warn(warn: Warn, a: u64, b: u64): void {
  if (TRACE) event(Kind.WARN, warn, a, b);
}

export function trace_note(note: Note, a: u64 = 0, b: u64 = 0): void {
  if (TRACE) event(Kind.NOTE, note, a, b);
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
  const record = next_record();
  store<u64>(record, bytes, 24);
  store<u64>(record, pos, 32);
  event(Kind.BIO, op | (payload << 16), (<u64>device) | ((<u64>(<u32>-err)) << 32), sector);
}

export function trace_segment(pos: u64, bytes: u64): void {
  if (TRACE) event(Kind.SEGMENT, 0, pos, bytes);
}

export function trace_bytes(origin: Origin, pos: u64, bytes: u64): void {
  if (TRACE && bytes != 0) event(Kind.BYTES, origin, pos, bytes);
}
