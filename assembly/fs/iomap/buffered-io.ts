// SPDX-License-Identifier: GPL-2.0-only
/** Changing the page cache: writes, zeroing, unsharing. */

import { DEBUG, READS_INLINE, TRACE } from '../../config';
import { halted } from '../../halt';
import { EAGAIN, EHALTED, EIO } from '../../include/linux/errno';
import {
  IOMAP_F_SHARED,
  IOMAP_F_SIZE_CHANGED,
  IOMAP_F_STALE,
  IOMAP_HOLE,
  IOMAP_INLINE,
  IOMAP_MAPPED,
  IOMAP_NOWAIT,
  IOMAP_UNSHARE,
  IOMAP_UNWRITTEN,
  IOMAP_WRITE,
  IOMAP_ZERO,
  iomap,
  iomap_ops,
} from '../../include/linux/iomap';
import {
  all_blocks,
  block_mask,
  drop_folio,
  filemap_get_folio,
  folio,
  folio_bytes,
  folio_index,
  folio_pos,
  folio_written,
  folio_validate,
  get_folio,
  is_uptodate,
  next_dirty,
} from '../../mm/filemap';
import { Origin, Warn } from '../../records';
import { trace_bytes, trace_warn } from '../../trace';
import { i_blocksize, inode } from '../../include/linux/fs';
import { round_down, round_up } from '../../include/linux/math';
import {
  iomap_block_needs_zeroing,
  iomap_read_inline_data,
  iomap_adjust_read_range,
  iomap_read_folio_range,
  run_from,
  run_to,
  zero_folio,
  zero_origin,
} from './folio-io';
import {
  iomap_iter,
  iomap_iter_state,
  iomap_iter_advance,
  iomap_iter_srcmap,
  iomap_length,
  iter_free,
  iter_new,
} from './iter';
import { filemap_write_and_wait_range } from './page-io';

/** Bytes of the folio at the iter's position that one turn may work on. */
function turn_bytes(it: iomap_iter_state): i64 {
  const mask = folio_bytes(it.inode) - 1;
  return min<i64>(iomap_length(it), mask + 1 - (it.pos & mask));
}

/** A change of inline data: 0 or -errno. */
function iomap_write_begin_inline(inode: inode, f: folio, source: iomap): i32 {
  if (source.offset != 0) {
    trace_warn(Warn.INLINE_OFFSET, <u64>source.offset, 0);
    return -EIO;
  }
  return iomap_read_inline_data(inode, f, source);
}

/**
 * Makes the blocks of [from, to) of a folio ready for a change that leaves parts of them as they are. 0 or -errno.
 */
function __iomap_write_begin(it: iomap_iter_state, f: folio, from: i64, to: i64): i32 {
  const inode = it.inode;
  const source = iomap_iter_srcmap(it);
  if (source.type == IOMAP_INLINE) return iomap_write_begin_inline(inode, f, source);
  const unsharing = (it.flags & IOMAP_UNSHARE) != 0;
  if (!unsharing && from == 0 && to == folio_bytes(inode)) return 0;
  if (is_uptodate(f)) return 0;

  const block_size = i_blocksize(inode);
  const base = folio_pos(inode, f);
  let at = round_down(from, block_size);
  const end = round_up(to, block_size);
  while (at < end) {
    iomap_adjust_read_range(inode, f, at, end);
    const start = run_from();
    const stop = run_to();
    if (stop <= start) break;
    at = stop;
    // A run that is wholly overwritten needs nothing that was there.
    const partial = (from > start && from < stop) || (to > start && to < stop);
    if (!unsharing && !partial) continue;
    if (iomap_block_needs_zeroing(inode, source, base + start)) {
      if (unsharing) {
        trace_warn(Warn.UNSHARE_ZEROING, <u64>(base + start), 0);
        return -EIO;
      }
      const origin = zero_origin(inode, source, base + start);
      zero_folio(inode, f, start, min<i64>(from, stop), origin);
      zero_folio(inode, f, max<i64>(to, start), stop, origin);
      f.uptodate |= block_mask(inode, start, stop);
    } else {
      if ((it.flags & IOMAP_NOWAIT) != 0) return -EAGAIN;
      const err = iomap_read_folio_range(inode, f, start, stop, source);
      if (err != 0) return err;
    }
  }
  return 0;
}

/** The folio at the iter's position, ready for `bytes` there to be changed; null with the iter's status set. */
function iomap_write_begin(it: iomap_iter_state, bytes: i64): folio | null {
  const inode = it.inode;
  const f = get_folio(inode, folio_index(inode, it.pos));
  if (!f) {
    it.status = -EHALTED;
    return null;
  }
  const from = it.pos - folio_pos(inode, f);
  const err = __iomap_write_begin(it, f, from, from + bytes);
  if (err == 0 && !halted()) return f;
  it.status = err;
  return null;
}

/** The blocks of [from, to) of a folio hold what was written; inline data goes on to the mapping's buffer at once. */
function iomap_write_end(it: iomap_iter_state, f: folio, from: i64, to: i64): void {
  const inode = it.inode;
  const map = it.iomap;
  if (READS_INLINE && map.inline_data != 0 && iomap_iter_srcmap(it).type == IOMAP_INLINE) {
    const at = folio_pos(inode, f) + from - map.offset;
    memory.copy(map.inline_data + <usize>at, f.data + <usize>from, <usize>(to - from));
    return;
  }
  const blocks = block_mask(inode, from, to);
  f.uptodate |= blocks;
  f.dirty |= blocks;
  if (DEBUG) folio_validate(inode, f);
}

/** What the write would have put past the end of the file leaves the cache. */
function iomap_write_failed(inode: inode, pos: i64, bytes: i64): void {
  const end = pos + bytes;
  const from = max<i64>(pos, inode.i_size);
  const f = filemap_get_folio(inode, folio_index(inode, pos));
  if (!f || from >= end) return;
  const base = folio_pos(inode, f);
  if (from == base && end == base + folio_bytes(inode)) drop_folio(inode, f);
  else zero_folio(inode, f, from - base, end - base, Origin.PAST_EOF);
}

/** Copies what one mapping takes; `buffer` is where the request's first byte is. */
function iomap_write_iter(it: iomap_iter_state, buffer: usize, request_pos: i64): void {
  const inode = it.inode;
  let done: i64 = 0;
  while (iomap_length(it) > 0) {
    const bytes = turn_bytes(it);
    const f = iomap_write_begin(it, bytes);
    if (!f) {
      if (halted()) return;
      iomap_write_failed(inode, it.pos, bytes);
      // After some bytes the mapping is asked for again, and only a second failure is told.
      if (done > 0) it.status = 0;
      return;
    }
    const from = it.pos - folio_pos(inode, f);
    memory.copy(f.data + <usize>from, buffer + <usize>(it.pos - request_pos), <usize>bytes);
    if (TRACE) folio_written(f, from, bytes);
    iomap_write_end(it, f, from, from + bytes);
    trace_bytes(Origin.WRITTEN, <u64>it.pos, <u64>bytes);
    if (it.pos + bytes > inode.i_size) {
      inode.i_size = it.pos + bytes;
      it.iomap.flags |= IOMAP_F_SIZE_CHANGED;
    }
    iomap_iter_advance(it, bytes);
    done += bytes;
  }
}

/** A buffered write: bytes that went into the page cache, or -errno if none did. */
export function iomap_file_buffered_write(
  inode: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  opflags: u32,
  ops: iomap_ops,
): i64 {
  const it = iter_new(inode, pos, count, IOMAP_WRITE | (opflags & IOMAP_NOWAIT), ops);
  let ret = iomap_iter(it);
  while (ret > 0) {
    iomap_write_iter(it, buffer, pos);
    ret = iomap_iter(it);
  }
  const done = it.pos - pos;
  iter_free(it);
  if (halted()) return -EHALTED;
  return done > 0 ? done : ret;
}

/** Zeros in the page cache for what one mapping covers. */
function iomap_zero_iter(it: iomap_iter_state): void {
  const inode = it.inode;
  while (iomap_length(it) > 0) {
    const bytes = turn_bytes(it);
    const f = iomap_write_begin(it, bytes);
    if (!f) return;
    const base = folio_pos(inode, f);
    if (base > inode.i_size) trace_warn(Warn.ZERO_PAST_EOF, <u64>base, <u64>inode.i_size);
    const from = it.pos - base;
    zero_folio(inode, f, from, from + bytes, Origin.ZEROED);
    iomap_write_end(it, f, from, from + bytes);
    iomap_iter_advance(it, bytes);
  }
}

/**
 * Zeros over `count` bytes at `pos`; holes and unwritten extents read as zeros already and are
 * left alone, after what is dirty over them has been written back. 0 or -errno.
 */
export function iomap_zero_range(inode: inode, pos: i64, count: i64, ops: iomap_ops): i32 {
  const head = min<i64>(round_up(pos, i_blocksize(inode)) - pos, count);
  if (head > 0 && next_dirty(inode, pos, pos + head)) {
    const it = iter_new(inode, pos, head, IOMAP_ZERO, ops);
    let ret = iomap_iter(it);
    while (ret > 0) {
      iomap_zero_iter(it);
      ret = iomap_iter(it);
    }
    iter_free(it);
    if (ret < 0) return ret;
    pos += head;
    count -= head;
  }
  if (count == 0) return 0;

  let dirty = next_dirty(inode, pos, pos + count) != null;
  const it = iter_new(inode, pos, count, IOMAP_ZERO, ops);
  let ret = iomap_iter(it);
  while (ret > 0) {
    const type = iomap_iter_srcmap(it).type;
    if (type != IOMAP_HOLE && type != IOMAP_UNWRITTEN) {
      iomap_zero_iter(it);
    } else if (dirty) {
      // What is dirty may have turned the hole into data by the time that it is written: look once more.
      dirty = false;
      it.iomap.flags |= IOMAP_F_STALE;
      it.status = filemap_write_and_wait_range(inode, it.pos, it.pos + it.len);
    } else {
      iomap_iter_advance(it, iomap_length(it));
    }
    ret = iomap_iter(it);
  }
  iter_free(it);
  return ret;
}

/** Zeros from `pos` to the end of its block. */
export function iomap_truncate_page(inode: inode, pos: i64, ops: iomap_ops): i32 {
  const block_end = round_up(pos, i_blocksize(inode));
  return block_end == pos ? 0 : iomap_zero_range(inode, pos, block_end - pos, ops);
}

/** Whether there is something to unshare. The source itself counts: a pure overwrite of a shared extent has none. */
function iomap_want_unshare_iter(it: iomap_iter_state): bool {
  return (it.iomap.flags & IOMAP_F_SHARED) != 0 && it.srcmap.type == IOMAP_MAPPED;
}

/** Brings shared blocks into the cache, dirty, so that writeback puts them elsewhere. */
function iomap_unshare_iter(it: iomap_iter_state): void {
  const inode = it.inode;
  if (!iomap_want_unshare_iter(it)) {
    iomap_iter_advance(it, iomap_length(it));
    return;
  }
  while (iomap_length(it) > 0) {
    const bytes = turn_bytes(it);
    const f = iomap_write_begin(it, bytes);
    if (!f) return;
    const from = it.pos - folio_pos(inode, f);
    f.dirty |= block_mask(inode, from, from + bytes) & all_blocks(f);
    iomap_iter_advance(it, bytes);
  }
}

/** Unshares a range: 0 or -errno. The range is cut to the file's size. */
export function iomap_file_unshare(inode: inode, pos: i64, count: i64, ops: iomap_ops): i32 {
  if (pos >= inode.i_size) return 0;
  const it = iter_new(inode, pos, min<i64>(count, inode.i_size - pos), IOMAP_WRITE | IOMAP_UNSHARE, ops);
  let ret = iomap_iter(it);
  while (ret > 0) {
    iomap_unshare_iter(it);
    ret = iomap_iter(it);
  }
  iter_free(it);
  return ret;
}
