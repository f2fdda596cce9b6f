// SPDX-License-Identifier: MIT
/** What the core reports about I/O: requests to devices, and what happened to bytes. */
import type { Unknown } from '../kernel/unknown.ts';
import type { OtherEvent, WarnId } from './records.ts';

export type IoEvent = BioEvent | BytesEvent | WarnEvent | IoNoteEvent | OtherEvent;

/** One request to a device, as a whole. `error` is 0 or a negative errno; then no byte moved. */
export interface BioEvent {
  kind: 'bio';
  after: number;
  op: 'read' | 'write' | Unknown;
  device: string;
  sector: bigint;
  lengthBytes: bigint;
  /** The file position that it serves. */
  pos: bigint;
  error: number;
  /** What a write carries: the caller's own bytes, dirty ones of the page cache, zeros that the kernel adds. */
  payload?: 'caller' | 'cache' | 'zeros' | Unknown;
  /** The ranges of the file that it serves one after the other; left out if they are one, from `pos` on. */
  segments?: FileRange[];
}

export interface FileRange {
  pos: bigint;
  lengthBytes: bigint;
}

/** Bytes of the file whose value came from no device, or what happened to cached ones. */
export interface BytesEvent {
  kind: 'bytes';
  after: number;
  origin: OriginId | Unknown;
  pos: bigint;
  lengthBytes: bigint;
}

/**
 * What becomes of a direct request before any device is asked. dio-unaligned: `a`, its position or length, is not a
 * multiple of `b`, the device's logical block size. dio-torn: a mapping of `a` bytes for an atomic write of `b`.
 * dio-fell-back: the server has no direct I/O, or cached pages could not be written; after `a` bytes of the buffer
 * the page cache serves the rest, from position `b` on. bio-not-atomic: an atomic request at sector `b` of device `a`,
 * which has none.
 */
export interface IoNoteEvent {
  kind: 'note';
  after: number;
  note: IoNoteId | Unknown;
  a: bigint;
  b: bigint;
}

export type IoNoteId = 'dio-unaligned' | 'dio-torn' | 'dio-fell-back' | 'bio-not-atomic';

export interface WarnEvent {
  kind: 'warn';
  after: number;
  warn: WarnId | Unknown;
  a: bigint;
  b: bigint;
}

/**
 * hole to delalloc: zeros, and why. zeroed: on request. written: the caller's bytes went into the page cache.
 * cache: out of it. dropped: cached bytes left it. not-written: a write-out that no device got (a HOLE).
 */
export type OriginId =
  | 'hole'
  | 'unwritten'
  | 'new'
  | 'past-eof'
  | 'delalloc'
  | 'zeroed'
  | 'written'
  | 'cache'
  | 'dropped'
  | 'not-written';

export interface FiemapExtent {
  logical: bigint;
  physical: bigint;
  lengthBytes: bigint;
  /** FIEMAP_EXTENT_* bits. */
  flags: number;
}
