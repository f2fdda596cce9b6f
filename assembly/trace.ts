// SPDX-License-Identifier: GPL-2.0-only
import { TRACE } from './config';
import { Kind, Note, Origin, Payload, RECORD_BYTES, Warn } from './records';

/**
 * How a call into the core is recorded, for the engine to read after it; what a record says is in records.ts. In a
 * `fast` build nothing of this is left.
 *
 *     trace header, 48 bytes
 *     +0  | used (4)         | lost (4)         |
 *     +8  | decided (4)      | audit (4)        |
 *     +16 | failed on NONE, by check number     |
 *     +24 | failed on READ                      |
 *     +32 | failed on WRITE                     |
 *     +40 | streaming (4)    | unused (4)       |
 *     +48 | record 0 ...                        |
 *
 * `used` is how many bytes the records take, `lost` how many found no room. `decided` is where the deciding record
 * ends, 0 if there is none, and more than there is room for if that one is lost. `streaming` says whether the host
 * takes records during a call.
 */
@unmanaged
class trace_header {
  used: u32;
  lost: u32;
  decided: u32;
  audit: u32;
  failed_none: u64;
  failed_read: u64;
  failed_write: u64;
  streaming: u32;
  unused: u32;
}
const RECORDS: u32 = 480;
const ROOM_BYTES: u32 = RECORDS * RECORD_BYTES;

/** Where the engine finds it. Behind the records is a place for one that finds no room. */
export const trace_block: usize = memory.data(TRACE ? 48 + 481 * 40 : 48, 16);

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
  h.used = 0;
  h.lost = 0;
  trace_next_answer();
}

/** A new answer of the server: what the one before it failed on decides no longer. Its records stay. */
export function trace_next_answer(): void {
  if (!TRACE) return;
  const h = header();
  h.decided = 0;
  h.failed_none = 0;
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

/** Address of the next record; there is always a place for it. */
function next_record(): usize {
  return trace_block + offsetof<trace_header>() + header().used;
}

/** The last record found no room: the host takes those before it and it becomes the first, or it is lost. */
function trace_full(h: trace_header): void {
  h.used = ROOM_BYTES;
  if (h.streaming == 0) {
    h.lost++;
    return;
  }
  trace_flush(Drain.FULL, 0, 0, 0);
  const first = trace_block + offsetof<trace_header>();
  memory.copy(first, first + ROOM_BYTES, RECORD_BYTES);
  h.used = RECORD_BYTES;
  h.decided = h.decided > ROOM_BYTES ? RECORD_BYTES : 0;
}

/** The fourth operand of the check that is recorded next: few have one. */
export function trace_fourth(d: u64): void {
  store<u64>(next_record(), d, 32);
}

/**
 * See fails() and bad_data() in checks.ts. Gives whether the caller stops here. Every check of a reply goes
 * through this function, so what is rare stands at its end, where the compiler has nothing to keep for later.
 */
export function trace_check(check: u32, which: u32, failed: bool, a: u64, b: u64, c: u64): bool {
  const h = header();
  const at = trace_block + offsetof<trace_header>() + h.used;
  const after = h.decided != 0;
  store<u32>(at, check | which | ((<u32>failed) << 24) | ((<u32>after) << 25));
  store<u32>(at, Kind.CHECK, 4);
  store<u64>(at, a, 8);
  store<u64>(at, b, 16);
  store<u64>(at, c, 24);
  const used = h.used + RECORD_BYTES;
  h.used = used;
  if (failed) {
    // A record that was lost decides too, and no other stands in for it.
    if (!after) h.decided = used;
    const mask = failed_mask(which);
    store<u64>(mask, load<u64>(mask) | bit_of(check));
  }
  if (used > ROOM_BYTES) trace_full(h);
  return failed && h.audit == 0;
}

/** Whether a check has already failed in this call: what decides, since an audit returns from nothing early. */
export function refused(): bool {
  return TRACE ? header().decided != 0 : false;
}

/** Address of the mask in the header that belongs to a mapping. */
function failed_mask(which: u32): usize {
  return trace_block + offsetof<trace_header>('failed_none') + ((<usize>which) >> 13);
}

function bit_of(check: u32): u64 {
  return (<u64>1) << (<u64>check);
}

/** Whether a check has failed on a mapping in this call; see spoilt() in checks.ts. */
export function trace_failed(check: u32, which: u32): bool {
  return (load<u64>(failed_mask(which)) & bit_of(check)) != 0;
}

/** A record that is no check. */
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
