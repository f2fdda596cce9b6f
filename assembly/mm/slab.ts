// SPDX-License-Identifier: GPL-2.0-only
/**
 * Memory for the core's objects: one free list for each kind, so that memory follows what lives and not what
 * has ever lived. Everything that changes stands in linear memory and nothing in wasm globals: a copy of the
 * memory is a copy of the machine.
 */

import { DEBUG, TRACE } from '../config';
import { round_up } from '../include/linux/math';
import { PAGE_BYTES, page_less, page_written } from './pages';

/**
 *     heap state, 16 bytes
 *     +0  | brk (4)          | limit hit (4)    |
 *     +8  | fail next (4)    | for pages (4)    |
 */
@unmanaged
class heap_state {
  brk: usize;
  exhausted: u32;
  fail_next: u32;
  /** What is taken now is for pages of data: see pages.ts. */
  for_pages: u32;
}
const heap_block: usize = memory.data(16, 16);

/**
 *     kmem_cache, 16 bytes
 *     +0  | free list (4)    | object size (4)  |
 *     +8  | live objects (4) | unused (4)       |
 */
@unmanaged
export class kmem_cache {
  free: usize;
  size: u32;
  live: u32;
  unused: u32;
}

const PAGE_SHIFT: i32 = 16;

/** Objects of one kind are carved from the heap in batches of about this many bytes. */
const BATCH_BYTES: usize = 2048;

function heap(): heap_state {
  return changetype<heap_state>(heap_block);
}

/** First address that no object uses: what of the memory belongs to a snapshot. */
export function heap_end(): usize {
  const h = heap();
  return h.brk == 0 ? __heap_base : h.brk;
}

/** Whether an allocation has failed because the memory's limit was reached. */
export function heap_exhausted(): bool {
  return heap().exhausted != 0;
}

/** Counts as a failed allocation: something larger than the whole memory was asked for. */
export function heap_exhaust(): void {
  heap().exhausted = 1;
}

/** Makes the next allocation of kmem_cache_alloc_gfp() fail, as memory pressure would, or takes that back. */
export function heap_fail_next(on: bool): void {
  heap().fail_next = on ? 1 : 0;
}

/** Raw memory that is never freed, 16-byte aligned and zeroed; 0 if the limit is reached. */
export function heap_take(bytes: usize): usize {
  const h = heap();
  const start = round_up<usize>(heap_end(), 16);
  const end = start + bytes;
  if (DEBUG) assert(end >= start, 'no allocation wraps around');
  const have = (<usize>memory.size()) << PAGE_SHIFT;
  if (end > have) {
    const pages = <i32>((end - have + 0xffff) >> PAGE_SHIFT);
    // Growing by half again keeps the number of copies that an engine may make logarithmic.
    const generous = <i32>max<usize>(pages, have >> (PAGE_SHIFT + 1));
    if (memory.grow(generous) < 0 && memory.grow(pages) < 0) {
      h.exhausted = 1;
      return 0;
    }
  }
  h.brk = end;
  if (TRACE && h.for_pages == 0) page_less(start, bytes);
  return start;
}

/** A zeroed object, or 0. `size` is fixed at the first call. */
export function kmem_cache_alloc(cache: kmem_cache, size: u32): usize {
  if (cache.free == 0) {
    cache.size = round_up<u32>(size, 8);
    const count = max<usize>(1, BATCH_BYTES / cache.size);
    if (TRACE) heap().for_pages = is_pages(cache) ? 1 : 0;
    const batch = heap_take(count * cache.size);
    if (TRACE) heap().for_pages = 0;
    if (batch == 0) return 0;
    // Pushed from the end, so that objects come out in the order of their addresses.
    for (let i: usize = count; i > 0; i--) push(cache, batch + (i - 1) * cache.size);
  }
  if (DEBUG) assert(cache.size == round_up<u32>(size, 8), 'a cache has objects of one size');
  const object = cache.free;
  if (DEBUG) assert(is_poisoned(cache, object), 'no object is written to after it was freed');
  cache.free = load<usize>(object);
  cache.live++;
  memory.fill(object, 0, cache.size);
  if (TRACE && is_pages(cache)) page_written(object, cache.size);
  return object;
}

/** As kmem_cache_alloc, but fails once if heap_fail_next() was called. */
export function kmem_cache_alloc_gfp(cache: kmem_cache, size: u32): usize {
  const h = heap();
  if (h.fail_next != 0) {
    h.fail_next = 0;
    return 0;
  }
  return kmem_cache_alloc(cache, size);
}

export function kmem_cache_free(cache: kmem_cache, object: usize): void {
  if (DEBUG) {
    assert(cache.live > 0, 'no more objects are freed than were allocated');
    assert(!is_free(cache, object), 'no object is freed twice');
  }
  push(cache, object);
  cache.live--;
}

function push(cache: kmem_cache, object: usize): void {
  if (DEBUG) memory.fill(object, POISON_FREE, cache.size);
  store<usize>(object, cache.free);
  if (TRACE && is_pages(cache)) page_written(object, cache.size);
  cache.free = object;
}

function is_pages(cache: kmem_cache): bool {
  return cache.size >= <u32>PAGE_BYTES;
}

/** In a debug build: what a free object is filled with, after its pointer to the next. */
const POISON_FREE: u8 = 0x6b;

function is_poisoned(cache: kmem_cache, object: usize): bool {
  for (let at: usize = sizeof<usize>(); at < cache.size; at++) {
    if (load<u8>(object + at) != POISON_FREE) return false;
  }
  return true;
}

function is_free(cache: kmem_cache, object: usize): bool {
  for (let at = cache.free; at != 0; at = load<usize>(at)) {
    if (at == object) return true;
  }
  return false;
}
