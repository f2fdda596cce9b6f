// SPDX-License-Identifier: GPL-2.0-only
/** Two values of a begin vary, and for each pair of them it is asked which check decides: the acceptance map. */

import { MAP, READS_INLINE } from './config';
import { inline_rooms } from './fs/fuse/file_iomap_inline';
import { iomap_begin } from './index';
import { inode } from './include/linux/fs';
import { decided, keep_decided, prepare } from './prepared';

/**
 *     job, 136 bytes
 *     +0  | reply (fuse_iomap_begin_out, 64)    |
 *     +64 | pos                                 |
 *     +72 | count                               |
 *     +80 | inode (4)        | opflags (4)      |
 *     +88 | i_blkbits (4)    | unused (4)       |
 *     +96 | columns (4)      | rows (4)         |
 *     +104| xs (4)           | ys (4)           |
 *     +112| x_at (4)         | x_also (4)       |
 *     +120| y_at (4)         | y_also (4)       |
 *     +128| x_bytes (4)      | y_bytes (4)      |
 *
 * `xs` and `ys` point to u64 values. A value goes to two places of the job itself, which may be the same one, and is
 * cut to `bytes` (2, 4 or 8).
 */
@unmanaged
class job {
  pos: i64;
  count: i64;
  inode: inode;
  opflags: u32;
  i_blkbits: u32;
  unused: u32;
  columns: u32;
  rows: u32;
  xs: usize;
  ys: usize;
  x_at: usize;
  x_also: usize;
  y_at: usize;
  y_also: usize;
  x_bytes: u32;
  y_bytes: u32;
}
const REPLY_BYTES: usize = 64;
/** A block has 65,536 bytes at most. */
const LARGEST_BLKBITS: u32 = 16;

/** Where an id says which mapping the check looked at: 1 read, 2 write, 0 neither. */
const WHICH_SHIFT: u32 = 8;
/** An id of an error that no check made: the errno in its other bits. */
const BY_NO_CHECK: u32 = 0x8000;
/** In the place of an errno, for what is none: see EWAITING in include/linux/errno.ts. */
const NO_ERRNO: u32 = 0x7fff;


@inline
function put(at: usize, bytes: u32, value: u64): void {
  if (bytes == 8) store<u64>(at, value);
  else if (bytes == 4) store<u32>(at, <u32>value);
  else store<u16>(at, <u16>value);
}

/** 0 for accepted; the deciding check and its mapping; or the error of something else. */
function id_of(ret: i32): u32 {
  if (ret == 0) return 0;
  const what = decided();
  if (what != 0) return (what & 0xff) | ((what >> 16) << WHICH_SHIFT);
  const errno = <u32>-ret;
  return BY_NO_CHECK | (errno < 4096 ? errno : NO_ERRNO);
}

/** Room for the inline data of any block size, since that may vary. False if memory is out. */
export function map_rooms(handle: usize): bool {
  if (!MAP || !READS_INLINE) return true;
  const node = changetype<inode>(handle);
  const blkbits = node.i_blkbits;
  node.i_blkbits = LARGEST_BLKBITS;
  const made = inline_rooms(node);
  node.i_blkbits = blkbits;
  return made;
}

/** Writes an id of 2 bytes for each point, row by row, to `out`. */
export function map_tile(at: usize, out: usize): void {
  if (!MAP) return;
  const j = changetype<job>(at + REPLY_BYTES);
  prepare(at);
  for (let row: u32 = 0; row < j.rows; row++) {
    const y = load<u64>(j.ys + ((<usize>row) << 3));
    put(at + j.y_at, j.y_bytes, y);
    put(at + j.y_also, j.y_bytes, y);
    for (let column: u32 = 0; column < j.columns; column++) {
      const x = load<u64>(j.xs + ((<usize>column) << 3));
      put(at + j.x_at, j.x_bytes, x);
      put(at + j.x_also, j.x_bytes, x);
      j.inode.i_blkbits = j.i_blkbits;
      keep_decided(0);
      store<u16>(out, <u16>id_of(iomap_begin(changetype<usize>(j.inode), j.pos, j.count, j.opflags)));
      out += 2;
    }
  }
  prepare(0);
}
