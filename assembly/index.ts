// SPDX-License-Identifier: GPL-2.0-only
/**
 * Every export of the module. Handles (connections, inodes, devices, backing objects) are addresses that a host
 * keeps and passes back; it reads memory only at the places named here.
 */

import { bdev_new } from './block/bdev';
import { inode } from './include/linux/fs';
import { SIZEOF_IOMAP, iomap, iomap_clear } from './include/linux/iomap';
import { fuse_backing_lookup, fuse_backing_put } from './fs/fuse/backing';
import { fuse_dev_ioctl, ioctl_arg, write_result_block } from './fs/fuse/dev';
import { fuse_iomap_begin } from './fs/fuse/file_iomap';
import { fuse_iomap_end } from './fs/fuse/file_iomap_end';
import { fuse_iomap_backing_ops } from './fs/fuse/file_iomap_ops';
import { fuse_backing, fuse_conn } from './fs/fuse/fuse_i';
import { fuse_passthrough_open, fuse_passthrough_release } from './fs/fuse/passthrough';
import { fuse_passthrough_backing_ops } from './fs/fuse/passthrough_ops';
import { iomap_length_trim } from './fs/iomap/iter';
import { halt_reset } from './halt';
import { trace_block, trace_reset } from './trace';

export {
  backing_at,
  backing_cursor,
  backing_device,
  backing_fd,
  backing_live,
  backing_refs,
  backing_serial,
  backing_type,
  conn_abort,
  conn_destroy,
  conn_new,
  conn_no_end,
  conn_set_config,
  conn_set_hears_attr,
  conn_set_inline,
  conn_set_iomap_inodes,
  conn_set_no_end,
  file_install,
  inode_new,
  inode_set_caches,
  set_capabilities,
  set_signal,
} from './machine';
export { backing_close_locked, backing_close_tests } from './fs/fuse/backing';
export { inode_cache_slot } from './fs/fuse/file_iomap_cache';
export { inode_inline_buffer } from './fs/fuse/file_iomap_inline';
export { batch_begin } from './batch';
export { heap_end, heap_exhausted, heap_fail_next, heap_take } from './mm/slab';
export { trace_set_audit, trace_set_streaming } from './trace';
export { halt_reason } from './halt';
export { bdev_page_marks } from './block/bdev';
export {
  device_add_fault,
  device_bios,
  device_peek,
  device_poke,
  device_setup,
  inode_disk_size,
  inode_renew,
  inode_set_disk_size,
  inode_size,
  io_bmap,
  io_buffer,
  io_cached,
  io_fiemap,
  io_fsync,
  io_fzero,
  io_ioend,
  io_read,
  io_seek,
  io_truncate,
  io_unshare,
  io_write,
  memory_copy,
} from './io';

/** struct iomap and the srcmap after it: in and out of iomap_begin and iomap_end. */
const maps_block: usize = memory.data(80, 16);

export function maps_address(): usize {
  return maps_block;
}
export function trace_address(): usize {
  return trace_block;
}
export function write_result_address(): usize {
  return write_result_block;
}
export function ioctl_arg_address(): usize {
  return ioctl_arg();
}

/** A block device; 0 if memory is out. Size in bytes. */
export function device_new(number: u32, size: u64, logical_block_size: u32): usize {
  return changetype<usize>(bdev_new(number, size, logical_block_size));
}

/** See fuse_dev_ioctl() in fs/fuse/dev.ts. */
export function ioctl(fc: usize, has_connection: bool, cmd: u32, mapped: u32): i32 {
  trace_reset();
  return fuse_dev_ioctl(changetype<fuse_conn>(fc), has_connection, cmd, mapped);
}

/** The backing object that the open file of this inode now holds, as a handle, or -errno. */
export function passthrough_open(fc: usize, handle: usize, id: i32): i32 {
  trace_reset();
  return <i32>fuse_passthrough_open(changetype<fuse_conn>(fc), changetype<inode | null>(handle), id);
}

export function passthrough_release(handle: usize, fb: usize): void {
  trace_reset();
  fuse_passthrough_release(changetype<inode | null>(handle), changetype<fuse_backing>(fb));
}

/** fuse_backing_lookup() for one subsystem, given straight back: the object's serial number, or 0. */
export function backing_lookup(fc: usize, id: i32, iomap: bool): u32 {
  trace_reset();
  const ops = iomap ? fuse_iomap_backing_ops() : fuse_passthrough_backing_ops();
  const fb = fuse_backing_lookup(changetype<fuse_conn>(fc), ops, id);
  if (!fb) return 0;
  const serial = fb.serial;
  fuse_backing_put(fb);
  return serial;
}

/** ->iomap_begin as iomap_iter() calls it, with both maps zeroed. Results at maps_address(). */
export function iomap_begin(handle: usize, pos: i64, count: i64, opflags: u32): i32 {
  trace_reset();
  halt_reset();
  const to = changetype<iomap>(maps_block);
  const srcmap = changetype<iomap>(maps_block + SIZEOF_IOMAP);
  iomap_clear(to);
  iomap_clear(srcmap);
  return fuse_iomap_begin(changetype<inode>(handle), pos, count, opflags, to, srcmap);
}

/** ->iomap_end with the iomap at maps_address(). `written` is bytes done or -errno. */
export function iomap_end(handle: usize, pos: i64, count: i64, written: i64, opflags: u32): i32 {
  trace_reset();
  halt_reset();
  return fuse_iomap_end(
    changetype<inode>(handle),
    pos,
    count,
    written,
    opflags,
    changetype<iomap>(maps_block),
  );
}

/** How many of `len` bytes at `pos` the maps at maps_address() allow at once. */
export function map_length(pos: i64, len: i64): i64 {
  const srcmap = changetype<iomap>(maps_block + SIZEOF_IOMAP);
  return iomap_length_trim(changetype<iomap>(maps_block), srcmap, pos, len);
}
