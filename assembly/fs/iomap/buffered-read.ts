// SPDX-License-Identifier: GPL-2.0-only
/** Reading through the page cache. */

import { halted } from '../../halt';
import { EAGAIN, EHALTED, EIO } from '../../include/linux/errno';
import { IOMAP_INLINE, IOMAP_NOWAIT, iomap_ops } from '../../include/linux/iomap';
import {
  block_mask,
  drop_folio,
  filemap_get_folio,
  folio,
  folio_bytes,
  folio_index,
  folio_pos,
  get_folio,
  is_uptodate,
} from '../../mm/filemap';
import { Origin } from '../../records';
import { trace_bytes } from '../../trace';
import { inode } from '../../include/linux/fs';
import { round_down, round_up } from '../../include/linux/math';
import {
  iomap_block_needs_zeroing,
  iomap_read_inline_data,
  iomap_adjust_read_range,
  iomap_is_partially_uptodate,
  read_bio_add,
  read_bio_submit,
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

/** Readahead as after POSIX_FADV_RANDOM: what is asked for, in pieces of at most 128 KiB (docs/LIMITS.md). */
const READAHEAD_BYTES: i64 = 128 << 10;

/** Fills what one mapping covers of one folio; advances past it. */
function iomap_readpage_iter(it: iomap_iter_state, f: folio): void {
  const inode = it.inode;
  const source = iomap_iter_srcmap(it);
  if (source.type == IOMAP_INLINE) {
    it.status = iomap_read_inline_data(inode, f, source);
    if (it.status == 0)
      iomap_iter_advance(it, min<i64>(folio_pos(inode, f) + folio_bytes(inode) - it.pos, iomap_length(it)));
    return;
  }
  const base = folio_pos(inode, f);
  let from = it.pos - base;
  const end = min<i64>(folio_bytes(inode), from + iomap_length(it));
  while (from < end && !halted()) {
    iomap_adjust_read_range(inode, f, from, end);
    const start = run_from();
    const stop = run_to();
    if (stop <= start) break;
    if (iomap_block_needs_zeroing(inode, source, base + start)) {
      zero_folio(inode, f, start, stop, zero_origin(inode, source, base + start));
      f.uptodate |= block_mask(inode, start, stop);
    } else {
      read_bio_add(inode, f, start, stop, source);
    }
    from = stop;
  }
  iomap_iter_advance(it, base + end - it.pos);
}

/** Also iomap_read_folio(): a loop over folios that are in the cache already. */
function iomap_readahead(inode: inode, pos: i64, bytes: i64, ops: iomap_ops): i64 {
  const it = iter_new(inode, pos, bytes, 0, ops);
  while (iomap_iter(it) > 0) {
    while (iomap_length(it) > 0 && it.status == 0 && !halted()) {
      const f = filemap_get_folio(inode, folio_index(inode, it.pos));
      if (!f) break;
      iomap_readpage_iter(it, f);
    }
  }
  read_bio_submit(inode);
  const reached = it.pos;
  iter_free(it);
  return reached;
}

/**
 * For each run of neighbours that are missing, one loop. A refused mapping ends it in
 * silence, and the folios that it did not reach leave the cache again.
 */
function page_cache_ra_unbounded(inode: inode, pos: i64, end: i64, ops: iomap_ops): void {
  const size = folio_bytes(inode);
  const first = round_down(pos, size);
  const stop = min<i64>(round_up(end, size), first + max<i64>(READAHEAD_BYTES, size));
  let at = first;
  while (at < stop && !halted()) {
    if (filemap_get_folio(inode, folio_index(inode, at))) {
      at += size;
      continue;
    }
    let run_end = at;
    while (run_end < stop && !filemap_get_folio(inode, folio_index(inode, run_end))) {
      if (!get_folio(inode, folio_index(inode, run_end))) return;
      run_end += size;
    }
    const reached = iomap_readahead(inode, at, run_end - at, ops);
    // A folio that was begun stays.
    for (let unread = round_up(reached, size); unread < run_end; unread += size) {
      const f = filemap_get_folio(inode, folio_index(inode, unread));
      if (f) drop_folio(inode, f);
    }
    at = run_end;
  }
}

/**
 * The folio at `pos`; null if it could not be had. All blocks of it that a read of [pos, wanted) touches are up to
 * date, those past the end of the file too: a write at the end of a file never fills them, and so makes a read ask
 * again. What is read ahead for it ends at `end`, that of the file. Without waiting (`nowait`) nothing else is tried.
 */
function filemap_get_pages(
  inode: inode,
  pos: i64,
  end: i64,
  wanted: i64,
  nowait: bool,
  ops: iomap_ops,
): folio | null {
  const index = folio_index(inode, pos);
  const size = folio_bytes(inode);
  if (!filemap_get_folio(inode, index)) page_cache_ra_unbounded(inode, pos, end, ops);
  let f = filemap_get_folio(inode, index);
  const base = <i64>index * size;
  const to = min<i64>(wanted - base, size);
  if (!f || !iomap_is_partially_uptodate(inode, f, pos - base, to)) {
    if (nowait) return null;
    f = f ? f : get_folio(inode, index);
    if (!f || halted()) return null;
    iomap_readahead(inode, base, size, ops);
    // Here the kernel looks at the folio as a whole: one bad block of it is enough.
    if (halted() || !is_uptodate(f)) return null;
  }
  return f;
}

/**
 * Bytes read into `buffer`, or -errno if there were none. Whatever the server or the device said, a
 * page that could not be read is -EIO, or -EAGAIN for a caller that does not wait.
 */
export function filemap_read(
  inode: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  opflags: u32,
  ops: iomap_ops,
): i64 {
  if (pos >= inode.i_size || pos >= inode.s_maxbytes) return 0;
  const nowait = (opflags & IOMAP_NOWAIT) != 0;
  const wanted = pos + min<i64>(count, inode.s_maxbytes - pos);
  const end = min<i64>(wanted, inode.i_size);
  let at = pos;
  while (at < end) {
    const f = filemap_get_pages(inode, at, end, wanted, nowait, ops);
    if (halted()) return -EHALTED;
    if (!f) return at > pos ? at - pos : nowait ? -EAGAIN : -EIO;
    const from = at - folio_pos(inode, f);
    const bytes = min<i64>(end - at, folio_bytes(inode) - from);
    memory.copy(buffer + <usize>(at - pos), f.data + <usize>from, <usize>bytes);
    trace_bytes(Origin.CACHE, <u64>at, <u64>bytes);
    at += bytes;
  }
  return at - pos;
}
