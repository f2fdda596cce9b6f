// SPDX-License-Identifier: MIT
import type { Execution, WarnId } from './types.ts';

/** What an I/O step did, as part of a Run: see types.ts. */

/** What an I/O step did, call by call. */
export interface Io {
  /** Everything that went through ->iomap_begin, ->iomap_end and the ioend, in order. */
  calls: IoCall[];
  /** Bios and what became of bytes, in order, each after so many calls. */
  events: IoEvent[];
  /**
   * pread: what the caller got, in file order from the step's offset. No more than the first IO_BYTES_KEPT bytes of
   * it, and less of late reads in a run that reads a lot (engine/run/keep.ts); `ret` says how many there were.
   */
  data: Uint8Array | null;
  /** Where each byte that was read comes from, of all of them, ascending and without gaps. */
  origins: OriginSpan[];
  /** fiemap: the extents. */
  extents: FiemapExtent[] | null;
  /** Sizes of the file after the step. */
  sizeBytes: bigint;
  diskSizeBytes: bigint;
  /** A request that the scripted replies had no answer for, in words. */
  unanswered: string | null;
  /** Events beyond those in `events`: a step keeps IO_EVENTS_KEPT of them. */
  eventsLeftOut: number;
}

/** What there is to see of a call into the kernel, be it a step or a call inside an I/O step. */
type Seen = Pick<
  Execution,
  'outcome' | 'trust' | 'ret' | 'decided' | 'path' | 'events' | 'request' | 'reply' | 'iomap' | 'srcmap'
>;

/** One call of the file system's operations, as explorable as a step. */
export interface IoCall extends Seen {
  do: 'iomap_begin' | 'iomap_end' | 'iomap_ioend';
}

export type IoEvent = BioEvent | BytesEvent | WarnEvent | IoNoteEvent;

/** One request to a device, as a whole. `error` is 0 or a negative errno; then no byte moved. */
export interface BioEvent {
  kind: 'bio';
  after: number;
  op: 'read' | 'write';
  device: string;
  sector: bigint;
  lengthBytes: bigint;
  /** The file position that it serves. */
  pos: bigint;
  error: number;
  /** What a write carries: the caller's own bytes, dirty ones of the page cache, zeros that the kernel adds. */
  payload?: 'caller' | 'cache' | 'zeros';
  /** The ranges of the file that it serves one after the other; left out if they are one, from `pos` on. */
  segments?: FileRange[];
}

export interface FileRange {
  pos: bigint;
  lengthBytes: bigint;
}

/** Bytes of the file that got their value from no device, or what happened to cached ones. */
export interface BytesEvent {
  kind: 'bytes';
  after: number;
  origin: OriginId;
  pos: bigint;
  lengthBytes: bigint;
}

/**
 * Why a direct request is refused before any device is asked. dio-unaligned: `a`, its position or length, is no
 * multiple of `b`, the device's logical block size. dio-torn: a mapping of `a` bytes for an atomic write of `b`.
 */
export interface IoNoteEvent {
  kind: 'note';
  after: number;
  note: 'dio-unaligned' | 'dio-torn';
  a: bigint;
  b: bigint;
}

export interface WarnEvent {
  kind: 'warn';
  after: number;
  warn: WarnId;
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

/** Where a run of bytes comes from: a device (`sector` of its first byte), zeros, or a caller's own write. */
export interface OriginSpan {
  pos: bigint;
  lengthBytes: bigint;
  origin: 'device' | OriginId;
  device: string | null;
  sector: bigint | null;
  /** The bytes passed through the page cache. */
  cached: boolean;
  /** `written`: the execution whose write put them into the page cache. */
  execution: number | null;
}

export interface FiemapExtent {
  logical: bigint;
  physical: bigint;
  lengthBytes: bigint;
  /** FIEMAP_EXTENT_* bits. */
  flags: number;
}
