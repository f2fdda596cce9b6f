// SPDX-License-Identifier: GPL-2.0-only
/** struct inode, as far as the playground has it. */

import { block_device } from '../../block/bdev';
import { fuse_conn } from '../../fs/fuse/fuse_i';
import { xarray } from '../../lib/xarray';

/**
 * An inode of the mount with what is asked of its super block, 104 bytes. The base class is the embedded page
 * cache, i_mapping: folios by their index.
 */
@unmanaged
export class inode extends xarray {
  fc: fuse_conn;
  i_blkbits: u32;
  nodeid: u64;
  orig_ino: u64;
  i_size: i64;
  s_maxbytes: i64;
  s_bdev: block_device | null;
  /** Later revisions: the inode caches mappings. */
  caches: bool;
  /** What the server was told the size is. */
  i_disk_size: i64;
  /** The last writeback error that no fsync has returned yet; -errno or 0. */
  wb_err: i32;
  /** AS_* marks: what kinds of error of writing back nobody but fsync has told of yet. */
  as_errors: u32;
  /** The backing file that it is open for passthrough with, 0 if it is not, and by how many files. */
  fb: usize;
  fb_files: u32;
  /** From May 2026 on: struct fuse_iomap_cache, see fs/fuse/file_iomap_cache.ts; 0 until somebody needs it. */
  cache: usize;
  unused: u32;
}
export const SIZEOF_INODE: u32 = <u32>offsetof<inode>();

/** Bytes of a block. Signed and wide, so that its mask fits a file position. */
@inline
export function i_blocksize(inode: inode): i64 {
  return (<i64>1) << inode.i_blkbits;
}
