// SPDX-License-Identifier: MIT
/** What an I/O step did, as part of a Run: see types.ts. */

import type { FiemapExtent, IoEvent, OriginId } from '../core/io-records.ts';
import type { Unknown } from '../kernel/unknown.ts';
import type { AnswerBy } from '../kernel/wire-types.ts';
import type { IoCall } from '../core/records.ts';

/** What an I/O step did, call by call. */
export interface Io {
  /** Everything that went through ->iomap_begin, ->iomap_end and the ioend, in order. */
  calls: IoCall[];
  /** Bios and what happened to bytes, in order; each says how many calls came before it. */
  events: IoEvent[];
  /**
   * pread: what the caller got, in file order from the step's offset. No more than the first IO_BYTES_KEPT bytes of
   * it, and less of late reads in a run that reads a lot (engine/run/io-limits.ts); `ret` says how many there were.
   */
  data: Uint8Array | null;
  /** Where each byte that was read comes from, of all of them, ascending and without gaps. */
  origins: OriginSpan[];
  /** fiemap: the extents. */
  extents: FiemapExtent[] | null;
  /** fiemap: how many extents there are (fi_extents_mapped); `ret` is the ioctl's, 0. Null if it failed. */
  mappedExtents: bigint | null;
  /** bmap: the block of the device, 0 for none; `ret` is the ioctl's, 0. Null if it failed. */
  block: bigint | null;
  /** Sizes of the file after the step. */
  sizeBytes: bigint;
  diskSizeBytes: bigint;
  /** A request that got no answer, in words. */
  unanswered: string | null;
  /** Who was asked for that answer and gave none; left out if the scripted replies ended there. */
  unansweredBy?: AnswerBy;
  /** Events beyond those in `events`: a step keeps IO_EVENTS_KEPT of them. */
  eventsLeftOut: number;
}

/** Where a run of bytes comes from, by its place in the caller's buffer, counted from the step's offset: a device (`sector` of its first byte), zeros, or a caller's own write. */
export interface OriginSpan {
  pos: bigint;
  lengthBytes: bigint;
  origin: 'device' | OriginId | Unknown;
  device: string | null;
  sector: bigint | null;
  /** The bytes passed through the page cache. */
  cached: boolean;
  /** `written`: the execution whose write put them into the page cache. */
  execution: number | null;
}
