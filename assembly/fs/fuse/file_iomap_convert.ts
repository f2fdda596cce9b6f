// SPDX-License-Identifier: GPL-2.0-only
/** The server's numbers and the iomap layer's, in both directions. */

import { HAS_MAPPING_CACHE, SWAPFILE_WRITES, WRITEBACK_HAS_OP } from '../../config';
import {
  IOMAP_DELALLOC,
  IOMAP_F_ANON_WRITE,
  IOMAP_F_ATOMIC_BIO,
  IOMAP_F_BOUNDARY,
  IOMAP_F_DIRTY,
  IOMAP_F_MERGED,
  IOMAP_F_NEW,
  IOMAP_F_PRIVATE,
  IOMAP_F_SHARED,
  IOMAP_F_SIZE_CHANGED,
  IOMAP_F_STALE,
  IOMAP_HOLE,
  IOMAP_INLINE,
} from '../../include/linux/iomap';
import {
  FUSE_IOMAP_F_ANON_WRITE,
  FUSE_IOMAP_F_ATOMIC_BIO,
  FUSE_IOMAP_F_BOUNDARY,
  FUSE_IOMAP_F_SIZE_CHANGED,
  FUSE_IOMAP_F_STALE,
  FUSE_IOMAP_F_WANT_IOMAP_END,
  FUSE_IOMAP_OP_ALL,
  FUSE_IOMAP_OP_SWAPFILE,
  FUSE_IOMAP_OP_UNSHARE,
  FUSE_IOMAP_OP_WRITE,
  FUSE_IOMAP_OP_WRITEBACK,
  FUSE_IOMAP_OP_ZERO,
  FUSE_IOMAP_TYPE_INLINE,
} from '../../include/uapi/linux/fuse';
import { Warn } from '../../records';
import { trace_warn } from '../../trace';

/** NEW, DIRTY, SHARED and MERGED are the same bits on both sides. */
const SAME: u16 = IOMAP_F_NEW | IOMAP_F_DIRTY | IOMAP_F_SHARED | IOMAP_F_MERGED;

/** One flag as it stands on the other side. */
@inline
function moved(flags: u16, from: u16, to: u16): u16 {
  return (flags & from) != 0 ? to : <u16>0;
}

/** Bits that are not listed are dropped in silence: the checks have refused them before. */
export function fuse_iomap_flags_from_server(flags: u16): u16 {
  return (
    (flags & SAME) |
    moved(flags, FUSE_IOMAP_F_BOUNDARY, IOMAP_F_BOUNDARY) |
    moved(flags, FUSE_IOMAP_F_ANON_WRITE, IOMAP_F_ANON_WRITE) |
    moved(flags, FUSE_IOMAP_F_ATOMIC_BIO, IOMAP_F_ATOMIC_BIO) |
    moved(flags, FUSE_IOMAP_F_WANT_IOMAP_END, IOMAP_F_PRIVATE)
  );
}

/** Kernel-only flags (BUFFER_HEAD, XATTR, …) are not told. */
export function fuse_iomap_flags_to_server(flags: u16): u16 {
  return (
    (flags & SAME) |
    moved(flags, IOMAP_F_BOUNDARY, FUSE_IOMAP_F_BOUNDARY) |
    moved(flags, IOMAP_F_ANON_WRITE, FUSE_IOMAP_F_ANON_WRITE) |
    moved(flags, IOMAP_F_ATOMIC_BIO, FUSE_IOMAP_F_ATOMIC_BIO) |
    moved(flags, IOMAP_F_PRIVATE, FUSE_IOMAP_F_WANT_IOMAP_END) |
    moved(flags, IOMAP_F_SIZE_CHANGED, FUSE_IOMAP_F_SIZE_CHANGED) |
    moved(flags, IOMAP_F_STALE, FUSE_IOMAP_F_STALE)
  );
}

/** HOLE to INLINE are the same numbers; anything else trips the kernel's assertion and becomes a HOLE. */
export function fuse_iomap_type_from_server(type: u16): u16 {
  if (type <= FUSE_IOMAP_TYPE_INLINE) return type;
  // RETRY_CACHE as the write mapping of a later revision gets here; before, nothing can.
  trace_warn(Warn.IOMAP_TYPE_ASSERT, type, 0);
  return IOMAP_HOLE;
}

export function fuse_iomap_type_to_server(type: u16): u16 {
  return type >= IOMAP_DELALLOC && type <= IOMAP_INLINE ? type : IOMAP_HOLE;
}

/** Op flags go to the server only; bits that the revision does not know are dropped. */
export function fuse_iomap_op_to_server(opflags: u32): u32 {
  const all = WRITEBACK_HAS_OP ? FUSE_IOMAP_OP_ALL | FUSE_IOMAP_OP_WRITEBACK : FUSE_IOMAP_OP_ALL;
  return opflags & (HAS_MAPPING_CACHE ? all | FUSE_IOMAP_OP_SWAPFILE : all);
}

/** fuse_iomap_is_file_write(): may the operation need the write mapping? */
export function fuse_iomap_is_file_write(opflags: u32): bool {
  const few = FUSE_IOMAP_OP_WRITE | FUSE_IOMAP_OP_ZERO | FUSE_IOMAP_OP_UNSHARE;
  const writes = WRITEBACK_HAS_OP ? few | FUSE_IOMAP_OP_WRITEBACK : few;
  return (opflags & (SWAPFILE_WRITES ? writes | FUSE_IOMAP_OP_SWAPFILE : writes)) != 0;
}
