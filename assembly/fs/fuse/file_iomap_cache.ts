// SPDX-License-Identifier: GPL-2.0-only
/**
 * The mapping cache, as far as a begin asks it: what it holds is the scenario's to say, and how it holds it is not
 * modelled.
 */

import { Which } from '../../checks';
import { SWAPFILE_WRITES, TRIES_CACHE } from '../../config';
import { EFSCORRUPTED, EINTR, ERETRYCACHE, IS_ERR } from '../../include/linux/errno';
import { inode } from '../../include/linux/fs';
import {
  IOMAP_ATOMIC,
  IOMAP_DELALLOC,
  IOMAP_DIRECT,
  IOMAP_HOLE,
  IOMAP_REPORT,
  IOMAP_UNSHARE,
  IOMAP_ZERO,
  iomap,
} from '../../include/linux/iomap';
import {
  FUSE_IOMAP_OP_SWAPFILE,
  FUSE_IOMAP_OP_WRITEBACK,
  FUSE_IOMAP_TYPE_PURE_OVERWRITE,
  fuse_iomap_io,
} from '../../include/uapi/linux/fuse';
import { heap_take } from '../../mm/slab';
import { Note } from '../../records';
import { refused, trace_note } from '../../trace';
import { fuse_backing_put } from './backing';
import { fuse_iomap_is_file_write } from './file_iomap_convert';
import {
  COOKIE_CACHED,
  TO_READ,
  TO_WRITE,
  fuse_iomap_find_dev,
  fuse_iomap_from_server,
  fuse_iomap_test_access,
} from './file_iomap_dev';
import { current, fuse_backing } from './fuse_i';

/** What a lookup in one fork gives: nothing there, a mapping, or no such fork was ever made. */
export const LOOKUP_HIT: i32 = 0;
export const LOOKUP_MISS: i32 = 1;
export const LOOKUP_NOFORK: i32 = 2;

/**
 *     struct fuse_iomap_cache: what the cache of an inode holds, 4 slots of 40 bytes, and the inline data that its
 *     begins set up
 *     +0  | mapping (fuse_iomap_io, 32 bytes)   |
 *     +32 | kind (4)         | unused (4)       |
 *     ... the read fork before the request and from its answer on, then the write fork
 *     +160| buffer of iomap (4) | of srcmap (4) |
 *     +168| transfer (4)     | unused (4)       |
 *
 * `kind`: 0 nothing, 1 the mapping, 2 there is no such fork.
 */
const SLOT_BYTES: usize = 40;
const KIND: usize = 32;
const SLOTS_BYTES: usize = 4 * SLOT_BYTES;
export const CACHE_BUFFERS: usize = SLOTS_BYTES;
export const CACHE_TRANSFER: usize = SLOTS_BYTES + 8;
const CACHE_BYTES: usize = SLOTS_BYTES + 16;

/** The inode's cache, made when it is first asked for; 0 if memory is out. */
export function fuse_iomap_cache_of(inode: inode): usize {
  if (inode.cache == 0) inode.cache = heap_take(CACHE_BYTES);
  return inode.cache;
}

/** Where the host puts what a fork holds: see struct fuse_iomap_cache. 0 if memory is out, or there is no cache. */
export function inode_cache_slot(handle: usize, write: bool, after: bool): usize {
  if (!TRIES_CACHE) return 0;
  const cache = fuse_iomap_cache_of(changetype<inode>(handle));
  return cache == 0 ? 0 : cache + slot_offset(write, after);
}

function slot_offset(write: bool, after: bool): usize {
  return ((write ? 2 : 0) + (after ? 1 : 0)) * SLOT_BYTES;
}

function slot_at(inode: inode, write: bool, after: bool): usize {
  return inode.cache + slot_offset(write, after);
}

/** fuse_iomap_cache_lookup(): what the fork has for the byte at `pos`. */
function fuse_iomap_cache_lookup(inode: inode, write: bool, after: bool, pos: u64): i32 {
  if (inode.cache == 0) return LOOKUP_MISS;
  const slot = slot_at(inode, write, after);
  const kind = load<u32>(slot, KIND);
  if (kind != 1) return kind == 0 ? LOOKUP_MISS : LOOKUP_NOFORK;
  const map = changetype<fuse_iomap_io>(slot);
  return pos >= map.offset && pos - map.offset < map.length ? LOOKUP_HIT : LOOKUP_MISS;
}

/** Operations that are never answered from the cache. */
export function fuse_iomap_is_uncached_op(opflags: u32): bool {
  const some = IOMAP_REPORT | IOMAP_ATOMIC;
  return (opflags & (SWAPFILE_WRITES ? some | FUSE_IOMAP_OP_SWAPFILE : some)) != 0;
}

/** Fills a struct from a cached mapping: 0 or -errno, with the device looked up and its descriptor's mode tested. */
function take_cached(inode: inode, to: iomap, map: fuse_iomap_io, need: u32): i32 {
  const dev = fuse_iomap_find_dev(inode.fc, map, Which.NONE);
  if (IS_ERR(dev) || refused()) return -EFSCORRUPTED;
  const fb = changetype<fuse_backing | null>(dev);
  const err = fuse_iomap_test_access(fb, map, need, Which.NONE);
  if (err == 0) {
    fuse_iomap_from_server(inode, to, fb, map);
    to.validity_cookie = COOKIE_CACHED;
  }
  fuse_backing_put(fb);
  return err;
}

/** Whether a write can do with what became iomap; if not, the server is asked all the same. */
function serves_write(opflags: u32, type: u16): bool {
  if (type == IOMAP_HOLE) return (opflags & (IOMAP_ZERO | IOMAP_UNSHARE)) != 0;
  if (type == IOMAP_DELALLOC) return (opflags & (IOMAP_DIRECT | FUSE_IOMAP_OP_WRITEBACK)) == 0;
  return true;
}

/**
 * fuse_iomap_try_cache(): LOOKUP_HIT with `to` and perhaps `srcmap` filled in, LOOKUP_MISS, or -errno. A miss may have
 * filled them too, and nobody takes that back. `after` the answer the cache may hold something else.
 */
export function fuse_iomap_try_cache(
  inode: inode,
  pos: u64,
  opflags: u32,
  to: iomap,
  srcmap: iomap,
  after: bool,
): i32 {
  const found = look(inode, pos, opflags, to, srcmap, after);
  if (found >= 0) trace_note(found == LOOKUP_HIT ? Note.CACHE_HIT : Note.CACHE_MISS, after ? 1 : 0);
  return found;
}

function look(inode: inode, pos: u64, opflags: u32, to: iomap, srcmap: iomap, after: bool): i32 {
  const writes = fuse_iomap_is_file_write(opflags);
  let dest = to;
  let need = writes ? TO_WRITE : TO_READ;
  if (writes) {
    const found = fuse_iomap_cache_lookup(inode, true, after, pos);
    if (found == LOOKUP_MISS) return LOOKUP_MISS;
    const map = changetype<fuse_iomap_io>(slot_at(inode, true, after));
    if (found == LOOKUP_HIT && map.type != FUSE_IOMAP_TYPE_PURE_OVERWRITE) {
      const err = take_cached(inode, to, map, TO_WRITE);
      if (err != 0) return err;
      dest = srcmap;
      need = TO_READ;
    }
  }
  const found = fuse_iomap_cache_lookup(inode, false, after, pos);
  if (found == LOOKUP_MISS) return LOOKUP_MISS;
  // The kernel asserts that a cache has a read fork.
  if (found == LOOKUP_NOFORK) return -EFSCORRUPTED;
  const err = take_cached(inode, dest, changetype<fuse_iomap_io>(slot_at(inode, false, after)), need);
  if (err != 0) return err;
  return !writes || serves_write(opflags, to.type) ? LOOKUP_HIT : LOOKUP_MISS;
}

/**
 * The server's reply says to look into the cache: 0 after a hit, or -errno. After a miss the kernel makes the same
 * request again, and again, unless a signal is pending; that is where a call ends here.
 */
export function fuse_iomap_retry_cache(inode: inode, pos: u64, opflags: u32, to: iomap, srcmap: iomap): i32 {
  const tried = fuse_iomap_try_cache(inode, pos, opflags, to, srcmap, true);
  if (tried != LOOKUP_MISS) return tried;
  if (current().signal_pending == 0) return -ERETRYCACHE;
  trace_note(Note.BEGIN_INTERRUPTED);
  return -EINTR;
}

/** fuse_iomap_cache_invalidate_range(): forgets what is cached of [pos, pos + length). */
export function fuse_iomap_cache_invalidate(inode: inode, pos: u64, length: u64): void {
  trace_note(Note.CACHE_INVALIDATED, pos, length);
  if (inode.cache == 0) return;
  for (let slot = inode.cache; slot < inode.cache + SLOTS_BYTES; slot += SLOT_BYTES) {
    const map = changetype<fuse_iomap_io>(slot);
    if (load<u32>(slot, KIND) != 1) continue;
    if (map.offset < pos + length && pos < map.offset + map.length) store<u32>(slot, 0, KIND);
  }
}
