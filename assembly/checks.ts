// SPDX-License-Identifier: GPL-2.0-only
/** The checks of the core: their numbers, and how one is evaluated. */

import { MAP, TRACE } from './config';
import { keep_decided } from './prepared';
import { refused, trace_check, trace_failed, trace_fourth } from './trace';

/**
 * Every check of the core has one number, for ever: append only, never renumber, never rename. The order says
 * nothing about the order of evaluation. engine/kernel/checks.ts has the names; a test compares the two.
 */
export const enum Check {
  NONE,
  TYPE_UNKNOWN,
  FLAGS_UNKNOWN,
  LENGTH_ZERO,
  OFFSET_UNALIGNED,
  LENGTH_UNALIGNED,
  FILE_RANGE_OVERFLOW,
  OFFSET_PAST_MAXBYTES,
  DEV_MISSING,
  ADDR_MISSING,
  DEV_FORBIDDEN,
  ADDR_FORBIDDEN,
  OVERWRITE_ON_READ,
  DEV_UNSUPPORTED,
  DEVICE_RANGE_OVERFLOW,
  READ_AFTER_POS,
  WRITE_AFTER_POS,
  READ_BEFORE_POS,
  WRITE_BEFORE_POS,
  DEV_NOT_FOUND,
  CACHE_UNAVAILABLE,
  NOCACHE_ON_BEGIN,
  IOCTL_NO_CONNECTION,
  IOCTL_UNKNOWN,
  OPEN_NOT_BUILT,
  OPEN_COPY,
  OPEN_TYPE_UNKNOWN,
  OPEN_NOT_PERMITTED,
  OPEN_FLAGS,
  OPEN_PADDING,
  OPEN_BADFD,
  OPEN_MAY_OPEN,
  OPEN_NOMEM,
  OPEN_POST,
  OPEN_ID,
  CLOSE_NOT_BUILT,
  CLOSE_COPY,
  CLOSE_BADID,
  CLOSE_NOENT,
  CLOSE_NOT_PERMITTED,
  CLOSE_BUSY,
  PASSTHROUGH_BADID,
  PASSTHROUGH_NOENT,
  REPLY_SHORT_HEADER,
  REPLY_LENGTH,
  REPLY_ERROR_RANGE,
  REPLY_UNIQUE,
  REPLY_ERROR_PAYLOAD,
  REPLY_SIZE,
  OVERWRITE_FLAGS,
  OVERWRITE_DEV,
  OVERWRITE_ADDR,
  CACHE_TYPE_FLAGS,
  CACHE_TYPE_DEV,
  CACHE_TYPE_ADDR,
  RETRY_UNCACHED_OP,
  ATOMIC_NOT_MAPPED,
  ATOMIC_NO_FLAG,
  INLINE_PAST_MAPPING,
  INLINE_WRITTEN_MORE,
}

/** The mapping that a check looks at, in the place where a record has it. */
export const enum Which {
  NONE,
  READ = 0x1_0000,
  WRITE = 0x2_0000,
}

/**
 * Evaluates a check: `failed` says that the kernel refuses here, and is what comes back. In a `fast` build that
 * is all; in a `trace` build the evaluation is recorded with its operands, whose order the catalogue names.
 */
export function fails(check: Check, failed: bool, a: u64 = 0, b: u64 = 0, c: u64 = 0, d: u64 = 0): bool {
  if (TRACE) {
    trace_fourth(d);
    trace_check(check, failed, a, b, c);
  }
  if (MAP && failed) keep_decided(check);
  return failed;
}

/**
 * BAD_DATA() of the kernel: a check of what a server replied. As fails(), except that while the audit is on a
 * failure does not stop the caller: it goes on to show what else would have been refused, and asks refused() at
 * its end.
 */
@inline
export function bad_data(check: Check, which: Which, failed: bool, a: u64 = 0, b: u64 = 0, c: u64 = 0): bool {
  if (MAP && failed) keep_decided(check | which);
  return TRACE ? trace_check(check | which, failed, a, b, c) : failed;
}

/**
 * Whether this check has failed on this mapping, so that what follows has operands without meaning and the audit
 * leaves it out. Never true on the way to a verdict, where the first failure returns.
 */
@inline
export function spoilt(check: Check, which: Which): bool {
  return TRACE && refused() && trace_failed(check | which);
}
