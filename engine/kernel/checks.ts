// SPDX-License-Identifier: MIT
import { idOf, isUnknown, unknownNumber, type Unknown } from './unknown.ts';

/**
 * The checks by number: the mirror of `enum Check` in assembly/checks.ts, which a test compares with it.
 * Append only. A number or a name, once landed, never changes. Number 0 is not a check.
 *
 * For a new row the compiler asks wherever there is something about each check: check-facts.ts,
 * check-verdicts.ts, check-conditions.ts, check-places.ts, and the words and the prose in engine/checks.
 */
export const CHECK_IDS = [
  'none',
  // fuse_iomap_check_mapping
  'type-unknown',
  'flags-unknown',
  'length-zero',
  'offset-unaligned',
  'length-unaligned',
  'file-range-overflow',
  'offset-past-maxbytes',
  'dev-missing',
  'addr-missing',
  'dev-forbidden',
  'addr-forbidden',
  'overwrite-on-read',
  'dev-unsupported',
  'device-range-overflow',
  // fuse_iomap_begin_validate
  'read-after-pos',
  'write-after-pos',
  'read-before-pos',
  'write-before-pos',
  // fuse_iomap_find_dev
  'dev-not-found',
  // later revisions
  'cache-unavailable',
  'nocache-on-begin',
  // the ioctl layer
  'ioctl-no-connection',
  'ioctl-unknown',
  // fuse_backing_open
  'open-not-built',
  'open-copy',
  'open-type-unknown',
  'open-not-permitted',
  'open-flags',
  'open-padding',
  'open-badfd',
  'open-may-open',
  'open-nomem',
  'open-post',
  'open-id',
  // fuse_backing_close
  'close-not-built',
  'close-copy',
  'close-badid',
  'close-noent',
  'close-not-permitted',
  'close-busy',
  // fuse_passthrough_open
  'passthrough-badid',
  'passthrough-noent',
  // the answer that a server writes to /dev/fuse
  'reply-short-header',
  'reply-length',
  'reply-error-range',
  'reply-unique',
  'reply-error-payload',
  'reply-size',
  // May 2026: fuse_iomap_check_mapping
  'overwrite-flags',
  'overwrite-dev',
  'overwrite-addr',
  'cache-type-flags',
  'cache-type-dev',
  'cache-type-addr',
  // fuse_iomap_begin_validate
  'retry-uncached-op',
  'atomic-not-mapped',
  'atomic-no-flag',
  // fuse_iomap_end, of inline data
  'inline-past-mapping',
  'inline-written-more',
] as const;

/** A check by its name. */
export type CheckId = Exclude<(typeof CHECK_IDS)[number], 'none'>;

/** Every check, in the order of their numbers. */
export const CHECKS = CHECK_IDS.filter((id): id is CheckId => id !== 'none');

/** The number the core uses for a check. */
export function checkNumber(id: CheckId | Unknown): number {
  return isUnknown(id) ? unknownNumber(id) : CHECK_IDS.indexOf(id);
}

/** The check with this number; the number itself if it is none that is known, 0 included. */
export function checkOf(number: number): CheckId | Unknown {
  return idOf(CHECKS, number - 1, number);
}
