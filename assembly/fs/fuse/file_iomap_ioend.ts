// SPDX-License-Identifier: GPL-2.0-only
/** fuse_iomap_ioend(): bytes have reached a device, or failed to; what must the server do about it? */

import { IOEND_HAS_NEWSIZE, IOEND_KEEPS_SIZE } from '../../config';
import { inode } from '../../include/linux/fs';
import { ENOSYS } from '../../include/linux/errno';
import { Drain, trace_drain, trace_reset } from '../../trace';
import { answer_args, fuse_simple_request, request_args } from './dev';

export const FUSE_IOMAP_IOEND_SHARED: u32 = 1 << 0;
export const FUSE_IOMAP_IOEND_UNWRITTEN: u32 = 1 << 1;
export const FUSE_IOMAP_IOEND_BOUNDARY: u32 = 1 << 2;
export const FUSE_IOMAP_IOEND_DIRECT: u32 = 1 << 3;
export const FUSE_IOMAP_IOEND_APPEND: u32 = 1 << 4;
export const FUSE_IOMAP_IOEND_WRITEBACK: u32 = 1 << 5;

const FUSE_IOMAP_IOEND: u32 = 4093;

/** What makes an ioend without an error worth sending. */
const MATTERS: u32 = FUSE_IOMAP_IOEND_SHARED | FUSE_IOMAP_IOEND_UNWRITTEN | FUSE_IOMAP_IOEND_APPEND;

/**
 *     fuse_iomap_ioend_in of v6, 40 bytes         from v7 on, 48 bytes
 *     +0  | ioendflags (4)   | error (4)   |      +0  | flags (4)        | error (4)   |
 *     +8  | attr_ino                       |      +8  | attr_ino                       |
 *     +16 | pos                            |      +16 | pos                            |
 *     +24 | new_addr                       |      +24 | new_addr                       |
 *     +32 | written (4)      | reserved (4)|      +32 | written                        |
 *                                                 +40 | dev (4)          | pad (4)     |
 *
 * The answer has no body in v6; from v7 on it is fuse_iomap_ioend_out, newsize (8).
 */
@unmanaged
class fuse_iomap_ioend_in {
  flags: u32;
  error: i32;
  attr_ino: u64;
  pos: u64;
  new_addr: u64;
}
const WRITTEN: usize = 32;
const DEV: usize = 40;
const V6_SIZE: u32 = 40;
const V7_SIZE: u32 = 48;

/** The size that the request and the answer agree on, before the answer: the server may change it from v7 on. */
function new_size(inode: inode, pos: i64, written: i64): i64 {
  return max<i64>(inode.i_disk_size, pos + written);
}

/**
 * Tells the server that `written` bytes at `pos` are done (`error` 0) or failed, if it has to know. 0, or the
 * server's -errno, which direct requests return and writeback ignores. Sets i_disk_size, and i_size if the file grew.
 */
export function fuse_iomap_ioend(
  inode: inode,
  pos: i64,
  written: i64,
  flags: u32,
  error: i32,
  dev: u32,
  new_addr: u64,
): i32 {
  const fc = inode.fc;
  if (pos + written > inode.i_disk_size) flags |= FUSE_IOMAP_IOEND_APPEND;
  let size = new_size(inode, pos, written);
  let err = 0;
  if (!fc.no_ioend && (error != 0 || (written > 0 && (flags & MATTERS) != 0))) {
    trace_drain(Drain.FULL, 0, 0, 0);
    trace_reset();
    fill_request(inode, pos, written, flags, error, dev, new_addr);
    const in_size = IOEND_HAS_NEWSIZE ? V7_SIZE : V6_SIZE;
    err = fuse_simple_request(fc, FUSE_IOMAP_IOEND, inode.nodeid, in_size, IOEND_HAS_NEWSIZE ? 8 : 0);
    if (err == 0 && IOEND_HAS_NEWSIZE) {
      const told = load<i64>(answer_args());
      size = IOEND_KEEPS_SIZE ? max<i64>(size, told) : told;
    }
    trace_drain(Drain.IOEND, err, 0, 0);
    if (err == -ENOSYS) {
      fc.no_ioend = true;
      err = 0;
    }
  }
  if (error == 0 && err == 0) {
    inode.i_disk_size = size;
    inode.i_size = max<i64>(inode.i_size, pos + written);
  }
  return err;
}

function fill_request(
  inode: inode,
  pos: i64,
  written: i64,
  flags: u32,
  error: i32,
  dev: u32,
  new_addr: u64,
): void {
  const at = request_args();
  const inarg = changetype<fuse_iomap_ioend_in>(at);
  inarg.flags = flags;
  inarg.error = error;
  inarg.attr_ino = inode.orig_ino;
  inarg.pos = <u64>pos;
  inarg.new_addr = new_addr;
  if (IOEND_HAS_NEWSIZE) {
    store<u64>(at + WRITTEN, <u64>written);
    store<u32>(at + DEV, dev);
    store<u32>(at + DEV + 4, 0);
  } else {
    store<u32>(at + WRITTEN, <u32>written);
    store<u32>(at + WRITTEN + 4, 0);
  }
}
