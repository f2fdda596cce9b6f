// SPDX-License-Identifier: GPL-2.0-only
/** Setting a machine up: what FUSE_INIT, mount and the server's open(2) calls have done before the first step. */

import { block_device } from './block/bdev';
import { IOMAP_CAN_CLOSE, LOWEST_FREE_ID, SETS_UP_INLINE, TRIES_CACHE } from './config';
import { SIZEOF_INODE, inode } from './include/linux/fs';
import { idr_find, idr_insert, idr_lowest_free } from './lib/idr';
import { heap_take } from './mm/slab';
import {
  SIZEOF_FUSE_CONN,
  current,
  current_files,
  file_new,
  fuse_backing,
  fuse_conn,
} from './fs/fuse/fuse_i';
import { fuse_backing_files_free } from './fs/fuse/backing';
import { trace_reset } from './trace';

/** A mounted connection; 0 if memory is out. `reqctr` is that of FUSE_INIT, the first request. */
export function conn_new(iomap: bool, passthrough: bool, max_stack_depth: i32): usize {
  const at = heap_take(SIZEOF_FUSE_CONN);
  if (at == 0) return 0;
  const fc = changetype<fuse_conn>(at);
  fc.iomap = iomap;
  fc.passthrough = passthrough;
  fc.config_iomap = true;
  fc.config_passthrough = true;
  fc.connected = true;
  fc.max_stack_depth = max_stack_depth;
  fc.reqctr = 2;
  return at;
}

/** The Kconfig of the kernel that the connection lives in. */
export function conn_set_config(fc: usize, iomap: bool, passthrough: bool): void {
  changetype<fuse_conn>(fc).config_iomap = iomap;
  changetype<fuse_conn>(fc).config_passthrough = passthrough;
}

/** Later revisions: whether the server has said before that it has no iomap_end. */
export function conn_set_no_end(fc: usize, no_end: bool): void {
  changetype<fuse_conn>(fc).no_end = no_end;
}

export function conn_no_end(fc: usize): bool {
  return changetype<fuse_conn>(fc).no_end;
}

/** Whether the server is told of SETATTR and FALLOCATE. */
export function conn_set_hears_attr(fc: usize, hears: bool): void {
  changetype<fuse_conn>(fc).hears_attr = hears;
}

/** No request is sent from now on: each fails with -ENOTCONN. The table stays as it is. */
export function conn_abort(fc: usize): void {
  changetype<fuse_conn>(fc).connected = false;
}

/** The final put of the connection. */
export function conn_destroy(fc: usize): void {
  trace_reset();
  changetype<fuse_conn>(fc).connected = false;
  fuse_backing_files_free(changetype<fuse_conn>(fc));
}

/** An inode with what is asked of its super block; 0 if memory is out. `s_bdev` may be 0. */
export function inode_new(
  fc: usize,
  nodeid: u64,
  ino: u64,
  blkbits: u32,
  size: i64,
  maxbytes: i64,
  s_bdev: usize,
): usize {
  const at = heap_take(SIZEOF_INODE);
  if (at == 0) return 0;
  const inode = changetype<inode>(at);
  inode.fc = changetype<fuse_conn>(fc);
  inode.i_blkbits = blkbits;
  inode.nodeid = nodeid;
  inode.orig_ino = ino;
  inode.i_size = size;
  inode.i_disk_size = size;
  inode.s_maxbytes = maxbytes;
  inode.s_bdev = changetype<block_device | null>(s_bdev);
  return at;
}

export function inode_set_caches(handle: usize, caches: bool): void {
  changetype<inode>(handle).caches = caches;
}

/** Opens a descriptor of the server. `mode` is S_IFMT bits, `f_mode` FMODE_* bits, `bdev` may be 0. False if memory is out. */
export function file_install(fd: i32, mode: u32, stack_depth: u32, bdev: usize, f_mode: u32): bool {
  const f = file_new(fd, mode, stack_depth, changetype<block_device | null>(bdev), f_mode);
  return f != null && idr_insert(current_files(), <u32>fd, changetype<usize>(f)) == 0;
}

/** Who makes the next calls: CAP_* bits by capability number. */
export function set_capabilities(capabilities: u32): void {
  current().capabilities = capabilities;
}

/** Whether the caller of the next calls has a signal pending; looked at from the cache of May 2026 on. */
export function set_signal(pending: bool): void {
  if (TRIES_CACHE) current().signal_pending = pending ? 1 : 0;
}

/** How many iomap inodes the connection has; looked at from May 2026 on. */
export function conn_set_iomap_inodes(fc: usize, count: u64): void {
  if (IOMAP_CAN_CLOSE) changetype<fuse_conn>(fc).iomap_inodes = count;
}

/** Lets begins end before inline data is set up, for rows that were recorded so. */
export function conn_set_inline(fc: usize, on: bool): void {
  if (SETS_UP_INLINE) changetype<fuse_conn>(fc).no_inline_setup = !on;
}

/** The object that an id leads to, 0 if none: for looking only, no reference is taken. */
export function backing_at(fc: usize, id: u32): usize {
  return idr_find(changetype<fuse_conn>(fc).backing_files_map, id);
}

/** How many ids are live, and where the next search begins: from May 2026 on it ends there too. */
export function backing_live(fc: usize): u32 {
  return changetype<fuse_conn>(fc).backing_files_map.live;
}

export function backing_cursor(fc: usize): u32 {
  const map = changetype<fuse_conn>(fc).backing_files_map;
  return LOWEST_FREE_ID ? idr_lowest_free(map, 1) : map.cursor;
}

export function backing_serial(fb: usize): u32 {
  return changetype<fuse_backing>(fb).serial;
}

export function backing_refs(fb: usize): u32 {
  return changetype<fuse_backing>(fb).count;
}

export function backing_type(fb: usize): u32 {
  return changetype<fuse_backing>(fb).ops.type;
}

export function backing_fd(fb: usize): i32 {
  return changetype<fuse_backing>(fb).file.fd;
}

/** Number of the entry's device, 0 if it has none. */
export function backing_device(fb: usize): u32 {
  const bdev = changetype<fuse_backing>(fb).bdev;
  return bdev ? bdev.number : 0;
}
