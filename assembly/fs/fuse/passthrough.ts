// SPDX-License-Identifier: GPL-2.0-only
import { Check, fails } from '../../checks';
import { EINVAL, EISDIR, ELOOP, ENOENT, EPERM, ERR_PTR } from '../../include/linux/errno';
import { FUSE_BACKING_TYPE_PASSTHROUGH } from '../../include/uapi/linux/fuse';
import { fuse_backing_kind, fuse_backing_lookup } from './backing';
import {
  CAP_SYS_ADMIN,
  S_IFDIR,
  S_IFMT,
  S_IFREG,
  capable,
  file,
  fuse_backing_ops,
  fuse_conn,
} from './fuse_i';

/** What passthrough asks of the regular files that a server hands to the kernel. */

const ops_block: usize = memory.data(32, 16);

export function fuse_passthrough_backing_ops(): fuse_backing_ops {
  const ops = changetype<fuse_backing_ops>(ops_block);
  if (ops.id_start == 0) {
    ops.may_admin = fuse_passthrough_may_admin;
    ops.may_open = fuse_passthrough_may_open;
    ops.type = FUSE_BACKING_TYPE_PASSTHROUGH;
    ops.id_start = 1;
    ops.id_end = 0;
  }
  return ops;
}

function fuse_passthrough_may_admin(fc: fuse_conn, flags: u32): i32 {
  if (!fc.passthrough || !capable(CAP_SYS_ADMIN)) return -EPERM;
  return flags != 0 ? -EINVAL : 0;
}

function fuse_passthrough_may_open(fc: fuse_conn, f: file): i32 {
  if ((f.mode & S_IFMT) == S_IFDIR) return -EISDIR;
  if ((f.mode & S_IFMT) != S_IFREG) return -EINVAL;
  // A file system stacked this high could overflow the kernel's stack.
  return <i32>f.stack_depth >= fc.max_stack_depth ? -ELOOP : 0;
}

/**
 * fuse_passthrough_open(): an open file of the mount takes a reference on a backing file. The object, or an
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
