// SPDX-License-Identifier: GPL-2.0-only
/** Writing dirty folios to the device. */

import { DEBUG, TRACE, WRITEBACK_HAS_OP } from '../../config';
import { halted } from '../../halt';
import { EHALTED, EIO, ENOMEM } from '../../include/linux/errno';
import {
  IOMAP_DELALLOC,
  IOMAP_F_BOUNDARY,
  IOMAP_F_SHARED,
  IOMAP_HOLE,
  IOMAP_INLINE,
  IOMAP_UNWRITTEN,
  IOMAP_WRITE,
  iomap,
  iomap_clear,
} from '../../include/linux/iomap';
import { FUSE_IOMAP_OP_WRITEBACK } from '../../include/uapi/linux/fuse';
import {
  file_check_and_advance_wb_err,
  filemap_check_errors,
  folio,
  folio_bytes,
  folio_pos,
  folio_written,
  folio_validate,
  mapping_set_error,
  next_dirty,
} from '../../mm/filemap';
import { Origin, Warn } from '../../records';
import { trace_bytes, trace_warn } from '../../trace';
import { FUSE_IOMAP_IOEND_SHARED, FUSE_IOMAP_IOEND_UNWRITTEN } from '../fuse/file_iomap_ioend';
import { i_blocksize, inode } from '../../include/linux/fs';
import { round_up } from '../../include/linux/math';
import { fuse_iomap_ops } from '../fuse/iomap_ops';
import { begin_pass, complete_ioends, ioend_add, iomap_ioend_writeback_submit } from './ioend';
import { call_begin } from './iter';

/**
 * The mapping that one pass keeps for the folios after it; passes do not nest.
 *
 *     +0  | iomap, 40 bytes                     |
 *     +40 | srcmap, 40 bytes: asked for, unused |
 */
const kept_block: usize = memory.data(80, 16);

function kept(): iomap {
  return changetype<iomap>(kept_block);
}

/** The op flags that writeback asks with: bit 31 alone where it exists, else WRITE alone (docs/LIMITS.md). */
function writeback_flags(): u32 {
  return WRITEBACK_HAS_OP ? FUSE_IOMAP_OP_WRITEBACK : IOMAP_WRITE;
}

/** A mapping that holds the byte at `pos`: the one kept, or a new one for [pos, pos + bytes). 0 or -errno. */
function map_blocks(inode: inode, pos: i64, bytes: i64): i32 {
  const map = kept();
  if (pos >= map.offset && <u64>pos < <u64>map.offset + map.length) return 0;
  const srcmap = changetype<iomap>(kept_block + 40);
  iomap_clear(map);
  iomap_clear(srcmap);
  // There is no ->iomap_end for writeback.
  const err = call_begin(fuse_iomap_ops(), inode, pos, bytes, writeback_flags(), map, srcmap);
  if (err != 0) iomap_clear(map);
  return err;
}

/** Puts [pos, pos + bytes) of a folio on its way, as far as one mapping goes. Bytes, or -errno. */
function iomap_add_to_ioend(inode: inode, f: folio, pos: i64, bytes: i64): i64 {
  const map = kept();
  const n = <i64>min<u64>(<u64>bytes, <u64>map.offset + map.length - <u64>pos);
  switch (map.type) {
    case IOMAP_HOLE:
      // No device gets it, no error tells.
      trace_bytes(Origin.NOT_WRITTEN, <u64>pos, <u64>n);
      return n;
    case IOMAP_INLINE:
      trace_warn(Warn.WRITEBACK_INLINE, <u64>pos, 0);
      return -EIO;
    case IOMAP_DELALLOC:
      trace_warn(Warn.WRITEBACK_DELALLOC, <u64>pos, 0);
      return -EIO;
    default: {
      let flags: u32 = 0;
      if (map.type == IOMAP_UNWRITTEN) flags |= FUSE_IOMAP_IOEND_UNWRITTEN;
      if ((map.flags & IOMAP_F_SHARED) != 0) flags |= FUSE_IOMAP_IOEND_SHARED;
      const boundary = (map.flags & IOMAP_F_BOUNDARY) != 0 && pos == map.offset;
      ioend_add(inode, f, pos, n, map, flags, boundary);
      return n;
    }
  }
}

/** Writes one run of dirty blocks. 0 or -errno; the server is told of a failure. */
function iomap_writeback_range(inode: inode, f: folio, pos: i64, end: i64): i32 {
  while (pos < end) {
    let err: i64 = map_blocks(inode, pos, end - pos);
    if (halted()) return -EHALTED;
    if (err == 0) err = iomap_add_to_ioend(inode, f, pos, end - pos);
    if (err < 0) {
      // The rest of the folio is given up; its data stays readable until it leaves the cache.
      const folio_end = folio_pos(inode, f) + folio_bytes(inode);
      fuse_iomap_ops().end_io(inode, pos, folio_end - pos, 0, <i32>err, 0, u64.MAX_VALUE);
      return <i32>err;
    }
    pos += err;
  }
  return 0;
}

/** One dirty folio, run by run. 0 or -errno. */
function iomap_writeback_folio(inode: inode, f: folio): i32 {
  const base = folio_pos(inode, f);
  if (DEBUG) folio_validate(inode, f);
  const dirty = f.dirty;
  f.dirty = 0;
  if (base >= inode.i_size) return 0;
  const bits = inode.i_blkbits;
  const in_file = min<i64>(inode.i_size - base, folio_bytes(inode));
  if (in_file < folio_bytes(inode)) {
    memory.fill(f.data + <usize>in_file, 0, <usize>(folio_bytes(inode) - in_file));
    if (TRACE) folio_written(f, in_file, folio_bytes(inode) - in_file);
    trace_bytes(Origin.PAST_EOF, <u64>(base + in_file), <u64>(folio_bytes(inode) - in_file));
  }
  const end = <u32>(round_up(in_file, i_blocksize(inode)) >> bits);
  let first: u32 = 0;
  while (first < end && !halted()) {
    if ((dirty & (1 << first)) == 0) {
      first++;
      continue;
    }
    let last = first;
    while (last < end && (dirty & (1 << last)) != 0) last++;
    const err = iomap_writeback_range(inode, f, base + ((<i64>first) << bits), base + ((<i64>last) << bits));
    if (err != 0) return err;
    first = last;
  }
  return 0;
}

/** One pass over the dirty folios that touch [pos, end). It goes on after an error; the first one is the result. */
function iomap_writepages(inode: inode, pos: i64, end: i64): i32 {
  iomap_clear(kept());
  begin_pass();
  let error = 0;
  let f = next_dirty(inode, pos, end);
  while (f && !halted()) {
    const err = iomap_writeback_folio(inode, f);
    // An fsync hears of it even if this pass serves a call that does not tell.
    if (err != 0) mapping_set_error(inode, err);
    if (error == 0) error = err;
    f = next_dirty(inode, folio_pos(inode, f) + folio_bytes(inode), end);
  }
  if (halted()) return -EHALTED;
  // What was not submitted by now fails with the pass.
  error = iomap_ioend_writeback_submit(kept(), error);
  complete_ioends(inode);
  return halted() ? -EHALTED : error;
}

/** A pass that is out of memory is made again, when nothing is left to write: the caller hears of none; do_writepages(). */
function filemap_fdatawrite_range(inode: inode, pos: i64, end: i64): i32 {
  let err = iomap_writepages(inode, pos, end);
  while (err == -ENOMEM) err = iomap_writepages(inode, pos, end);
  return err;
}

/** Writes back for any call but fsync: the first error of the pass, else what kind of error was recorded. */
export function filemap_write_and_wait_range(inode: inode, pos: i64, end: i64): i32 {
  const err = filemap_fdatawrite_range(inode, pos, end);
  if (halted()) return -EHALTED;
  const recorded = filemap_check_errors(inode);
  return err != 0 ? err : recorded;
}

/** Writes back for fsync: the first error of the pass, else the one recorded last, which is told once. */
export function file_write_and_wait_range(inode: inode, pos: i64, end: i64): i32 {
  const err = filemap_fdatawrite_range(inode, pos, end);
  if (halted()) return -EHALTED;
  const recorded = file_check_and_advance_wb_err(inode);
  return err != 0 ? err : recorded;
}
