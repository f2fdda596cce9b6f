// SPDX-License-Identifier: GPL-2.0-only
/**
 * What can be recorded of a call into the core: the kinds of records and their numbers. How they are written is in
 * trace.ts; engine/core/trace.ts reads them.
 *
 *     record, 40 bytes
 *     +0  | check (2)| which (1)| result (1)| kind (1)| pad (3) |
 *     +8  | operand a                                           |
 *     +16 | operand b                                           |
 *     +24 | operand c                                           |
 *     +32 | operand d                                           |
 *
 * Every list is append only, as are the checks in checks.ts: the engine has the same numbers.
 */
export const RECORD_BYTES: u32 = 40;

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

/** What a bio that writes carries. */
export const enum Payload {
  NONE,
  /** The caller's own buffer: direct I/O. */
  CALLER,
  /** Dirty blocks of the page cache. */
  CACHE,
  /** Zeros that the kernel adds around a direct write. */
  ZEROS,
}

/** The origin of bytes that come from no device, or what happens to cached ones. */
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

/** Places where the kernel prints a WARN and goes on. */
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
  /** A bio of writeback is submitted while the mapping in hand has no place for its bytes: a = position. */
  WRITEBACK_ANON,
  /** Inline data of a bytes in a mapping of b. */
  INLINE_SIZE,
}

/** Decisions that refuse nothing and yet need a reason: why an iomap_end is or is not sent. */
export const enum Note {
  NONE,
  END_WANTED,
  END_NOT_A_WRITE,
  END_SIZE_CHANGED,
  END_SHORT,
  END_COMPLETE,
  END_NOT_IMPLEMENTED,
  /** Direct I/O is refused for what it asks: a is not a multiple of b, the device's logical block size. */
  DIO_UNALIGNED,
  /** A write that must not be torn got a mapping of a bytes for its b. */
  DIO_TORN,
  /** Direct I/O gives up after a of its bytes: the rest goes through the page cache, from position b on. */
  DIO_FELL_BACK,
  /** An atomic bio to device a, which cannot have one, at sector b. */
  BIO_NOT_ATOMIC,
  /** A begin that may not wait: nobody was asked. */
  BEGIN_NOWAIT,
  /** The descriptor of device a was not opened for what is needed: b is 1 to read, 3 to read and write, with a Which. */
  ACCESS_DENIED,
  /** The mapping cache answered, before the request (a = 0) or after the reply (a = 1); it did not. */
  CACHE_HIT,
  CACHE_MISS,
  /** The server said to retry, the cache missed, and a signal is pending. */
  BEGIN_INTERRUPTED,
  /** srcmap still holds what a lookup that became a miss left there: a = its offset, b = its length. */
  SRCMAP_LEFT_OVER,
  /** Buffers for inline data are set up. */
  INLINE_SETUP,
  /** An inline mapping of a bytes is longer than a block of b. */
  INLINE_TOO_LONG,
  /** Inline data at a was not written back; b = bytes, with the errno in the upper half. By a direct write or not. */
  INLINE_ERROR_DIRECT,
  INLINE_ERROR_BUFFERED,
  /** Cached mappings of b bytes at a are dropped. */
  CACHE_INVALIDATED,
}
