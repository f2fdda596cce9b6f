// SPDX-License-Identifier: GPL-2.0-only
/** Open files of the mount that are read and written through a backing file. */

import { Check, fails } from '../../checks';
import { EINVAL, ENOENT, ERR_PTR } from '../../include/linux/errno';
import { fuse_backing_kind, fuse_backing_lookup } from './backing';
import { fuse_conn } from './fuse_i';
import { fuse_passthrough_backing_ops } from './passthrough_ops';

/**
 * fuse_passthrough_open(): an open file of the mount takes a reference on a backing file. Returns the object, or an
 * ERR_PTR.
 */
export function fuse_passthrough_open(fc: fuse_conn, backing_id: i32): usize {
  if (fails(Check.PASSTHROUGH_BADID, backing_id <= 0, <i64>backing_id)) return ERR_PTR(-EINVAL);
  const fb = fuse_backing_lookup(fc, fuse_passthrough_backing_ops(), backing_id);
  if (fails(Check.PASSTHROUGH_NOENT, !fb, <i64>backing_id, fuse_backing_kind(fc, backing_id))) {
    return ERR_PTR(-ENOENT);
  }
  return changetype<usize>(fb);
}
