// SPDX-License-Identifier: MIT
/**
 * A row for each check: who asks, and about what. Whoever adds a check is asked for it here, in check-verdicts.ts, check-conditions.ts
 * (when it refuses, and with what that was compared) and in check-places.ts (what its failure points at). These are
 * separate files to keep the first verdict's download small: page and worker both need this one, the worker alone
 * needs the second, and the third is loaded later.
 */
import type { CheckId } from './checks.ts';

const MAPPING = 'fuse_iomap_check_mapping';
const VALIDATE = 'fuse_iomap_begin_validate';
const FIND_DEV = 'fuse_iomap_find_dev';
const END = 'fuse_iomap_end';
const IOCTL_OPEN = 'fuse_dev_ioctl_backing_open';
const IOCTL_CLOSE = 'fuse_dev_ioctl_backing_close';
const OPEN = 'fuse_backing_open';
const CLOSE = 'fuse_backing_close';
const PASSTHROUGH = 'fuse_passthrough_open';
const WRITE = 'fuse_dev_do_write';

/** The kernel functions that ask. */
export type KernelFunction =
  | typeof MAPPING
  | typeof VALIDATE
  | typeof FIND_DEV
  | typeof END
  | typeof IOCTL_OPEN
  | typeof IOCTL_CLOSE
  | typeof OPEN
  | typeof CLOSE
  | typeof PASSTHROUGH
  | typeof WRITE
  | 'fuse_get_dev'
  | 'fuse_dev_ioctl'
  | 'fuse_backing_ops_from_map'
  | 'fuse_backing_id_alloc'
  | 'fuse_copy_out_args';

export interface CheckFacts {
  /** The kernel function that asks. */
  fn: KernelFunction;
  /** Names of the operands, in the order in which the core records them. */
  operands: readonly string[];
  /** Whether the operands are signed numbers. */
  signed: boolean;
}

/** A row; `operands` are names separated by spaces. */
const plain = (fn: KernelFunction, operands: string): CheckFacts => ({
  fn,
  operands: operands.match(/\w+/g) ?? [],
  signed: false,
});

/** A row of a check whose operands are signed. */
const signed = (fn: KernelFunction, operands: string): CheckFacts => ({
  ...plain(fn, operands),
  signed: true,
});

export const CHECK_FACTS: Readonly<Record<CheckId, CheckFacts>> = {
  'type-unknown': plain(MAPPING, 'type'),
  'flags-unknown': plain(MAPPING, 'flags allowedMask'),
  'length-zero': plain(MAPPING, 'length'),
  'offset-unaligned': plain(MAPPING, 'offset blockSize'),
  'length-unaligned': plain(MAPPING, 'length blockSize'),
  'file-range-overflow': plain(MAPPING, 'offset length'),
  'offset-past-maxbytes': plain(MAPPING, 'offset maxbytes'),
  'dev-missing': plain(MAPPING, 'dev type'),
  'addr-missing': plain(MAPPING, 'addr type'),
  'dev-forbidden': plain(MAPPING, 'dev type'),
  'addr-forbidden': plain(MAPPING, 'addr type'),
  'overwrite-on-read': plain(MAPPING, 'type'),
  'dev-unsupported': plain(MAPPING, 'dev'),
  'device-range-overflow': plain(MAPPING, 'addr length'),
  'read-after-pos': plain(VALIDATE, 'offset pos'),
  'write-after-pos': plain(VALIDATE, 'offset pos'),
  'read-before-pos': plain(VALIDATE, 'offset length pos'),
  'write-before-pos': plain(VALIDATE, 'offset length pos'),
  'dev-not-found': plain(FIND_DEV, 'dev type found'),
  'cache-unavailable': plain(MAPPING, 'type'),
  'nocache-on-begin': plain(VALIDATE, 'type'),
  'ioctl-no-connection': plain('fuse_get_dev', ''),
  'ioctl-unknown': plain('fuse_dev_ioctl', 'cmd'),
  'open-not-built': plain(IOCTL_OPEN, 'passthrough iomap'),
  'open-copy': plain(IOCTL_OPEN, 'faulted'),
  'open-type-unknown': plain('fuse_backing_ops_from_map', 'type passthroughBuilt iomapBuilt'),
  'open-not-permitted': plain(OPEN, 'type negotiated admin'),
  'open-flags': plain(OPEN, 'flags'),
  'open-padding': plain(OPEN, 'padding'),
  'open-badfd': signed(OPEN, 'fd'),
  'open-may-open': signed(OPEN, 'type mode stackDepth errno'),
  'open-nomem': plain(OPEN, ''),
  'open-post': signed(OPEN, 'errno'),
  'open-id': signed('fuse_backing_id_alloc', 'start end cursor errno'),
  'close-not-built': plain(IOCTL_CLOSE, 'passthrough iomap'),
  'close-copy': plain(IOCTL_CLOSE, 'faulted'),
  'close-badid': signed(CLOSE, 'id'),
  'close-noent': signed(CLOSE, 'id'),
  'close-not-permitted': signed(CLOSE, 'id type negotiated admin'),
  'close-busy': signed(CLOSE, 'id type'),
  'passthrough-badid': signed(PASSTHROUGH, 'id'),
  'passthrough-noent': signed(PASSTHROUGH, 'id found'),
  'reply-short-header': plain(WRITE, 'bytes headerBytes'),
  'reply-length': plain(WRITE, 'len bytes'),
  'reply-error-range': signed(WRITE, 'error'),
  'reply-unique': plain(WRITE, 'unique expected'),
  'reply-error-payload': signed(WRITE, 'error payloadBytes'),
  'reply-size': plain('fuse_copy_out_args', 'bytes expected'),
  'overwrite-flags': plain(MAPPING, 'flags'),
  'overwrite-dev': plain(MAPPING, 'dev'),
  'overwrite-addr': plain(MAPPING, 'addr'),
  'cache-type-flags': plain(MAPPING, 'flags type'),
  'cache-type-dev': plain(MAPPING, 'dev type'),
  'cache-type-addr': plain(MAPPING, 'addr type'),
  'retry-uncached-op': plain(VALIDATE, 'type opflags'),
  'atomic-not-mapped': plain(VALIDATE, 'type'),
  'atomic-no-flag': plain(VALIDATE, 'flags wanted'),
  'inline-past-mapping': plain(END, 'end mappingEnd'),
  'inline-written-more': plain(END, 'written asked'),
};
