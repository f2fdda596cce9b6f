// SPDX-License-Identifier: GPL-2.0-only
/**
 * Simulated block devices. They are sparse: memory is used for the pages that somebody touched; the others read as
 * their initial contents.
 */

import { TRACE } from '../config';
import { xa_load, xa_store, xarray } from '../lib/xarray';
import { page_written } from '../mm/pages';
import { heap_take, kmem_cache, kmem_cache_alloc } from '../mm/slab';

/**
 *     block_device, 64 bytes
 *     +0  | pages (xarray, 8)                   |
 *     +8  | size in bytes                       |
 *     +16 | number (4)       | logical block (4)|
 *     +24 | read-only (4)    | contents (4)     |
 *     +32 | bios so far                         |
 *     +40 | dies after this many bios           |
 *     +48 | faults, a list (4)| name, 12 bytes ..|
 */
@unmanaged
export class block_device extends xarray {
  size: u64;
  /** The host's number for it, from 1. */
  number: u32;
  logical_block_size: u32;
  read_only: u32;
  contents: u32;
  bios: u64;
  dies_after: u64;
  faults: usize;
  name0: u32;
  name1: u32;
  name2: u32;
}

export const SECTOR_SHIFT: u64 = 9;
const PAGE_SHIFT: u64 = 12;
const PAGE_BYTES: u32 = 4096;

/** Initial contents. */
const CONTENTS_PATTERN: u32 = 1;

/**
 *     one touched page, 8 bytes; `data` is 0 while it has only been read
 *     +0  | data (4)  | written (1) | read (1)  |
 *
 * `written` and `read` have a bit for each of the page's eight sectors.
 */
@unmanaged
class bdev_page {
  data: usize;
  written: u8;
  read: u8;
}

const pages_block: usize = memory.data(16, 16);
const data_block: usize = memory.data(16, 16);

/** Makes a device that lives as long as the machine; null if memory is out. Sizes in bytes. */
export function bdev_new(number: u32, size: u64, logical_block_size: u32): block_device | null {
  const at = heap_take(offsetof<block_device>());
  if (at == 0) return null;
  const bdev = changetype<block_device>(at);
  bdev.number = number;
  bdev.logical_block_size = logical_block_size;
  bdev.size = size;
  bdev.dies_after = u64.MAX_VALUE;
  return bdev;
}

/** Fills bytes with the pattern of a page: each sector says "name:number" in 32-byte lines, number in hex. */
function fill_pattern(bdev: block_device, page: u64, data: usize): void {
  for (let sector: u64 = 0; sector < 8; sector++) {
    const first = data + ((<usize>sector) << 9);
    store<u32>(first, bdev.name0);
    store<u32>(first, bdev.name1, 4);
    store<u32>(first, bdev.name2, 8);
    store<u8>(first, 0x3a, 12);
    let number = (page << 3) | sector;
    for (let digit: usize = 0; digit < 16; digit++) {
      const nibble = <u8>(number & 15);
      store<u8>(first + 28 - digit, nibble < 10 ? 0x30 + nibble : 0x57 + nibble);
      number >>= 4;
    }
    store<u8>(first, 0x20, 29);
    store<u8>(first, 0x20, 30);
    store<u8>(first, 0x0a, 31);
    for (let line: usize = 1; line < 16; line++) memory.copy(first + (line << 5), first, 32);
  }
}

function touch(bdev: block_device, page: u64): bdev_page | null {
  let at = xa_load(bdev, page);
  if (at == 0) {
    at = kmem_cache_alloc(changetype<kmem_cache>(pages_block), <u32>offsetof<bdev_page>());
    if (at == 0 || !xa_store(bdev, page, at)) return null;
  }
  return changetype<bdev_page>(at);
}

function initial(bdev: block_device, page: u64, to: usize): void {
  if (bdev.contents == CONTENTS_PATTERN) fill_pattern(bdev, page, to);
  else memory.fill(to, 0, PAGE_BYTES);
}

/** Bits for the sectors of a page that [from, to) touches, byte offsets within it. */
function sectors(from: u32, to: u32): u8 {
  const first = from >> 9;
  const last = (to + 511) >> 9;
  return <u8>((((<u32>1) << last) - 1) & ~(((<u32>1) << first) - 1));
}

const scratch_block: usize = memory.data(4096, 16);

/** Copies bytes of the device out. `mark` records that they were read. */
export function bdev_read(bdev: block_device, at: u64, to: usize, bytes: u64, mark: bool): void {
  while (bytes > 0) {
    const page = at >> PAGE_SHIFT;
    const from = (<u32>at) & (PAGE_BYTES - 1);
    const n = min<u64>(bytes, PAGE_BYTES - from);
    const touched = mark ? touch(bdev, page) : changetype<bdev_page | null>(xa_load(bdev, page));
    if (touched && touched.data != 0) {
      memory.copy(to, touched.data + from, <usize>n);
    } else if (bdev.contents == CONTENTS_PATTERN) {
      fill_pattern(bdev, page, scratch_block);
      memory.copy(to, scratch_block + from, <usize>n);
    } else {
      memory.fill(to, 0, <usize>n);
    }
    if (mark && touched) touched.read |= sectors(from, from + <u32>n);
    at += n;
    to += <usize>n;
    bytes -= n;
  }
}

/** Copies bytes to the device; `from` 0 writes zeros. `mark` records that they were written. False: no memory. */
export function bdev_write(bdev: block_device, at: u64, from: usize, bytes: u64, mark: bool): bool {
  while (bytes > 0) {
    const page = at >> PAGE_SHIFT;
    const start = (<u32>at) & (PAGE_BYTES - 1);
    const n = min<u64>(bytes, PAGE_BYTES - start);
    const touched = touch(bdev, page);
    if (!touched) return false;
    if (touched.data == 0) {
      const data = kmem_cache_alloc(changetype<kmem_cache>(data_block), PAGE_BYTES);
      if (data == 0) return false;
      if (n < PAGE_BYTES) initial(bdev, page, data);
      touched.data = data;
    }
    if (from == 0) memory.fill(touched.data + start, 0, <usize>n);
    else memory.copy(touched.data + start, from, <usize>n);
    if (TRACE) page_written(touched.data + start, <usize>n);
    if (mark) touched.written |= sectors(start, start + <u32>n);
    at += n;
    if (from != 0) from += <usize>n;
    bytes -= n;
  }
  return true;
}

/** Whether and how the sectors of a 4096-byte page were used: written in bits 0 to 7, read in bits 8 to 15. */
export function bdev_page_marks(bdev: block_device, page: u64): u32 {
  const at = xa_load(bdev, page);
  if (at == 0) return 0;
  const touched = changetype<bdev_page>(at);
  return (<u32>touched.written) | ((<u32>touched.read) << 8);
}
