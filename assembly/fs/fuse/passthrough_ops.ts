// SPDX-License-Identifier: GPL-2.0-only
/**
 * What passthrough asks of the regular files that a server hands to the kernel. In the kernel this stands in
 * passthrough.c; a file of its own keeps backing.ts and passthrough.ts from needing each other.
 */

import { EINVAL, EISDIR, ELOOP, EPERM } from '../../include/linux/errno';
import { FUSE_BACKING_TYPE_PASSTHROUGH } from '../../include/uapi/linux/fuse';
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

/** No exclusive end: ids go up to INT_MAX. */
const NO_ID_END: i32 = 0;

const ops_block: usize = memory.data<usize>([
  changetype<usize>(fuse_passthrough_may_admin),
  changetype<usize>(fuse_passthrough_may_open),
  0,
  0,
  FUSE_BACKING_TYPE_PASSTHROUGH,
  1,
  NO_ID_END,
]);

/** What the backing table does with passthrough files: struct fuse_backing_ops fuse_passthrough_backing_ops. */
@inline
export function fuse_passthrough_backing_ops(): fuse_backing_ops {
  return changetype<fuse_backing_ops>(ops_block);
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
