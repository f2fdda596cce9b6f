// SPDX-License-Identifier: GPL-2.0-only
/** Where a file's bytes are: fiemap, lseek and bmap. */

import { EBADR, EFBIG, EINVAL, ENOENT, EOPNOTSUPP } from '../../include/linux/errno';
import {
  IOMAP_DELALLOC,
  IOMAP_F_MERGED,
  IOMAP_F_SHARED,
  IOMAP_HOLE,
  IOMAP_INLINE,
  IOMAP_MAPPED,
  IOMAP_NULL_ADDR,
  IOMAP_REPORT,
  IOMAP_UNWRITTEN,
  iomap,
  iomap_ops,
} from '../../include/linux/iomap';
import { folio, folio_bytes, folio_pos, is_uptodate, next_folio } from '../../mm/filemap';
import { i_blocksize, inode } from '../../include/linux/fs';
import { round_down } from '../../include/linux/math';
import { iomap_is_partially_uptodate } from './folio-io';
import { iomap_iter, iomap_iter_advance, iomap_length, iomap_sector, iter_free, iter_new } from './iter';
import { filemap_write_and_wait_range } from './page-io';

const FIEMAP_FLAG_SYNC: u32 = 1;
const FIEMAP_FLAG_XATTR: u32 = 2;

const FIEMAP_EXTENT_LAST: u32 = 0x1;
const FIEMAP_EXTENT_UNKNOWN: u32 = 0x2;
const FIEMAP_EXTENT_DELALLOC: u32 = 0x4;
const FIEMAP_EXTENT_NOT_ALIGNED: u32 = 0x100;
const FIEMAP_EXTENT_DATA_INLINE: u32 = 0x200;
const FIEMAP_EXTENT_UNWRITTEN: u32 = 0x800;
const FIEMAP_EXTENT_MERGED: u32 = 0x1000;
const FIEMAP_EXTENT_SHARED: u32 = 0x2000;

/**
 *     fiemap_extent as the host reads it, 32 bytes
 *     +0  | logical                             |
 *     +8  | physical                            |
 *     +16 | length                              |
 *     +24 | flags (4)        | unused (4)       |
 */
const EXTENT_BYTES: usize = 32;

/** Tells one mapping as an extent of the caller's array; fiemap_fill_next_extent(). */
function iomap_to_fiemap(extents: usize, at: u32, map: iomap, flags: u32): void {
  if (map.type == IOMAP_DELALLOC) flags |= FIEMAP_EXTENT_DELALLOC | FIEMAP_EXTENT_UNKNOWN;
  else if (map.type == IOMAP_UNWRITTEN) flags |= FIEMAP_EXTENT_UNWRITTEN;
  else if (map.type == IOMAP_INLINE) flags |= FIEMAP_EXTENT_DATA_INLINE | FIEMAP_EXTENT_NOT_ALIGNED;
  if ((map.flags & IOMAP_F_MERGED) != 0) flags |= FIEMAP_EXTENT_MERGED;
  if ((map.flags & IOMAP_F_SHARED) != 0) flags |= FIEMAP_EXTENT_SHARED;
  const to = extents + <usize>at * EXTENT_BYTES;
  store<u64>(to, <u64>map.offset);
  store<u64>(to, map.addr == IOMAP_NULL_ADDR ? 0 : map.addr, 8);
  store<u64>(to, map.length, 16);
  store<u64>(to, flags, 24);
}

const held_block: usize = memory.data(40, 16);

/**
 * FS_IOC_FIEMAP over [start, start + length): the number of extents, or -errno. `room` is how many fit at
 * `extents`; 0 only counts. Each mapping is told when the next is seen, so that the last one of the range can be
 * marked.
 */
export function iomap_fiemap(
  inode: inode,
  start: u64,
  length: u64,
  flags: u32,
  room: u32,
  extents: usize,
  ops: iomap_ops,
): i32 {
  if ((flags & FIEMAP_FLAG_XATTR) != 0) return -EOPNOTSUPP;
  if (length == 0) return -EINVAL;
  const maxbytes = <u64>inode.s_maxbytes;
  if (start >= maxbytes) return -EFBIG;
  length = min<u64>(length, maxbytes - start);
  if ((flags & ~FIEMAP_FLAG_SYNC) != 0) return -EBADR;
  if ((flags & FIEMAP_FLAG_SYNC) != 0) {
    const err = filemap_write_and_wait_range(inode, 0, i64.MAX_VALUE);
    if (err != 0) return err;
  }

  const held = changetype<iomap>(held_block);
  held.type = IOMAP_HOLE;
  let count: u32 = 0;
  const it = iter_new(inode, <i64>start, <i64>length, IOMAP_REPORT, ops);
  let ret = iomap_iter(it);
  let full = false;
  while (ret > 0) {
    const map = it.iomap;
    if (map.type != IOMAP_HOLE) {
      if (held.type != IOMAP_HOLE) {
        if (room != 0) iomap_to_fiemap(extents, count, held, 0);
        count++;
        if (room != 0 && count == room) full = true;
      }
      memory.copy(held_block, changetype<usize>(map), 40);
    }
    // A full array stops here: the extent in hand is dropped, and none is the last.
    if (!full) iomap_iter_advance(it, iomap_length(it));
    ret = iomap_iter(it);
  }
  iter_free(it);
  if (full) return count;
  if (held.type != IOMAP_HOLE) {
    if (room != 0) iomap_to_fiemap(extents, count, held, FIEMAP_EXTENT_LAST);
    count++;
  }
  // An error after the first extent is not told.
  return ret < 0 && ret != -ENOENT && count == 0 ? ret : count;
}

const SEEK_NOWHERE: i64 = -6;

/**
 * From `pos` on, the first place in its folio that the page cache has (`data`), or has not; the folio's end if there
 * is none. It looks at whole blocks up to there, wherever the mapping ends; folio_seek_hole_data().
 */
function folio_seek_hole_data(inode: inode, f: folio, pos: i64, data: bool): i64 {
  const base = folio_pos(inode, f);
  const end = base + folio_bytes(inode);
  if (is_uptodate(f)) return data ? pos : end;
  const block_size = i_blocksize(inode);
  let at = pos;
  while (at < end) {
    const block = round_down(at, block_size);
    if (iomap_is_partially_uptodate(inode, f, block - base, block - base + block_size) == data) break;
    at = block + block_size;
  }
  return at;
}

/**
 * Where in [pos, end) of an unwritten extent the page cache has data (`data`), or has none. No data: -1. No hole:
 * `end`. Data just after the extent in its last folio ends the search too, with `end`.
 */
function mapping_seek_hole_data(inode: inode, pos: i64, end: i64, data: bool): i64 {
  while (pos < end) {
    const f = next_folio(inode, pos, end);
    if (!f) break;
    const base = folio_pos(inode, f);
    if (pos < base) {
      if (!data) return pos;
      pos = base;
    }
    const folio_end = base + folio_bytes(inode);
    pos = folio_seek_hole_data(inode, f, pos, data);
    if (pos < folio_end) return min<i64>(pos, end);
  }
  return data ? -1 : min<i64>(pos, end);
}

/** lseek() with SEEK_DATA (`data`) or SEEK_HOLE: a position, or -errno. */
export function iomap_seek(inode: inode, pos: i64, data: bool, ops: iomap_ops): i64 {
  const size = inode.i_size;
  if (pos < 0 || pos >= size) return SEEK_NOWHERE;
  const it = iter_new(inode, pos, size - pos, IOMAP_REPORT, ops);
  let found: i64 = -1;
  let ret = iomap_iter(it);
  while (ret > 0) {
    const type = it.iomap.type;
    const end = it.pos + iomap_length(it);
    if (type == IOMAP_UNWRITTEN) {
      found = mapping_seek_hole_data(inode, it.pos, end, data);
      if (!data && found == end) found = -1;
    } else if ((type == IOMAP_HOLE) != data) found = it.pos;
    // The answer ends the loop without an advance.
    if (found < 0) iomap_iter_advance(it, iomap_length(it));
    ret = iomap_iter(it);
  }
  iter_free(it);
  if (ret < 0) return ret;
  if (found >= 0) return found;
  return data ? SEEK_NOWHERE : size;
}

/** bmap(): the device block of a file block, 0 for anything that has none, errors included. */
export function iomap_bmap(inode: inode, block: u64, ops: iomap_ops): u64 {
  if (filemap_write_and_wait_range(inode, 0, i64.MAX_VALUE) != 0) return 0;
  const it = iter_new(inode, <i64>(block << inode.i_blkbits), i_blocksize(inode), IOMAP_REPORT, ops);
  let found: u64 = 0;
  let ret = iomap_iter(it);
  while (ret > 0) {
    // One mapping, and no advance.
    const map = it.iomap;
    if (map.type == IOMAP_MAPPED) found = iomap_sector(map, it.pos) >> (inode.i_blkbits - 9);
    ret = iomap_iter(it);
  }
  iter_free(it);
  return ret < 0 ? 0 : found;
}
