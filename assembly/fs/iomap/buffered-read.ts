// SPDX-License-Identifier: GPL-2.0-only
import { halted } from '../../halt';
import { EAGAIN, EHALTED, EIO } from '../../include/linux/errno';
import { IOMAP_NOWAIT } from '../../include/linux/iomap';
import {
  block_mask,
  drop_folio,
  find_folio,
  folio,
  folio_bytes,
  folio_index,
  folio_pos,
  get_folio,
  is_uptodate,
} from '../../mm/filemap';
import { Origin } from '../../records';
import { trace_bytes } from '../../trace';
import { inode } from '../fuse/fuse_i';
import {
  inline_oops,
  needs_zeroing,
  next_run,
  range_uptodate,
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

/** Reading through the page cache. */

/** Readahead as after POSIX_FADV_RANDOM: what is asked for, in pieces of at most 128 KiB (docs/LIMITS.md). */
const READAHEAD_BYTES: i64 = 128 << 10;

/** Fills what one mapping covers of one folio; advances past it. */
function read_folio_iter(it: iomap_iter_state, f: folio): void {
  const node = it.inode;
  const source = iomap_iter_srcmap(it);
  if (inline_oops(source)) return;
  const base = folio_pos(node, f);
  let from = it.pos - base;
  const end = min<i64>(folio_bytes(node), from + iomap_length(it));
  while (from < end && !halted()) {
    next_run(node, f, from, end);
    const start = run_from();
    const stop = run_to();
    if (stop <= start) break;
    if (needs_zeroing(node, source, base + start)) {
      zero_folio(node, f, start, stop, zero_origin(node, source, base + start));
      f.uptodate |= block_mask(node, start, stop);
    } else {
      read_bio_add(node, f, start, stop, source);
    }
    from = stop;
  }
  iomap_iter_advance(it, base + end - it.pos);
}

/** iomap_readahead() or iomap_read_folio(): a loop over folios that are in the cache already. */
function read_folios(node: inode, pos: i64, bytes: i64): i64 {
  const it = iter_new(node, pos, bytes, 0);
  while (iomap_iter(it) > 0) {
    while (iomap_length(it) > 0 && !halted()) {
      const f = find_folio(node, folio_index(node, it.pos));
      if (!f) break;
      read_folio_iter(it, f);
    }
  }
  read_bio_submit(node);
  const reached = it.pos;
  iter_free(it);
  return reached;
}

/**
 * page_cache_ra_unbounded(): for each run of neighbours that are missing, one loop. A refused mapping ends it in
 * silence, and the folios that it did not reach leave the cache again.
 */
function readahead(node: inode, pos: i64, end: i64): void {
  const size = folio_bytes(node);
  const first = pos & ~(size - 1);
  const stop = min<i64>((end + size - 1) & ~(size - 1), first + max<i64>(READAHEAD_BYTES, size));
  let at = first;
  while (at < stop && !halted()) {
    if (find_folio(node, folio_index(node, at))) {
      at += size;
      continue;
    }
    let run_end = at;
    while (run_end < stop && !find_folio(node, folio_index(node, run_end))) {
      if (!get_folio(node, folio_index(node, run_end))) return;
      run_end += size;
    }
    const reached = read_folios(node, at, run_end - at);
    // A folio that was begun stays.
    for (let unread = (reached + size - 1) & ~(size - 1); unread < run_end; unread += size) {
      const f = find_folio(node, folio_index(node, unread));
      if (f) drop_folio(node, f);
    }
    at = run_end;
  }
}

/** The folio at `pos` with [pos, end) of it up to date; null if that could not be done. */
function filemap_get(node: inode, pos: i64, end: i64): folio | null {
  const index = folio_index(node, pos);
  const size = folio_bytes(node);
  if (!find_folio(node, index)) readahead(node, pos, end);
  let f = find_folio(node, index);
  const base = <i64>index * size;
  const to = min<i64>(end - base, size);
  if (!f || !range_uptodate(node, f, pos - base, to)) {
    f = f ? f : get_folio(node, index);
    if (!f || halted()) return null;
    read_folios(node, base, size);
    // Here the kernel looks at the folio as a whole: one bad block of it is enough.
    if (halted() || !is_uptodate(f)) return null;
  }
  return f;
}

/**
 * filemap_read(): bytes read into `buffer`, or -errno if there were none. Whatever the server or the device said, a
 * page that could not be read is -EIO.
 */
export function iomap_buffered_read(node: inode, pos: i64, count: i64, buffer: usize, opflags: u32): i64 {
  if (pos >= node.i_size) return 0;
  const end = pos + min<i64>(count, node.i_size - pos);
  let at = pos;
  while (at < end) {
    if ((opflags & IOMAP_NOWAIT) != 0 && !cached(node, at, end)) return at > pos ? at - pos : -EAGAIN;
    const f = filemap_get(node, at, end);
    if (halted()) return -EHALTED;
    if (!f) return at > pos ? at - pos : -EIO;
    const from = at - folio_pos(node, f);
    const bytes = min<i64>(end - at, folio_bytes(node) - from);
    memory.copy(buffer + <usize>(at - pos), f.data + <usize>from, <usize>bytes);
    trace_bytes(Origin.CACHE, <u64>at, <u64>bytes);
    at += bytes;
  }
  return at - pos;
}

function cached(node: inode, pos: i64, end: i64): bool {
  const f = find_folio(node, folio_index(node, pos));
  if (!f) return false;
  const from = pos - folio_pos(node, f);
  return range_uptodate(node, f, from, min<i64>(folio_bytes(node), from + end - pos));
}
