// SPDX-License-Identifier: GPL-2.0-only
/**
 * What iomap asks of the block devices that a server registers: patch 04/31. In the kernel this stands in
 * file_iomap.c; a file of its own keeps backing.ts and file_iomap.ts from needing each other.
 */

import { IOMAP_CAN_CLOSE } from '../../config';
import { EBADF, EBUSY, EINVAL, ENODEV, EPERM } from '../../include/linux/errno';
import { FUSE_BACKING_TYPE_IOMAP } from '../../include/uapi/linux/fuse';
import { FMODE_PATH, S_IFBLK, S_IFMT, file, fuse_backing, fuse_backing_ops, fuse_conn } from './fuse_i';

/** Exclusive, so ids go up to 1024: the width of the id range, which passthrough ids share. */
const FUSE_IOMAP_ID_END: i32 = 1025;

const ops_block: usize = memory.data<usize>([
  changetype<usize>(fuse_iomap_may_admin),
  changetype<usize>(fuse_iomap_may_open),
  changetype<usize>(fuse_iomap_may_close),
  changetype<usize>(fuse_iomap_post_open),
  FUSE_BACKING_TYPE_IOMAP,
  1,
  FUSE_IOMAP_ID_END,
]);

/** What the backing table does with iomap devices: struct fuse_backing_ops fuse_iomap_backing_ops. */
@inline
export function fuse_iomap_backing_ops(): fuse_backing_ops {
  return changetype<fuse_backing_ops>(ops_block);
}

function fuse_iomap_may_admin(fc: fuse_conn, flags: u32): i32 {
  if (!fc.iomap) return -EPERM;
  return flags != 0 ? -EINVAL : 0;
}

function fuse_iomap_may_open(fc: fuse_conn, f: file): i32 {
  if (IOMAP_CAN_CLOSE && (f.f_mode & FMODE_PATH) != 0) return -EBADF;
  return (f.mode & S_IFMT) == S_IFBLK ? 0 : -ENODEV;
}

/**
 * Mappings hold a bare bdev pointer without a reference, so a device stays until the connection goes; from May 2026 on
 * until no inode is left that could have such a mapping.
 */
function fuse_iomap_may_close(fc: fuse_conn, f: file): i32 {
  return IOMAP_CAN_CLOSE && fc.iomap_inodes == 0 ? 0 : -EBUSY;
}

function fuse_iomap_post_open(fc: fuse_conn, fb: fuse_backing): i32 {
  fb.bdev = fb.file.bdev;
  return 0;
}
