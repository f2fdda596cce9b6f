// SPDX-License-Identifier: GPL-2.0-only
/**
 * The page cache of an inode: folios of max(4096, block size) bytes, each with a flag for every block of it
 * (docs/LIMITS.md).
 */

import { DEBUG, TRACE } from '../config';
import { EIO, ENOSPC } from '../include/linux/errno';
import { inode } from '../include/linux/fs';
import { round_up } from '../include/linux/math';
import { Oops, halted, oops } from '../halt';
import { xa_erase, xa_find, xa_found, xa_load, xa_store } from '../lib/xarray';
import { Origin } from '../records';
import { trace_bytes } from '../trace';
import { page_written } from './pages';
import { kmem_cache, kmem_cache_alloc, kmem_cache_free } from './slab';

/**
 *     folio, 24 bytes
 *     +0  | index                               |
 *     +8  | data (4)         | blocks (4)       |
 *     +16 | uptodate (4)     | dirty (4)        |
 */
@unmanaged
export class folio {
  index: u64;
  data: usize;
  /** Number of blocks, 1 to 8. */
  blocks: u32;
  uptodate: u32;
  dirty: u32;
}

/** Marks of an address space. */
const AS_EIO: u32 = 1 << 0;
const AS_ENOSPC: u32 = 1 << 1;

const folios_block: usize = memory.data(16, 16);
/** A cache of data for each folio size, 4 KiB to 64 KiB. */
const data_blocks: usize = memory.data(80, 16);
const MIN_FOLIO_BITS: u32 = 12;

export function folio_bits(inode: inode): u32 {
  return max<u32>(MIN_FOLIO_BITS, inode.i_blkbits);
}

export function folio_bytes(inode: inode): i64 {
  return (<i64>1) << folio_bits(inode);
}

export function folio_index(inode: inode, pos: i64): u64 {
  return (<u64>pos) >> folio_bits(inode);
}

export function folio_pos(inode: inode, f: folio): i64 {
  return <i64>(f.index << folio_bits(inode));
}

function data_cache(inode: inode): kmem_cache {
  return changetype<kmem_cache>(data_blocks + ((folio_bits(inode) - MIN_FOLIO_BITS) << 4));
}

/** Bits of the blocks that [from, to) touches, byte offsets within a folio. */
export function block_mask(inode: inode, from: i64, to: i64): u32 {
  if (to <= from) return 0;
  const first = <u32>(from >> inode.i_blkbits);
  const last = <u32>((to - 1) >> inode.i_blkbits);
  return <u32>((((<u64>1) << (last + 1)) - 1) & ~(((<u64>1) << first) - 1));
}

export function all_blocks(f: folio): u32 {
  return <u32>(((<u64>1) << f.blocks) - 1);
}

export function is_uptodate(f: folio): bool {
  return f.uptodate == all_blocks(f);
}

export function filemap_get_folio(inode: inode, index: u64): folio | null {
  return changetype<folio | null>(xa_load(inode, index));
}

/** The folio, made empty if it is not there; null, and the call halted, if memory is out. */
export function get_folio(inode: inode, index: u64): folio | null {
  const old = filemap_get_folio(inode, index);
  if (old) return old;
  const at = kmem_cache_alloc(changetype<kmem_cache>(folios_block), <u32>offsetof<folio>());
  const data: usize = at == 0 ? 0 : kmem_cache_alloc(data_cache(inode), <u32>folio_bytes(inode));
  if (data == 0 || !xa_store(inode, index, at)) {
    oops(Oops.OUT_OF_MEMORY);
    return null;
  }
  const f = changetype<folio>(at);
  f.index = index;
  f.data = data;
  f.blocks = 1 << (folio_bits(inode) - inode.i_blkbits);
  return f;
}

/** In a debug build: the flags are those of blocks that there are, and what is dirty is up to date. */
export function folio_validate(inode: inode, f: folio): void {
  assert(filemap_get_folio(inode, f.index) == f, 'a folio is in the cache under its index');
  assert(f.blocks == <u32>(folio_bytes(inode) >> inode.i_blkbits), 'a folio has all its blocks');
  assert((f.uptodate & ~all_blocks(f)) == 0, 'no block past the end of the folio is up to date');
  assert((f.dirty & ~f.uptodate) == 0, 'a dirty block is up to date');
}

/** Takes a folio out of the cache, whatever is in it. */
export function drop_folio(inode: inode, f: folio): void {
  if (DEBUG) folio_validate(inode, f);
  if (f.uptodate != 0) trace_bytes(Origin.DROPPED, <u64>folio_pos(inode, f), <u64>folio_bytes(inode));
  xa_erase(inode, f.index);
  kmem_cache_free(data_cache(inode), f.data);
  kmem_cache_free(changetype<kmem_cache>(folios_block), changetype<usize>(f));
}

/** Bytes of a folio's data have changed, or are about to; `from` and `bytes` within it. */
export function folio_written(f: folio, from: i64, bytes: i64): void {
  page_written(f.data + <usize>from, <usize>bytes);
}

/** The first folio that touches [pos, end), null if none does. `end` is exclusive. */
export function next_folio(inode: inode, pos: i64, end: i64): folio | null {
  if (end <= pos) return null;
  const at = xa_find(inode, folio_index(inode, pos));
  if (at == 0 || xa_found() > folio_index(inode, end - 1)) return null;
  return changetype<folio>(at);
}

/** As next_folio(), among those with a dirty block. */
export function next_dirty(inode: inode, pos: i64, end: i64): folio | null {
  let f = next_folio(inode, pos, end);
  while (f) {
    if (f.dirty != 0) return f;
    f = next_folio(inode, folio_pos(inode, f) + folio_bytes(inode), end);
  }
  return null;
}

/** Drops every folio that touches [pos, end). */
export function invalidate_inode_pages2_range(inode: inode, pos: i64, end: i64): void {
  let f = next_folio(inode, pos, end);
  while (f) {
    const next = folio_pos(inode, f) + folio_bytes(inode);
    drop_folio(inode, f);
    f = next_folio(inode, next, end);
  }
}

/** The cache forgets every folio from `size` on, and zeroes the rest of the one that `size` lies in. */
export function truncate_pagecache(inode: inode, size: i64): void {
  const bytes = folio_bytes(inode);
  const first_whole = round_up(size, bytes);
  invalidate_inode_pages2_range(inode, first_whole, i64.MAX_VALUE);
  if (size == first_whole) return;
  const f = filemap_get_folio(inode, folio_index(inode, size));
  if (!f) return;
  const from = size - folio_pos(inode, f);
  memory.fill(f.data + <usize>from, 0, <usize>(bytes - from));
  if (TRACE) folio_written(f, from, bytes - from);
  trace_bytes(Origin.ZEROED, <u64>size, <u64>(bytes - from));
}

/**
 * An error of writing back, for two that want to hear of it: fsync, of which one; the others, whether ENOSPC or not.
 * A call that does not return has none to record.
 */
export function mapping_set_error(inode: inode, err: i32): void {
  if (halted()) return;
  inode.wb_err = err;
  inode.as_errors |= err == -ENOSPC ? AS_ENOSPC : AS_EIO;
}

/** What the calls other than fsync hear of errors since one of them, or an fsync, heard last: 0 or -errno. */
export function filemap_check_errors(inode: inode): i32 {
  const errors = inode.as_errors;
  inode.as_errors = 0;
  if ((errors & AS_EIO) != 0) return -EIO;
  return errors != 0 ? -ENOSPC : 0;
}

/** What fsync hears: the error recorded last since it heard one. It takes the others' memory with it. */
export function file_check_and_advance_wb_err(inode: inode): i32 {
  const err = inode.wb_err;
  inode.wb_err = 0;
  inode.as_errors = 0;
  return err;
}
