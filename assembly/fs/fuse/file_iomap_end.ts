// SPDX-License-Identifier: GPL-2.0-only
/** fuse_iomap_end(): the kernel has finished with a mapping; does the server need to know? */

import {
  END_ADDR_FROM_ITSELF,
  END_HAS_ADDR,
  END_HAS_DEV,
  HEARS_WANT_END,
  READS_INLINE,
  REMEMBERS_NO_END,
} from '../../config';
import { ENOSYS } from '../../include/linux/errno';
import { inode } from '../../include/linux/fs';
import { IOMAP_F_PRIVATE, IOMAP_F_SIZE_CHANGED, SIZEOF_IOMAP, iomap } from '../../include/linux/iomap';
import {
  END_IN_MAP,
  END_IN_SIZE,
  FUSE_IOMAP_DEV_NULL,
  FUSE_IOMAP_END,
  FUSE_IOMAP_F_WANT_IOMAP_END,
  FUSE_IOMAP_NULL_ADDR,
  fuse_iomap_end_in,
  fuse_iomap_io,
} from '../../include/uapi/linux/fuse';
import { block_device } from '../../block/bdev';
import { idr_find, idr_next_id } from '../../lib/idr';
import { Note } from '../../records';
import { trace_note } from '../../trace';
import { fuse_simple_request, request_args } from './dev';
import {
  fuse_iomap_flags_to_server,
  fuse_iomap_is_file_write,
  fuse_iomap_op_to_server,
  fuse_iomap_type_to_server,
} from './file_iomap_convert';
import { fuse_iomap_end_inline } from './file_iomap_inline';
import { fuse_backing, fuse_conn } from './fuse_i';

/**
 * fuse_should_send_iomap_end(). The first test looks for the *wire's* bit of WANT_IOMAP_END in the *kernel's*
 * flags, where that bit is ANON_WRITE and the wish stands in PRIVATE: a mistake of revisions before May 2026, kept. A
 * server that asks for the call is not heard there, and one that sets ANON_WRITE gets it even for a read.
 */
function fuse_should_send_iomap_end(map: iomap, opflags: u32, count: i64, written: i64): bool {
  const wanted = HEARS_WANT_END ? IOMAP_F_PRIVATE : FUSE_IOMAP_F_WANT_IOMAP_END;
  if ((map.flags & wanted) != 0) {
    trace_note(Note.END_WANTED, map.flags);
    return true;
  }
  if (!fuse_iomap_is_file_write(opflags)) {
    trace_note(Note.END_NOT_A_WRITE, opflags);
    return false;
  }
  if ((map.flags & IOMAP_F_SIZE_CHANGED) != 0) {
    trace_note(Note.END_SIZE_CHANGED, map.flags);
    return true;
  }
  const short = written < count;
  trace_note(short ? Note.END_SHORT : Note.END_COMPLETE, written, count);
  return short;
}

/** fuse_iomap_find_backing_id(): the lowest id that has this device; no reference is taken. */
export function fuse_iomap_find_backing_id(fc: fuse_conn, bdev: block_device | null): u32 {
  if (!bdev) return FUSE_IOMAP_DEV_NULL;
  const map = fc.backing_files_map;
  for (let id = idr_next_id(map, 0); id >= 0; id = idr_next_id(map, <u32>id + 1)) {
    if (changetype<fuse_backing>(idr_find(map, <u32>id)).bdev == bdev) return <u32>id;
  }
  return FUSE_IOMAP_DEV_NULL;
}

/** What the server is told about where the mapping lies. */
function end_addr(map: iomap): u64 {
  if (END_HAS_ADDR) return map.addr;
  return END_ADDR_FROM_ITSELF ? 0 : FUSE_IOMAP_NULL_ADDR;
}

/** `count` bytes were available at `pos`, `written` of them were done (or -errno). 0 or -errno. */
export function fuse_iomap_end(
  inode: inode,
  pos: i64,
  count: i64,
  written: i64,
  opflags: u32,
  map: iomap,
): i32 {
  const fc = inode.fc;
  if (READS_INLINE) {
    // The srcmap stands after the iomap wherever there is one; see struct iomap_iter.
    changetype<iomap>(changetype<usize>(map) + SIZEOF_IOMAP).inline_data = 0;
    if (map.inline_data != 0) return fuse_iomap_end_inline(inode, <u64>pos, written, opflags, map);
  }
  if (REMEMBERS_NO_END && fc.no_end) {
    trace_note(Note.END_NOT_IMPLEMENTED);
    return 0;
  }
  if (!fuse_should_send_iomap_end(map, opflags, count, written)) return 0;

  const inarg = changetype<fuse_iomap_end_in>(request_args());
  inarg.opflags = fuse_iomap_op_to_server(opflags);
  inarg.reserved = 0;
  inarg.attr_ino = inode.orig_ino;
  inarg.pos = <u64>pos;
  inarg.count = <u64>count;
  inarg.written = written;
  const told = changetype<fuse_iomap_io>(request_args() + END_IN_MAP);
  told.offset = <u64>map.offset;
  told.length = map.length;
  told.addr = end_addr(map);
  told.type = fuse_iomap_type_to_server(map.type);
  told.flags = fuse_iomap_flags_to_server(map.flags);
  told.dev = END_HAS_DEV ? fuse_iomap_find_backing_id(fc, map.bdev) : FUSE_IOMAP_DEV_NULL;

  const err = fuse_simple_request(fc, FUSE_IOMAP_END, inode.nodeid, END_IN_SIZE, 0);
  // A server need not implement it.
  if (err == -ENOSYS) {
    if (REMEMBERS_NO_END) fc.no_end = true;
    return 0;
  }
  return err;
}
