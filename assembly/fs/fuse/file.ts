// SPDX-License-Identifier: GPL-2.0-only
import { halted } from '../../halt';
import { EAGAIN, EFBIG, EHALTED, EINVAL, ENOSYS, ENOTBLK, EOPNOTSUPP } from '../../include/linux/errno';
import { IOMAP_ATOMIC, IOMAP_NOWAIT } from '../../include/linux/iomap';
import { drop_range, folio_bytes, truncate_pagecache } from '../../mm/filemap';
import { iomap_buffered_read } from '../iomap/buffered-read';
import { iomap_buffered_write, iomap_truncate_page, iomap_zero_range } from '../iomap/buffered-io';
import { iomap_dio_read, iomap_dio_write } from '../iomap/direct-io';
import { write_and_wait } from '../iomap/page-io';
import { inode } from './fuse_i';

/**
 * The system calls on a file of the mount. SETATTR, FALLOCATE and FSYNC count as answered with 0 (docs/LIMITS.md).
 */

/** pread(): bytes in `buffer`, or -errno. A server without direct mappings (-ENOSYS) is read through the cache. */
export function fuse_file_read(
  node: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  direct: bool,
  opflags: u32,
): i64 {
  if (direct) {
    const ret = iomap_dio_read(node, pos, count, buffer, opflags);
    if (ret != -ENOSYS || halted()) return ret;
  }
  return iomap_buffered_read(node, pos, count, buffer, opflags);
}

/** The part of a write that the size limits allow, or -errno: generic_write_checks(). */
function write_checks(node: inode, pos: i64, count: i64): i64 {
  if (count == 0) return 0;
  if (pos >= node.s_maxbytes) return -EFBIG;
  return min<i64>(count, node.s_maxbytes - pos);
}

/** A write past the end of the file zeroes what lies between. */
function zero_gap(node: inode, pos: i64, opflags: u32): i32 {
  if (pos <= node.i_size) return 0;
  if ((opflags & IOMAP_NOWAIT) != 0) return -EAGAIN;
  return iomap_zero_range(node, node.i_size, pos - node.i_size);
}

/** pwrite(): bytes, or -errno. What cannot be written directly goes through the cache and is synchronous. */
export function fuse_file_write(
  node: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  direct: bool,
  opflags: u32,
): i64 {
  if ((opflags & IOMAP_ATOMIC) != 0) {
    if (!direct) return -EOPNOTSUPP;
    if (count != (<i64>1) << node.blkbits) return -EINVAL;
  }
  count = write_checks(node, pos, count);
  if (count <= 0) return count;
  const err = zero_gap(node, pos, opflags);
  if (halted()) return -EHALTED;
  if (err != 0) return err;
  if (!direct) return iomap_buffered_write(node, pos, count, buffer, opflags);

  const ret = iomap_dio_write(node, pos, count, buffer, opflags);
  if ((ret != -ENOTBLK && ret != -ENOSYS) || halted()) return ret;
  if ((opflags & IOMAP_ATOMIC) != 0) return -EAGAIN;
  const done = iomap_buffered_write(node, pos, count, buffer, opflags);
  if (done <= 0 || halted()) return done;
  const sync = fsync_range(node, pos, pos + done);
  return sync != 0 ? sync : done;
}

/** vfs_fsync_range(): writes back; an error that no fsync was told of yet is told once. */
function fsync_range(node: inode, pos: i64, end: i64): i32 {
  const err = write_and_wait(node, pos, end);
  const recorded = node.wb_err;
  node.wb_err = 0;
  return err != 0 ? err : recorded;
}

export function fuse_file_fsync(node: inode): i32 {
  return fsync_range(node, 0, i64.MAX_VALUE);
}

/** truncate() to `size` bytes. An error before SETATTR leaves the size as it was. */
export function fuse_file_truncate(node: inode, size: i64): i32 {
  if (size < 0) return -EINVAL;
  if (size > node.s_maxbytes) return -EFBIG;
  const old = node.i_size;
  let err = 0;
  if (size < old) err = iomap_truncate_page(node, size);
  else if (size > old) err = iomap_zero_range(node, old, size - old);
  if (halted()) return -EHALTED;
  if (err != 0) return err;
  node.i_size = size;
  truncate_pagecache(node, size);
  err = write_and_wait(node, 0, i64.MAX_VALUE);
  if (err != 0) return err;
  node.i_disk_size = size;
  return 0;
}

/** fallocate() with FALLOC_FL_ZERO_RANGE, as xfs_io's fzero. `keep_size` is FALLOC_FL_KEEP_SIZE. */
export function fuse_file_zero_range(node: inode, pos: i64, count: i64, keep_size: bool): i32 {
  if (pos < 0 || count <= 0) return -EINVAL;
  const end = pos + count;
  if (end > node.s_maxbytes || end < 0) return -EFBIG;
  const unit = folio_bytes(node);
  const first = pos & ~(unit - 1);
  // Past the last folio of the largest file there is no number any more.
  const last = <i64>min<u64>((<u64>end + unit - 1) & ~(unit - 1), i64.MAX_VALUE);
  let err = write_and_wait(node, first, last);
  if (err != 0) return err;
  drop_range(node, first, last);

  const size = node.i_size;
  const zero_end = min<i64>(end, size);
  if (pos < zero_end) {
    err = iomap_zero_range(node, pos, zero_end - pos);
    if (err != 0) return err;
    // The page of the end of the file must not keep zeros that no device has.
    if (zero_end == size && (size & 4095) != 0) {
      err = write_and_wait(node, size & ~4095, i64.MAX_VALUE);
      if (err != 0) return err;
    }
  }
  return end > size && !keep_size ? fuse_file_truncate(node, end) : 0;
}
