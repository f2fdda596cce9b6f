// SPDX-License-Identifier: GPL-2.0-only
/** Open files of the mount that are read and written through a backing file. */

import { Check, fails } from '../../checks';
import { EINVAL, EIO, ENOENT, ERR_PTR } from '../../include/linux/errno';
import { inode } from '../../include/linux/fs';
import { fuse_backing_kind, fuse_backing_lookup, fuse_backing_put } from './backing';
import { fuse_backing, fuse_conn } from './fuse_i';
import { fuse_passthrough_backing_ops } from './passthrough_ops';

/**
 * fuse_passthrough_open(): an open file of the inode takes a reference on a backing file. Returns the object, or an
 * ERR_PTR: -EIO while another file of the inode is open with another one, whatever their ids are. Without an inode
 * the file is the only one of its own.
 */
export function fuse_passthrough_open(fc: fuse_conn, inode: inode | null, backing_id: i32): usize {
  if (fails(Check.PASSTHROUGH_BADID, backing_id <= 0, <i64>backing_id)) return ERR_PTR(-EINVAL);
  const fb = fuse_backing_lookup(fc, fuse_passthrough_backing_ops(), backing_id);
  if (fails(Check.PASSTHROUGH_NOENT, !fb, <i64>backing_id, fuse_backing_kind(fc, backing_id))) {
    return ERR_PTR(-ENOENT);
  }
  // fuse_inode_uncached_io_start(): all files of an inode go to one backing file.
  if (!inode) return changetype<usize>(fb);
  if (inode.fb != 0 && inode.fb != changetype<usize>(fb)) {
    fuse_backing_put(fb!);
    return ERR_PTR(-EIO);
  }
  inode.fb = changetype<usize>(fb);
  inode.fb_files++;
  return changetype<usize>(fb);
}

/** fuse_passthrough_release(): a file of this inode is closed and lets go of the backing file. */
export function fuse_passthrough_release(inode: inode | null, fb: fuse_backing): void {
  if (inode && --inode.fb_files == 0) inode.fb = 0;
  fuse_backing_put(fb);
}
