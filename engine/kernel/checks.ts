// SPDX-License-Identifier: MIT
/**
 * The checks by number: the mirror of `enum Check` in assembly/checks.ts, which a test compares with it.
 * Append only. A number or a name, once landed, never changes.
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
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

/** The number the core uses for a check. */
export function checkNumber(id: CheckId): number {
  return CHECK_IDS.indexOf(id);
}
