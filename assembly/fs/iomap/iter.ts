// SPDX-License-Identifier: GPL-2.0-only
/**
 * The loop of every user of the iomap layer: ask for a mapping, use some of it, say how much, ask again for the
 * rest.
 */

import { DEBUG } from '../../config';
import { Oops, halted, oops } from '../../halt';
import { EHALTED, ERETRYCACHE } from '../../include/linux/errno';
import {
  IOMAP_F_ANON_WRITE,
  IOMAP_F_STALE,
  IOMAP_HOLE,
  SIZEOF_IOMAP,
  iomap,
  iomap_clear,
  iomap_ops,
} from '../../include/linux/iomap';
import { kmem_cache, kmem_cache_alloc, kmem_cache_free } from '../../mm/slab';
import { Warn } from '../../records';
import { Drain, trace_drain, trace_warn } from '../../trace';
import { inode } from '../../include/linux/fs';

/**
 *     iomap_iter, 120 bytes
 *     +0  | inode (4)        | flags (4)        |
 *     +8  | pos                                 |
 *     +16 | len: what is left                   |
 *     +24 | start: pos at the last begin        |
 *     +32 | status (4)       | ops (4)          |
 *     +40 | iomap, 40 bytes                     |
 *     +80 | srcmap, 40 bytes                    |
 */
@unmanaged
export class iomap_iter_state {
  inode: inode;
  flags: u32;
  pos: i64;
  len: i64;
  start: i64;
  /** What the body ended with: 0 or -errno. */
  status: i32;
  ops: iomap_ops;

  get iomap(): iomap {
    return changetype<iomap>(changetype<usize>(this) + 40);
  }

  get srcmap(): iomap {
    return changetype<iomap>(changetype<usize>(this) + 40 + SIZEOF_IOMAP);
  }
}
const SIZEOF_ITER: u32 = 120;

const iters_block: usize = memory.data(16, 16);

/** A loop over `len` bytes at `pos`. If memory is out it halts the call, and the loop ends at once. */
export function iter_new(inode: inode, pos: i64, len: i64, flags: u32, ops: iomap_ops): iomap_iter_state {
  let at = kmem_cache_alloc(changetype<kmem_cache>(iters_block), SIZEOF_ITER);
  if (at == 0) {
    oops(Oops.OUT_OF_MEMORY);
    at = spare_block;
    memory.fill(at, 0, SIZEOF_ITER);
  }
  const it = changetype<iomap_iter_state>(at);
  it.inode = inode;
  it.pos = pos;
  it.len = len;
  it.flags = flags;
  it.ops = ops;
  return it;
}
const spare_block: usize = memory.data(120, 16);

export function iter_free(it: iomap_iter_state): void {
  const at = changetype<usize>(it);
  if (at != spare_block) kmem_cache_free(changetype<kmem_cache>(iters_block), at);
}

/** End of the bytes that both mappings cover; a HOLE as source does not limit. */
function mapped_end(map: iomap, source: iomap): u64 {
  const end = <u64>map.offset + map.length;
  return source.type == IOMAP_HOLE ? end : min<u64>(end, <u64>source.offset + source.length);
}

/** How many of `len` bytes at `pos` two mappings allow at once. */
export function iomap_length_trim(map: iomap, source: iomap, pos: i64, len: i64): i64 {
  return <i64>min<u64>(<u64>len, mapped_end(map, source) - <u64>pos);
}

/** How many bytes at pos the loop's mappings allow at once. */
export function iomap_length(it: iomap_iter_state): i64 {
  return iomap_length_trim(it.iomap, it.srcmap, it.pos, it.len);
}

/** Where data comes from. A HOLE as source means: from the mapping itself. */
export function iomap_iter_srcmap(it: iomap_iter_state): iomap {
  return it.srcmap.type == IOMAP_HOLE ? it.iomap : it.srcmap;
}

/** `bytes` more are done. */
export function iomap_iter_advance(it: iomap_iter_state, bytes: i64): void {
  if (DEBUG) assert(bytes >= 0 && bytes <= iomap_length(it), 'an advance stays in its mapping');
  it.pos += bytes;
  it.len -= bytes;
}

/** 512-byte sector of a file position. The low nine bits of an address are lost here. */
export function iomap_sector(map: iomap, pos: i64): u64 {
  if ((map.flags & IOMAP_F_ANON_WRITE) != 0) return u64.MAX_VALUE;
  return (map.addr + <u64>pos - <u64>map.offset) >> 9;
}

/** ->iomap_begin of the file system, with its trace handed over. Where the kernel would wait for its mapping cache, the call halts. */
export function call_begin(
  ops: iomap_ops,
  inode: inode,
  pos: i64,
  len: i64,
  flags: u32,
  to: iomap,
  srcmap: iomap,
): i32 {
  // What is on record belongs to no call, and leaves room for all of this one.
  trace_drain(Drain.FULL, 0, 0, 0);
  const ret = ops.iomap_begin(inode, pos, len, flags, to, srcmap);
  if (ret == -ERETRYCACHE) oops(Oops.WAITING);
  trace_drain(Drain.BEGIN, ret, changetype<usize>(to), changetype<usize>(srcmap));
  return ret;
}

function call_end(it: iomap_iter_state, count: i64, written: i64): i32 {
  trace_drain(Drain.FULL, 0, 0, 0);
  const ret = it.ops.iomap_end(it.inode, it.start, count, written, it.flags, it.iomap);
  trace_drain(Drain.END, ret, changetype<usize>(it.iomap), 0);
  return ret;
}

/** Each of these is a WARN and nothing more. */
function iomap_iter_done(it: iomap_iter_state): void {
  const map = it.iomap;
  if (map.offset > it.pos) trace_warn(Warn.ITER_OFFSET, <u64>map.offset, <u64>it.pos);
  if (map.length == 0) trace_warn(Warn.ITER_EMPTY, 0, <u64>it.pos);
  if (<u64>map.offset + map.length <= <u64>it.pos)
    trace_warn(Warn.ITER_END, <u64>map.offset + map.length, <u64>it.pos);
  if ((map.flags & IOMAP_F_STALE) != 0) trace_warn(Warn.ITER_STALE, 0, 0);
}

/** 1 if a mapping is there to be used, 0 if all is done, -errno. */
export function iomap_iter(it: iomap_iter_state): i32 {
  if (halted()) return -EHALTED;
  if (it.iomap.length != 0) {
    const done = it.pos - it.start;
    if (DEBUG) assert(done >= 0 && it.len >= 0, 'a loop goes forward, to its end at most');
    const stale = (it.iomap.flags & IOMAP_F_STALE) != 0;
    const count = iomap_length_trim(it.iomap, it.srcmap, it.start, it.len + done);
    const ret = call_end(it, count, done);
    if (halted()) return -EHALTED;
    // After progress an error of end is lost.
    if (ret < 0 && done == 0 && it.status == 0) return ret;
    if (it.status < 0) return it.status;
    if (it.len == 0 || (done == 0 && !stale)) return 0;
    iomap_clear(it.iomap);
    iomap_clear(it.srcmap);
  }
  const ret = call_begin(it.ops, it.inode, it.pos, it.len, it.flags, it.iomap, it.srcmap);
  if (halted()) return -EHALTED;
  if (ret < 0) return ret;
  it.start = it.pos;
  it.status = 0;
  // Nothing, if the caller asked for nothing: an unsharing of 0 bytes has one begin.
  if (DEBUG) assert(it.len >= 0, 'no mapping is asked for past the end of a loop');
  iomap_iter_done(it);
  return 1;
}
