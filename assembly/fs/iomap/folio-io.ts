// SPDX-License-Identifier: GPL-2.0-only
/** Getting blocks of a folio up to date: the runs that are read at once, and what is zeroed instead. */

import { block_device } from '../../block/bdev';
import { REQ_OP_READ, bio_move, submit_bio } from '../../block/bio';
import { Oops, halted, oops } from '../../halt';
import { IOMAP_DELALLOC, IOMAP_F_NEW, IOMAP_MAPPED, IOMAP_UNWRITTEN, iomap } from '../../include/linux/iomap';
import { block_mask, folio, folio_bytes, folio_pos, folio_written } from '../../mm/filemap';
import { Origin, Payload, Warn } from '../../records';
import { trace_bytes, trace_segment, trace_warn } from '../../trace';
import { DEBUG, READS_INLINE, TRACE } from '../../config';
import { EIO } from '../../include/linux/errno';
import { i_blocksize, inode } from '../../include/linux/fs';
import { round_up } from '../../include/linux/math';
import { iomap_sector } from './iter';

/** Where iomap_adjust_read_range() leaves the ends of a run. */
const run_block: usize = memory.data(16, 8);

export function run_from(): i64 {
  return load<i64>(run_block);
}
export function run_to(): i64 {
  return load<i64>(run_block, 8);
}

/**
 * The next run of blocks to fill in [from, to), byte offsets in the folio. Blocks that
 * are up to date are skipped, the run ends before the next of them, and one that spans the end of the file ends
 * with the block of its last byte. Results at run_from() and run_to(); an empty run means that none is left.
 */
export function iomap_adjust_read_range(inode: inode, f: folio, from: i64, to: i64): void {
  const bits = inode.i_blkbits;
  let first = <u32>(from >> bits);
  const end = <u32>(round_up(to, i_blocksize(inode)) >> bits);
  while (first < end && (f.uptodate & (1 << first)) != 0) first++;
  let last = first;
  while (last < end && (f.uptodate & (1 << last)) == 0) last++;
  const start = max<i64>(from, (<i64>first) << bits);
  let stop = min<i64>(to, (<i64>last) << bits);
  const size = inode.i_size - folio_pos(inode, f);
  if (start < size && stop > size) stop = min<i64>(stop, round_up(size, i_blocksize(inode)));
  if (DEBUG) assert(from <= to && start >= from && stop <= to, 'a run is part of what was asked for');
  store<i64>(run_block, start);
  store<i64>(run_block, max<i64>(start, stop), 8);
}

/** Is there nothing on the device to read at this file position? */
export function iomap_block_needs_zeroing(inode: inode, source: iomap, pos: i64): bool {
  return source.type != IOMAP_MAPPED || (source.flags & IOMAP_F_NEW) != 0 || pos >= inode.i_size;
}

/** What zeros at a position are made of, for the record. */
export function zero_origin(inode: inode, source: iomap, pos: i64): Origin {
  if (source.type == IOMAP_UNWRITTEN) return Origin.UNWRITTEN;
  if (source.type == IOMAP_DELALLOC) return Origin.DELALLOC;
  if (source.type == IOMAP_MAPPED) return pos >= inode.i_size ? Origin.PAST_EOF : Origin.NEW;
  return Origin.HOLE;
}

export function zero_folio(inode: inode, f: folio, from: i64, to: i64, origin: Origin): void {
  if (to <= from) return;
  memory.fill(f.data + <usize>from, 0, <usize>(to - from));
  if (TRACE) folio_written(f, from, to - from);
  trace_bytes(origin, <u64>(folio_pos(inode, f) + from), <u64>(to - from));
}

/**
 * A folio gets the inline data of a mapping, and zeros after it: 0 or -errno. Where no begin sets up a buffer, reading
 * it follows a NULL pointer.
 */
export function iomap_read_inline_data(inode: inode, f: folio, map: iomap): i32 {
  if (!READS_INLINE || map.inline_data == 0) return oops(Oops.INLINE_DATA);
  const bytes = folio_bytes(inode);
  const from = map.offset - folio_pos(inode, f);
  if ((f.uptodate & block_mask(inode, from, bytes)) == block_mask(inode, from, bytes)) return 0;
  const size = inode.i_size - map.offset;
  if (size > <i64>map.length) {
    trace_warn(Warn.INLINE_SIZE, <u64>size, map.length);
    return -EIO;
  }
  const data = max<i64>(size, 0);
  memory.copy(f.data + <usize>from, map.inline_data, <usize>data);
  memory.fill(f.data + <usize>(from + data), 0, <usize>(bytes - from - data));
  if (TRACE) folio_written(f, from, bytes - from);
  f.uptodate |= block_mask(inode, from, bytes);
  return 0;
}

/**
 * A read bio that grows while runs continue at the next sector of the same device (docs/LIMITS.md), and the places
 * that its bytes go to.
 *
 *     +0  | bdev (4)         | segments (4)     |
 *     +8  | sector                              |
 *     +16 | bytes                               |
 *     +24 | segment 0: folio (4) | from (4) | bytes (4) | unused (4)  ...
 */
@unmanaged
class read_bio {
  bdev: usize;
  segments: u32;
  sector: u64;
  bytes: u64;
}
const SEGMENTS: u32 = 256;
const bio_block: usize = memory.data(24 + 256 * 16, 16);

function pending(): read_bio {
  return changetype<read_bio>(bio_block);
}

function segment(i: u32): usize {
  return bio_block + 24 + ((<usize>i) << 4);
}

/** Adds a run of a folio to the bio; one that does not continue it is submitted before. */
export function read_bio_add(inode: inode, f: folio, from: i64, to: i64, source: iomap): void {
  const bio = pending();
  const bdev = changetype<usize>(source.bdev);
  const sector = iomap_sector(source, folio_pos(inode, f) + from);
  const joins = bio.segments != 0 && bio.bdev == bdev && bio.sector + (bio.bytes >> 9) == sector;
  if (!joins || bio.segments == SEGMENTS) {
    read_bio_submit(inode);
    bio.bdev = bdev;
    bio.sector = sector;
  }
  const at = segment(bio.segments++);
  store<usize>(at, changetype<usize>(f));
  store<u32>(at, <u32>from, 4);
  store<u32>(at, <u32>(to - from), 8);
  bio.bytes += <u64>(to - from);
}

/** Where in the file a segment goes. */
function segment_pos(inode: inode, i: u32): i64 {
  return folio_pos(inode, changetype<folio>(load<usize>(segment(i)))) + <i64>load<u32>(segment(i), 4);
}

/** In a debug build: how many bytes the segments have together. */
function segment_bytes(count: u32): u64 {
  let bytes: u64 = 0;
  for (let i: u32 = 0; i < count; i++) bytes += load<u32>(segment(i), 8);
  return bytes;
}

/** For the record: the ranges of the file that the pending bio serves, if it is more than one. */
function trace_segments(inode: inode, count: u32): void {
  let start = segment_pos(inode, 0);
  let end = start;
  let split = false;
  for (let i: u32 = 0; i < count; i++) {
    const pos = segment_pos(inode, i);
    if (pos != end) {
      trace_segment(<u64>start, <u64>(end - start));
      start = pos;
      end = pos;
      split = true;
    }
    end += load<u32>(segment(i), 8);
  }
  if (split) trace_segment(<u64>start, <u64>(end - start));
}

/** Submits what is pending. A bio that fails leaves all its blocks as they were; a call that halted submits none. */
export function read_bio_submit(inode: inode): i32 {
  const bio = pending();
  const count = bio.segments;
  if (count == 0) return 0;
  const pos = <u64>segment_pos(inode, 0);
  const bdev = changetype<block_device | null>(bio.bdev);
  const err = submit_bio(bdev, REQ_OP_READ, bio.sector, bio.bytes, pos, Payload.NONE);
  if (TRACE) trace_segments(inode, count);
  let at = bio.sector << 9;
  if (DEBUG) assert(segment_bytes(count) == bio.bytes, 'the segments are the bio');
  for (let i: u32 = 0; i < count && err == 0 && !halted(); i++) {
    const f = changetype<folio>(load<usize>(segment(i)));
    const from = load<u32>(segment(i), 4);
    const bytes = load<u32>(segment(i), 8);
    bio_move(bdev!, REQ_OP_READ, at, f.data + from, bytes);
    if (TRACE) folio_written(f, from, bytes);
    f.uptodate |= block_mask(inode, from, <i64>from + bytes);
    at += bytes;
  }
  bio.segments = 0;
  bio.bytes = 0;
  return err;
}

/** Reads a run at once, by a bio of its own. 0 or -errno. */
export function iomap_read_folio_range(inode: inode, f: folio, from: i64, to: i64, source: iomap): i32 {
  read_bio_add(inode, f, from, to, source);
  return read_bio_submit(inode);
}

/** Whether [from, to) of a folio, byte offsets, is up to date. */
export function iomap_is_partially_uptodate(inode: inode, f: folio, from: i64, to: i64): bool {
  const wanted = block_mask(inode, from, to);
  return (f.uptodate & wanted) == wanted;
}
