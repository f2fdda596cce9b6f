// SPDX-License-Identifier: GPL-2.0-only
/** Bios of a writeback pass and what follows their completion. */

import { block_device } from '../../block/bdev';
import { REQ_OP_WRITE, bio_move, submit_bio } from '../../block/bio';
import { DEBUG } from '../../config';
import { Oops, halted, oops } from '../../halt';
import { EIO } from '../../include/linux/errno';
import { IOMAP_F_ANON_WRITE, iomap } from '../../include/linux/iomap';
import { kmem_cache, kmem_cache_alloc, kmem_cache_free } from '../../mm/slab';
import { folio, folio_pos, mapping_set_error } from '../../mm/filemap';
import { FUSE_IOMAP_IOEND_WRITEBACK } from '../fuse/file_iomap_ioend';
import { fuse_iomap_ops } from '../fuse/iomap_ops';
import { fuse_iomap_find_backing_id } from '../fuse/file_iomap_end';
import { inode } from '../../include/linux/fs';
import { blk_errno } from '../../block/status';
import { Payload, Warn } from '../../records';
import { trace_warn } from '../../trace';
import { iomap_sector } from './iter';

/**
 *     ioend, 56 bytes: one bio, and the bytes of the file that it carries
 *     +0  | next (4)         | flags (4)        |
 *     +8  | pos                                 |
 *     +16 | size: clamped to the file's         |
 *     +24 | sector                              |
 *     +32 | bytes written                       |
 *     +40 | bdev (4)         | error (4)        |
 *     +48 | first segment (4)| last segment (4) |
 */
@unmanaged
class ioend {
  next: usize;
  flags: u32;
  pos: i64;
  size: i64;
  sector: u64;
  bytes: i64;
  bdev: usize;
  error: i32;
  first: usize;
  last: usize;
}

/** A piece of a folio: data (4), bytes (4), next (4). */
@unmanaged
class segment {
  data: usize;
  bytes: u32;
  next: usize;
}

/**
 *     of the pass
 *     +0  | first ioend (4)  | last ioend (4)   |
 *     +8  | open (4): the last one still grows  |
 */
@unmanaged
class pass {
  first: usize;
  last: usize;
  open: u32;
}

const ioends_block: usize = memory.data(16, 16);
const segments_block: usize = memory.data(16, 16);
const pass_block: usize = memory.data(16, 16);

function current_pass(): pass {
  return changetype<pass>(pass_block);
}

/** Starts with no bio; those of a call that never returned stay with it. */
export function begin_pass(): void {
  memory.fill(pass_block, 0, offsetof<pass>());
}

/**
 * Sectors are compared, and the device they are on is not: what continues on another device goes to the first one.
 * Nor is anything compared of a mapping without a place.
 */
function iomap_can_add_to_ioend(io: ioend, pos: i64, map: iomap, flags: u32, boundary: bool): bool {
  return (
    !boundary &&
    io.flags == flags &&
    io.pos + io.bytes == pos &&
    (anon(map) || io.sector + <u64>(io.bytes >> 9) == iomap_sector(map, pos))
  );
}

/** The server has promised a place, and has none yet. */
function anon(map: iomap): bool {
  return (map.flags & IOMAP_F_ANON_WRITE) != 0;
}

/** Adds bytes of a folio to the open bio, or submits that and opens another. */
export function ioend_add(
  inode: inode,
  f: folio,
  pos: i64,
  bytes: i64,
  map: iomap,
  flags: u32,
  boundary: bool,
): void {
  const p = current_pass();
  let io = changetype<ioend>(p.last);
  if (p.open == 0 || !iomap_can_add_to_ioend(io, pos, map, flags, boundary)) {
    // The pass keeps its pointer to a bio that failed here, which is freed: its next use is one after free.
    if (iomap_ioend_writeback_submit(map, 0) != 0) {
      oops(Oops.WRITEBACK_FREED);
      return;
    }
    const at = kmem_cache_alloc(changetype<kmem_cache>(ioends_block), <u32>offsetof<ioend>());
    if (at == 0) {
      oops(Oops.OUT_OF_MEMORY);
      return;
    }
    io = changetype<ioend>(at);
    io.flags = flags;
    io.pos = pos;
    io.sector = iomap_sector(map, pos);
    io.bdev = changetype<usize>(map.bdev);
    if (p.last != 0) changetype<ioend>(p.last).next = at;
    else p.first = at;
    p.last = at;
    p.open = 1;
  }
  const at = kmem_cache_alloc(changetype<kmem_cache>(segments_block), <u32>offsetof<segment>());
  if (at == 0) {
    oops(Oops.OUT_OF_MEMORY);
    return;
  }
  const piece = changetype<segment>(at);
  piece.data = f.data + <usize>(pos - folio_pos(inode, f));
  piece.bytes = <u32>bytes;
  if (io.last != 0) changetype<segment>(io.last).next = at;
  else io.first = at;
  io.last = at;
  io.bytes += bytes;
  // The whole end block is written, but the server hears of the file's bytes only.
  io.size = min<i64>(io.bytes, inode.i_size - io.pos);
  if (DEBUG) assert(bytes > 0 && io.size > 0, 'an ioend has bytes of the file');
}

function free_segments(io: ioend): void {
  let at = io.first;
  while (at != 0) {
    const next = changetype<segment>(at).next;
    kmem_cache_free(changetype<kmem_cache>(segments_block), at);
    at = next;
  }
  io.first = 0;
}

/**
 * Submits the open bio while `map` is the mapping in hand, whichever the bio's own is. With an `error`, -errno of the
 * pass, it fails instead, as a block status has that error, and no device sees it; so it does if the mapping in hand
 * has no place. 0 or -errno.
 */
export function iomap_ioend_writeback_submit(map: iomap, error: i32): i32 {
  const p = current_pass();
  if (p.open == 0 || halted()) return error;
  p.open = 0;
  const io = changetype<ioend>(p.last);
  if (anon(map)) {
    trace_warn(Warn.WRITEBACK_ANON, <u64>io.pos, 0);
    error = -EIO;
  }
  if (error != 0) io.error = blk_errno(error);
  else submit(io);
  free_segments(io);
  return error;
}

function submit(io: ioend): void {
  const bdev = changetype<block_device | null>(io.bdev);
  io.error = submit_bio(bdev, REQ_OP_WRITE, io.sector, <u64>io.bytes, <u64>io.pos, Payload.CACHE);
  let to = io.sector << 9;
  for (let at = io.first; at != 0 && io.error == 0 && !halted(); at = changetype<segment>(at).next) {
    const piece = changetype<segment>(at);
    bio_move(bdev!, REQ_OP_WRITE, to, piece.data, piece.bytes);
    to += piece.bytes;
  }
}

/**
 * All of a pass complete together (docs/LIMITS.md). They come in the order of their offsets, and what could be told
 * together is one bio already: nothing is left to sort or to merge. The server's answer to an ioend of writeback
 * counts for nothing.
 */
export function complete_ioends(inode: inode): void {
  const p = current_pass();
  if (DEBUG) assert(p.open == 0 || halted(), 'every bio is submitted before the pass completes');
  let at = p.first;
  begin_pass();
  while (at != 0) {
    const io = changetype<ioend>(at);
    const next = io.next;
    if (io.error != 0) mapping_set_error(inode, io.error);
    if (!halted()) tell(inode, io);
    kmem_cache_free(changetype<kmem_cache>(ioends_block), at);
    at = next;
  }
}

/** Tells the server of one that is complete. */
function tell(inode: inode, io: ioend): void {
  const dev = fuse_iomap_find_backing_id(inode.fc, changetype<block_device | null>(io.bdev));
  const flags = io.flags | FUSE_IOMAP_IOEND_WRITEBACK;
  fuse_iomap_ops().end_io(inode, io.pos, io.size, flags, io.error, dev, io.sector);
}
