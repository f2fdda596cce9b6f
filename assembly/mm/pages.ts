// SPDX-License-Identifier: GPL-2.0-only
/**
 * Pages of data, of devices and of page caches, are most of a large machine's memory. The host copies a machine again
 * and again; in a `trace` build it is told which of them were written to since, and need not go through the others.
 *
 *     marks, 16 KiB; a bit for each 4 KiB of the memory
 *     +0    | holds something else than pages ..|
 *     +8192 | a page in it was written to ......|
 *
 * The host clears the second half when it has made a copy. What lies before the heap has no marks.
 */

import { TRACE } from '../config';
import { PAGE_MARKS_BYTES, page_marks } from '../trace';

/** Objects of a kmem_cache from this size on are pages: whoever writes to one says so with page_written(). */
export const PAGE_BYTES: usize = 4096;

const CHUNK_SHIFT: usize = 12;
const WRITTEN: usize = PAGE_MARKS_BYTES / 2;

function mark(half: usize, at: usize, bytes: usize): void {
  const last = (at + bytes - 1) >> CHUNK_SHIFT;
  for (let chunk = at >> CHUNK_SHIFT; chunk <= last; chunk++) {
    const place = page_marks + half + (chunk >> 3);
    store<u8>(place, load<u8>(place) | (1 << ((<u8>chunk) & 7)));
  }
}

/** Memory that is not for pages. */
export function page_less(at: usize, bytes: usize): void {
  if (TRACE && bytes != 0) mark(0, at, bytes);
}

/** These bytes of a page have changed, or are about to. */
export function page_written(at: usize, bytes: usize): void {
  if (TRACE && bytes != 0) mark(WRITTEN, at, bytes);
}
