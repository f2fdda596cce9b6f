// SPDX-License-Identifier: GPL-2.0-only
/**
 * Requests about a file that no mapping is asked for: FUSE_SETATTR and FUSE_FALLOCATE. Only a connection whose server
 * hears them sends them; on any other they count as answered with 0, so that its requests keep their numbers.
 */

import { ENOSYS, EOPNOTSUPP } from '../../include/linux/errno';
import { inode } from '../../include/linux/fs';
import { FUSE_FALLOCATE, FUSE_SETATTR } from '../../include/uapi/linux/fuse';
import { Drain, trace_drain, trace_reset } from '../../trace';
import { fuse_simple_request, request_args } from './dev';

const FATTR_SIZE: u32 = 1 << 3;
const FALLOC_FL_KEEP_SIZE: u32 = 1 << 0;
const FALLOC_FL_ZERO_RANGE: u32 = 1 << 4;

/**
 *     fuse_setattr_in, 88 bytes
 *     +0  | valid (4)        | padding (4)      |
 *     +8  | fh                                  |
 *     +16 | size                                |
 *     +24 | lock owner, times, mode, owner: 0   |
 */
const SETATTR_IN_SIZE: u32 = 88;
/** fuse_attr_out: two times of validity (16), then fuse_attr (88), of which nothing is read. */
const ATTR_OUT_SIZE: u32 = 104;

/**
 *     fuse_fallocate_in, 32 bytes
 *     +0  | fh                                  |
 *     +8  | offset                              |
 *     +16 | length                              |
 *     +24 | mode (4)         | padding (4)      |
 */
const FALLOCATE_IN_SIZE: u32 = 32;

/** Sends what request_args() holds, with its own place among the records. */
function send(inode: inode, opcode: u32, in_size: u32, out_size: u32, drain: Drain): i32 {
  const err = fuse_simple_request(inode.fc, opcode, inode.nodeid, in_size, out_size);
  trace_drain(drain, err, 0, 0);
  return err;
}

function prepare(in_size: u32): usize {
  trace_drain(Drain.FULL, 0, 0, 0);
  trace_reset();
  memory.fill(request_args(), 0, in_size);
  return request_args();
}

/** The new size of a file. 0, or the server's -errno. */
export function fuse_setattr_size(inode: inode, size: i64): i32 {
  if (!inode.fc.hears_attr) return 0;
  const at = prepare(SETATTR_IN_SIZE);
  store<u32>(at, FATTR_SIZE);
  store<i64>(at, size, 16);
  return send(inode, FUSE_SETATTR, SETATTR_IN_SIZE, ATTR_OUT_SIZE, Drain.SETATTR);
}

/** A range whose blocks are to read as zeros. 0, or the server's -errno; a server without it has no such call. */
export function fuse_fallocate_zero(inode: inode, pos: i64, count: i64, keep_size: bool): i32 {
  if (!inode.fc.hears_attr) return 0;
  const at = prepare(FALLOCATE_IN_SIZE);
  store<i64>(at, pos, 8);
  store<i64>(at, count, 16);
  store<u32>(at, FALLOC_FL_ZERO_RANGE | (keep_size ? FALLOC_FL_KEEP_SIZE : 0), 24);
  const err = send(inode, FUSE_FALLOCATE, FALLOCATE_IN_SIZE, 0, Drain.FALLOCATE);
  return err == -ENOSYS ? -EOPNOTSUPP : err;
}
