// SPDX-License-Identifier: GPL-2.0-only
import { halted } from '../../halt';
import { EAGAIN, EHALTED, EIO } from '../../include/linux/errno';
import {
  IOMAP_DONTCACHE,
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
} from '../../include/linux/iomap';
import {
  all_blocks,
  block_mask,
  drop_folio,
  find_folio,
  folio,
  folio_bytes,
  folio_index,
  folio_pos,
  get_folio,
  is_uptodate,
  next_dirty,
} from '../../mm/filemap';
import { Origin, Warn } from '../../records';
import { trace_bytes, trace_warn } from '../../trace';
import { inode } from '../fuse/fuse_i';
import {
  inline_oops,
  needs_zeroing,
  next_run,
  read_run,
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
import { write_and_wait } from './page-io';

/** Changing the page cache: writes, zeroing, unsharing. */

/** Bytes of the folio at the iter's position that one turn may work on. */
function turn_bytes(it: iomap_iter_state): i64 {
  const mask = folio_bytes(it.inode) - 1;
  return min<i64>(iomap_length(it), mask + 1 - (it.pos & mask));
}

/**
 * iomap_write_begin(): makes the blocks of [from, to) of a folio ready for a change that leaves parts of them as
 * they are. 0 or -errno.
 */
function write_begin(it: iomap_iter_state, f: folio, from: i64, to: i64): i32 {
  const node = it.inode;
  const source = iomap_iter_srcmap(it);
  if (source.type == IOMAP_INLINE) {
    if (source.offset != 0) {
      trace_warn(Warn.INLINE_OFFSET, <u64>source.offset, 0);
      return -EIO;
    }
    inline_oops(source);
    return -EHALTED;
  }
  const unsharing = (it.flags & IOMAP_UNSHARE) != 0;
  if (!unsharing && from == 0 && to == folio_bytes(node)) return 0;
  if (is_uptodate(f)) return 0;

  const bits = node.blkbits;
  const base = folio_pos(node, f);
  let at = (from >> bits) << bits;
  const end = ((to + ((<i64>1) << bits) - 1) >> bits) << bits;
  while (at < end) {
    next_run(node, f, at, end);
    const start = run_from();
    const stop = run_to();
    if (stop <= start) break;
    at = stop;
    // A run that is wholly overwritten needs nothing that was there.
    const partial = (from > start && from < stop) || (to > start && to < stop);
    if (!unsharing && !partial) continue;
    if (needs_zeroing(node, source, base + start)) {
      if (unsharing) {
        trace_warn(Warn.UNSHARE_ZEROING, <u64>(base + start), 0);
        return -EIO;
      }
      const origin = zero_origin(node, source, base + start);
      zero_folio(node, f, start, min<i64>(from, stop), origin);
      zero_folio(node, f, max<i64>(to, start), stop, origin);
      f.uptodate |= block_mask(node, start, stop);
    } else {
      if ((it.flags & IOMAP_NOWAIT) != 0) return -EAGAIN;
      const err = read_run(node, f, start, stop, source);
      if (err != 0) return err;
    }
  }
  return 0;
}

/** The folio at the iter's position, ready for [from, to) to be changed; null with the iter's status set. */
function begin_folio(it: iomap_iter_state, bytes: i64): folio | null {
  const node = it.inode;
  const f = get_folio(node, folio_index(node, it.pos));
  if (!f) {
    it.status = -EHALTED;
    return null;
  }
  const from = it.pos - folio_pos(node, f);
  const err = write_begin(it, f, from, from + bytes);
  if (err == 0 && !halted()) return f;
  it.status = err;
  return null;
}

function mark_changed(node: inode, f: folio, from: i64, to: i64): void {
  const blocks = block_mask(node, from, to);
  f.uptodate |= blocks;
  f.dirty |= blocks;
}

/** iomap_write_failed(): what the write would have put past the end of the file leaves the cache. */
function write_failed(node: inode, pos: i64, bytes: i64): void {
  const end = pos + bytes;
  const from = max<i64>(pos, node.i_size);
  const f = find_folio(node, folio_index(node, pos));
  if (!f || from >= end) return;
  const base = folio_pos(node, f);
  if (from == base && end == base + folio_bytes(node)) drop_folio(node, f);
  else zero_folio(node, f, from - base, end - base, Origin.PAST_EOF);
}

/** iomap_write_iter(): copies what one mapping takes; `buffer` is where the request's first byte is. */
function write_iter(it: iomap_iter_state, buffer: usize, request_pos: i64): void {
  const node = it.inode;
  let done: i64 = 0;
  while (iomap_length(it) > 0) {
    const bytes = turn_bytes(it);
    const f = begin_folio(it, bytes);
    if (!f) {
      if (halted()) return;
      write_failed(node, it.pos, bytes);
      // After some bytes the mapping is asked for again, and only a second failure is told.
      if (done > 0) it.status = 0;
      return;
    }
    const from = it.pos - folio_pos(node, f);
    memory.copy(f.data + <usize>from, buffer + <usize>(it.pos - request_pos), <usize>bytes);
    mark_changed(node, f, from, from + bytes);
    trace_bytes(Origin.WRITTEN, <u64>it.pos, <u64>bytes);
    if (it.pos + bytes > node.i_size) {
      node.i_size = it.pos + bytes;
      it.iomap.flags |= IOMAP_F_SIZE_CHANGED;
    }
    iomap_iter_advance(it, bytes);
    done += bytes;
  }
}

/** iomap_file_buffered_write(): bytes that went into the page cache, or -errno if none did. */
export function iomap_buffered_write(node: inode, pos: i64, count: i64, buffer: usize, opflags: u32): i64 {
  const it = iter_new(node, pos, count, IOMAP_WRITE | (opflags & (IOMAP_NOWAIT | IOMAP_DONTCACHE)));
  let ret = iomap_iter(it);
  while (ret > 0) {
    write_iter(it, buffer, pos);
    ret = iomap_iter(it);
  }
  const done = it.pos - pos;
  iter_free(it);
  if (halted()) return -EHALTED;
  return done > 0 ? done : ret;
}

/** iomap_zero_iter(): zeros in the page cache for what one mapping covers. */
function zero_iter(it: iomap_iter_state): void {
  const node = it.inode;
  while (iomap_length(it) > 0) {
    const bytes = turn_bytes(it);
    const f = begin_folio(it, bytes);
    if (!f) return;
    const base = folio_pos(node, f);
    if (base > node.i_size) trace_warn(Warn.ZERO_PAST_EOF, <u64>base, <u64>node.i_size);
    const from = it.pos - base;
    zero_folio(node, f, from, from + bytes, Origin.ZEROED);
    mark_changed(node, f, from, from + bytes);
    iomap_iter_advance(it, bytes);
  }
}

/**
 * iomap_zero_range(): zeros over `count` bytes at `pos`; holes and unwritten extents read as zeros already and are
 * left alone, after what is dirty over them has been written back. 0 or -errno.
 */
export function iomap_zero_range(node: inode, pos: i64, count: i64): i32 {
  const bits = node.blkbits;
  const block_end = ((pos + ((<i64>1) << bits) - 1) >> bits) << bits;
  const head = min<i64>(block_end - pos, count);
  if (head > 0 && next_dirty(node, pos, pos + head)) {
    const it = iter_new(node, pos, head, IOMAP_ZERO);
    let ret = iomap_iter(it);
    while (ret > 0) {
      zero_iter(it);
      ret = iomap_iter(it);
    }
    iter_free(it);
    if (ret < 0) return ret;
    pos += head;
    count -= head;
  }
  if (count == 0) return 0;

  let dirty = next_dirty(node, pos, pos + count) != null;
  const it = iter_new(node, pos, count, IOMAP_ZERO);
  let ret = iomap_iter(it);
  while (ret > 0) {
    const type = iomap_iter_srcmap(it).type;
    if (type != IOMAP_HOLE && type != IOMAP_UNWRITTEN) {
      zero_iter(it);
    } else if (dirty) {
      // What is dirty may have turned the hole into data by the time that it is written: look once more.
      dirty = false;
      it.iomap.flags |= IOMAP_F_STALE;
      it.status = write_and_wait(node, it.pos, it.pos + it.len);
    } else {
      iomap_iter_advance(it, iomap_length(it));
    }
    ret = iomap_iter(it);
  }
  iter_free(it);
  return ret;
}

/** iomap_truncate_page(): zeros from `pos` to the end of its block. */
export function iomap_truncate_page(node: inode, pos: i64): i32 {
  const in_block = pos & (((<i64>1) << node.blkbits) - 1);
  return in_block == 0 ? 0 : iomap_zero_range(node, pos, ((<i64>1) << node.blkbits) - in_block);
}

function is_shared(map: iomap, source: iomap): bool {
  return (map.flags & IOMAP_F_SHARED) != 0 && source.type == IOMAP_MAPPED;
}

/** iomap_unshare_iter(): brings shared blocks into the cache, dirty, so that writeback puts them elsewhere. */
function unshare_iter(it: iomap_iter_state): void {
  const node = it.inode;
  // The source itself: a pure overwrite of a shared extent has none and is passed over in silence.
  if (!is_shared(it.iomap, it.srcmap)) {
    iomap_iter_advance(it, iomap_length(it));
    return;
  }
  while (iomap_length(it) > 0) {
    const bytes = turn_bytes(it);
    const f = begin_folio(it, bytes);
    if (!f) return;
    const from = it.pos - folio_pos(node, f);
    f.dirty |= block_mask(node, from, from + bytes) & all_blocks(f);
    iomap_iter_advance(it, bytes);
  }
}

/** iomap_file_unshare(): 0 or -errno. The range is cut to the file's size. */
export function iomap_file_unshare(node: inode, pos: i64, count: i64): i32 {
  if (pos >= node.i_size) return 0;
  const it = iter_new(node, pos, min<i64>(count, node.i_size - pos), IOMAP_WRITE | IOMAP_UNSHARE);
  let ret = iomap_iter(it);
  while (ret > 0) {
    unshare_iter(it);
    ret = iomap_iter(it);
  }
  iter_free(it);
  return ret;
}
