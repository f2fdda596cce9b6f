// SPDX-License-Identifier: GPL-2.0-only
/**
 * The iomap layer's own numbers, as kernels from 6.15 on have them. They are not the wire's: a server's flag
 * moves to another bit, which is where the WANT_IOMAP_END mistake of fuse-iomap comes from.
 */

import { block_device } from '../../block/bdev';
import { inode } from './fs';

/**
 *     struct iomap, as far as the playground has it, 40 bytes
 *     +0  | addr                                |
 *     +8  | offset                              |
 *     +16 | length                              |
 *     +24 | type (2)| flags (2)| bdev (4)       |
 *     +32 | inline_data (4)  | cookie (4)       |
 */
@unmanaged
export class iomap {
  addr: u64;
  offset: i64;
  length: u64;
  type: u16;
  flags: u16;
  bdev: block_device | null;
  inline_data: usize;
  /** validity_cookie: 0 is always valid, 1 that of a cached mapping. */
  validity_cookie: u32;
}
export const SIZEOF_IOMAP: usize = offsetof<iomap>();

/**
 * struct iomap_ops: what the iomap layer asks of a file system. Each returns 0 or -errno. A kernel has end_io in tables of
 * their own, iomap_dio_ops and iomap_writeback_ops.
 *
 *     +0  | iomap_begin (4)  | iomap_end (4)    |
 *     +8  | end_io (4)       |
 */
@unmanaged
export class iomap_ops {
  /** Where [pos, pos + length) lives: fills `map`, and `srcmap` if data comes from elsewhere. Both come in zeroed. */
  iomap_begin: (inode: inode, pos: i64, length: i64, flags: u32, map: iomap, srcmap: iomap) => i32;
  /** Of the `length` bytes that `map` allowed at `pos`, `written` were used (or -errno). */
  iomap_end: (inode: inode, pos: i64, length: i64, written: i64, flags: u32, map: iomap) => i32;
  /** `written` bytes at `pos` reached a device, `dev` at `new_addr`, or failed with `error`. */
  end_io: (inode: inode, pos: i64, written: i64, flags: u32, error: i32, dev: u32, new_addr: u64) => i32;
}

export const IOMAP_HOLE: u16 = 0;
export const IOMAP_DELALLOC: u16 = 1;
export const IOMAP_MAPPED: u16 = 2;
export const IOMAP_UNWRITTEN: u16 = 3;
export const IOMAP_INLINE: u16 = 4;

export const IOMAP_NULL_ADDR: u64 = u64.MAX_VALUE;

export const IOMAP_F_NEW: u16 = 1 << 0;
export const IOMAP_F_DIRTY: u16 = 1 << 1;
export const IOMAP_F_SHARED: u16 = 1 << 2;
export const IOMAP_F_MERGED: u16 = 1 << 3;
export const IOMAP_F_BOUNDARY: u16 = 1 << 6;
export const IOMAP_F_ANON_WRITE: u16 = 1 << 7;
export const IOMAP_F_ATOMIC_BIO: u16 = 1 << 8;
export const IOMAP_F_PRIVATE: u16 = 1 << 12;
export const IOMAP_F_SIZE_CHANGED: u16 = 1 << 14;
export const IOMAP_F_STALE: u16 = 1 << 15;

export const IOMAP_WRITE: u32 = 1 << 0;
export const IOMAP_ZERO: u32 = 1 << 1;
export const IOMAP_REPORT: u32 = 1 << 2;
export const IOMAP_FAULT: u32 = 1 << 3;
export const IOMAP_DIRECT: u32 = 1 << 4;
export const IOMAP_NOWAIT: u32 = 1 << 5;
export const IOMAP_OVERWRITE_ONLY: u32 = 1 << 6;
export const IOMAP_UNSHARE: u32 = 1 << 7;
export const IOMAP_DAX: u32 = 1 << 8;
export const IOMAP_ATOMIC: u32 = 1 << 9;
export const IOMAP_DONTCACHE: u32 = 1 << 10;

/** A zeroed struct is a HOLE that covers nothing: what iomap_iter() hands to ->iomap_begin. */
export function iomap_clear(map: iomap): void {
  // Five stores: memory.fill is a call out of wasm, which costs more than a whole evaluation.
  const at = changetype<usize>(map);
  store<u64>(at, 0, 0);
  store<u64>(at, 0, 8);
  store<u64>(at, 0, 16);
  store<u64>(at, 0, 24);
  store<u64>(at, 0, 32);
}
