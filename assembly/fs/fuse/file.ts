// SPDX-License-Identifier: GPL-2.0-only
/**
 * The system calls on a file of the mount. FSYNC counts as answered with 0, and so do SETATTR and FALLOCATE where no
 * server hears them (attr.ts, docs/LIMITS.md).
 */

import { halted } from '../../halt';
import { EAGAIN, EFBIG, EHALTED, EINVAL, EIO, ENOSYS, ENOTBLK, EOPNOTSUPP } from '../../include/linux/errno';
import { i_blocksize, inode } from '../../include/linux/fs';
import { round_down, round_up } from '../../include/linux/math';
import { IOMAP_ATOMIC, IOMAP_DONTCACHE, IOMAP_NOWAIT } from '../../include/linux/iomap';
import { invalidate_inode_pages2_range, folio_bytes, truncate_pagecache } from '../../mm/filemap';
import { filemap_read } from '../iomap/buffered-read';
import { iomap_file_buffered_write, iomap_truncate_page, iomap_zero_range } from '../iomap/buffered-io';
import { iomap_dio_read, iomap_dio_reset, iomap_dio_used, iomap_dio_write } from '../iomap/direct-io';
import { file_write_and_wait_range, filemap_write_and_wait_range } from '../iomap/page-io';
import { Note } from '../../records';
import { trace_note } from '../../trace';
import { fuse_fallocate_zero, fuse_setattr_size } from './attr';
import { fuse_iomap_ops } from './iomap_ops';

/** How a file is read or written: O_DIRECT of the caller, FOPEN_DIRECT_IO of the server's answer to the open. */
const O_DIRECT: u32 = 1 << 0;
const FOPEN_DIRECT_IO: u32 = 1 << 1;

/**
 * pread(): bytes in `buffer`, or -errno. A server without direct mappings (-ENOSYS) is read through the cache, for
 * what the direct half did not use of the buffer, but from the first position on. A file that the server has opened
 * with FOPEN_DIRECT_IO is not: -EIO.
 */
export function fuse_file_read(
  inode: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  how: u32,
  opflags: u32,
): i64 {
  if (count == 0) return 0;
  if ((opflags & IOMAP_DONTCACHE) != 0) return -EOPNOTSUPP;
  let used: i64 = 0;
  if ((how & O_DIRECT) != 0) {
    const ret = iomap_dio_read(inode, pos, count, buffer, opflags, fuse_iomap_ops());
    if (ret != -ENOSYS || halted()) return ret;
    if ((how & FOPEN_DIRECT_IO) != 0) return -EIO;
    used = iomap_dio_used();
    trace_note(Note.DIO_FELL_BACK, used, pos);
  }
  return filemap_read(inode, pos, count - used, buffer + <usize>used, opflags, fuse_iomap_ops());
}

/** The part of a write that the size limits allow, or -errno. */
function generic_write_checks(inode: inode, pos: i64, count: i64): i64 {
  if (count == 0) return 0;
  if (pos >= inode.s_maxbytes) return -EFBIG;
  return min<i64>(count, inode.s_maxbytes - pos);
}

/** A write past the end of the file zeroes what lies between. */
function zero_gap(inode: inode, pos: i64, opflags: u32): i32 {
  if (pos <= inode.i_size) return 0;
  if ((opflags & IOMAP_NOWAIT) != 0) return -EAGAIN;
  return iomap_zero_range(inode, inode.i_size, pos - inode.i_size, fuse_iomap_ops());
}

/** The checks that the page cache's half and the direct one have in common. Bytes that may be written, or -errno. */
function fuse_iomap_write_checks(inode: inode, pos: i64, count: i64, opflags: u32): i64 {
  count = generic_write_checks(inode, pos, count);
  if (count <= 0) return count;
  const err = zero_gap(inode, pos, opflags);
  if (halted()) return -EHALTED;
  return err != 0 ? err : count;
}

/** A write through the page cache. All checks are made anew if a direct write could not be. */
function fuse_iomap_buffered_write(inode: inode, pos: i64, count: i64, buffer: usize, opflags: u32): i64 {
  if ((opflags & IOMAP_ATOMIC) != 0) return -EOPNOTSUPP;
  count = fuse_iomap_write_checks(inode, pos, count, opflags);
  return count <= 0 ? count : iomap_file_buffered_write(inode, pos, count, buffer, opflags, fuse_iomap_ops());
}

/** A direct write. -ENOTBLK and -ENOSYS, which its gap may come to as well, ask for a buffered one. */
function fuse_iomap_direct_write(inode: inode, pos: i64, count: i64, buffer: usize, opflags: u32): i64 {
  iomap_dio_reset();
  if ((opflags & IOMAP_ATOMIC) != 0) {
    if (count != i_blocksize(inode) || (pos & (count - 1)) != 0) return -EINVAL;
  }
  count = fuse_iomap_write_checks(inode, pos, count, opflags);
  return count <= 0 ? count : iomap_dio_write(inode, pos, count, buffer, opflags, fuse_iomap_ops());
}

/**
 * pwrite(): bytes, or -errno. What cannot be written directly goes through the cache: the bytes that the direct half
 * did not use, but to the first position on, and nobody writes them back. With FOPEN_DIRECT_IO that is -EIO, too.
 */
export function fuse_file_write(
  inode: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  how: u32,
  opflags: u32,
): i64 {
  if (count == 0) return 0;
  if ((opflags & IOMAP_DONTCACHE) != 0) return -EOPNOTSUPP;
  if ((how & O_DIRECT) == 0) {
    // These files do not declare that they can; the buffered half of a direct write is not asked.
    if ((opflags & (IOMAP_ATOMIC | IOMAP_NOWAIT)) == IOMAP_NOWAIT) return -EINVAL;
    return fuse_iomap_buffered_write(inode, pos, count, buffer, opflags);
  }
  const ret = fuse_iomap_direct_write(inode, pos, count, buffer, opflags);
  if ((ret != -ENOTBLK && ret != -ENOSYS) || halted()) return ret;
  if ((how & FOPEN_DIRECT_IO) != 0) return -EIO;
  const used = iomap_dio_used();
  trace_note(Note.DIO_FELL_BACK, used, pos);
  // The direct half has cut the request to the largest file; what is left is the rest of that.
  const left = min<i64>(count, inode.s_maxbytes - pos) - used;
  return fuse_iomap_buffered_write(inode, pos, left, buffer + <usize>used, opflags);
}

export function fuse_file_fsync(inode: inode): i32 {
  return file_write_and_wait_range(inode, 0, i64.MAX_VALUE);
}

/**
 * truncate() to `size` bytes; to the present size is downwards too. An error before SETATTR leaves the size as it
 * was.
 */
export function fuse_file_truncate(inode: inode, size: i64): i32 {
  if (size < 0) return -EINVAL;
  if (size > inode.s_maxbytes) return -EFBIG;
  const old = inode.i_size;
  let err = 0;
  if (size <= old) err = iomap_truncate_page(inode, size, fuse_iomap_ops());
  else err = iomap_zero_range(inode, old, size - old, fuse_iomap_ops());
  if (halted()) return -EHALTED;
  if (err != 0) return err;
  inode.i_size = size;
  truncate_pagecache(inode, size);
  err = filemap_write_and_wait_range(inode, 0, i64.MAX_VALUE);
  if (err != 0) return err;
  err = fuse_setattr_size(inode, size);
  if (halted()) return -EHALTED;
  if (err != 0) return err;
  inode.i_disk_size = size;
  return 0;
}

/** fallocate() with FALLOC_FL_ZERO_RANGE, as xfs_io's fzero. `keep_size` is FALLOC_FL_KEEP_SIZE. */
export function fuse_file_zero_range(inode: inode, pos: i64, count: i64, keep_size: bool): i32 {
  if (pos < 0 || count <= 0) return -EINVAL;
  const end = pos + count;
  if (end > inode.s_maxbytes || end < 0) return -EFBIG;
  const unit = folio_bytes(inode);
  const first = round_down(pos, unit);
  // Past the last folio of the largest file the offset does not fit 64 bits.
  const last = <i64>min<u64>(round_up<u64>(end, unit), i64.MAX_VALUE);
  let err = filemap_write_and_wait_range(inode, first, last);
  if (err != 0) return err;
  invalidate_inode_pages2_range(inode, first, last);
  err = fuse_fallocate_zero(inode, pos, count, keep_size);
  if (halted()) return -EHALTED;
  if (err != 0) return err;

  const size = inode.i_size;
  const zero_end = min<i64>(end, size);
  if (pos < zero_end) {
    err = iomap_zero_range(inode, pos, zero_end - pos, fuse_iomap_ops());
    if (err != 0) return err;
    // The page of the end of the file must not keep zeros that no device has.
    if (zero_end == size && (size & 4095) != 0) {
      err = filemap_write_and_wait_range(inode, round_down<i64>(size, 4096), i64.MAX_VALUE);
      if (err != 0) return err;
    }
  }
  return end > size && !keep_size ? fuse_file_truncate(inode, end) : 0;
}
