// SPDX-License-Identifier: GPL-2.0-only
/** What the host asks of files and devices: the exports of the I/O steps. */

import { bdev_read, bdev_write, block_device } from './block/bdev';
import { bdev_add_fault } from './block/bio';
import { DEBUG, DOES_IO, READS_INLINE } from './config';
import { EINVAL } from './include/linux/errno';
import { Oops, halt_reset, oops } from './halt';
import { iomap_file_unshare } from './fs/iomap/buffered-io';
import { iomap_bmap, iomap_fiemap, iomap_seek } from './fs/iomap/fiemap';
import {
  fuse_file_fsync,
  fuse_file_read,
  fuse_file_truncate,
  fuse_file_write,
  fuse_file_zero_range,
} from './fs/fuse/file';
import { fuse_iomap_ioend } from './fs/fuse/file_iomap_ioend';
import { fuse_iomap_ops } from './fs/fuse/iomap_ops';
import { inode } from './include/linux/fs';
import {
  invalidate_inode_pages2_range,
  filemap_get_folio,
  folio_bytes,
  folio_index,
  folio_pos,
} from './mm/filemap';
import { heap_exhaust, heap_take } from './mm/slab';
import { trace_reset } from './trace';

/** The buffer of the calling process: grows, never shrinks. +0 address (4), +4 capacity (4). */
const buffer_block: usize = memory.data(8, 8);

/** What a machine of 256 MiB could hold at all; twice of it still is a number. */
const BUFFER_MAX: u32 = 1 << 28;

/** The buffer for a count that may not be a 32-bit number. */
function buffer_for(bytes: u64): usize {
  return io_buffer(<u32>min<u64>(bytes, u32.MAX_VALUE));
}

/** A buffer of at least this many bytes; 0 if memory is out. Its contents are the caller's. */
export function io_buffer(bytes: u32): usize {
  if (bytes > BUFFER_MAX) {
    heap_exhaust();
    return 0;
  }
  if (load<u32>(buffer_block, 4) < bytes || load<usize>(buffer_block) == 0) {
    // Twice the requested size, so that the abandoned room is never larger than the room in use.
    const at = heap_take(<usize>bytes * 2);
    if (at == 0) return 0;
    store<usize>(buffer_block, at);
    store<u32>(buffer_block, bytes * 2, 4);
  }
  return load<usize>(buffer_block);
}

function enter(): void {
  if (DEBUG) assert(DOES_IO, 'no file is read through the plumbing alone');
  trace_reset();
  halt_reset();
}

/** `how`: bit 0 is O_DIRECT, bit 1 FOPEN_DIRECT_IO; for io_write() too. */
export function io_read(handle: usize, pos: i64, count: i64, how: u32, opflags: u32): i64 {
  enter();
  if (pos < 0 || count < 0) return -EINVAL;
  const buffer = buffer_for(<u64>count);
  if (buffer == 0) return oops(Oops.OUT_OF_MEMORY);
  return fuse_file_read(changetype<inode>(handle), pos, count, buffer, how, opflags);
}

/** The bytes are in the buffer. */
export function io_write(handle: usize, pos: i64, count: i64, how: u32, opflags: u32): i64 {
  enter();
  if (pos < 0 || count < 0) return -EINVAL;
  const buffer = buffer_for(<u64>count);
  if (buffer == 0) return oops(Oops.OUT_OF_MEMORY);
  return fuse_file_write(changetype<inode>(handle), pos, count, buffer, how, opflags);
}

export function io_fsync(handle: usize): i32 {
  enter();
  return fuse_file_fsync(changetype<inode>(handle));
}

export function io_truncate(handle: usize, size: i64): i32 {
  enter();
  return fuse_file_truncate(changetype<inode>(handle), size);
}

export function io_fzero(handle: usize, pos: i64, count: i64, keep_size: bool): i32 {
  enter();
  return fuse_file_zero_range(changetype<inode>(handle), pos, count, keep_size);
}

export function io_unshare(handle: usize, pos: i64, count: i64): i32 {
  enter();
  return iomap_file_unshare(changetype<inode>(handle), pos, count, fuse_iomap_ops());
}

/** Extents of 32 bytes each in the buffer; see fs/iomap/fiemap.ts. */
export function io_fiemap(handle: usize, start: u64, length: u64, flags: u32, room: u32): i32 {
  enter();
  const buffer = buffer_for(<u64>room * 32 + 32);
  if (buffer == 0) return oops(Oops.OUT_OF_MEMORY);
  return iomap_fiemap(changetype<inode>(handle), start, length, flags, room, buffer, fuse_iomap_ops());
}

export function io_seek(handle: usize, pos: i64, data: bool): i64 {
  enter();
  return iomap_seek(changetype<inode>(handle), pos, data, fuse_iomap_ops());
}

export function io_bmap(handle: usize, block: u64): u64 {
  enter();
  return iomap_bmap(changetype<inode>(handle), block, fuse_iomap_ops());
}

/** An ioend alone, as if I/O had ended so: 0, or the server's -errno. `new_addr` and `dev` are told as they are. */
export function io_ioend(
  handle: usize,
  pos: i64,
  written: i64,
  flags: u32,
  error: i32,
  dev: u32,
  new_addr: u64,
): i32 {
  enter();
  return fuse_iomap_ioend(changetype<inode>(handle), pos, written, flags, error, dev, new_addr);
}

/**
 * Makes an inode one of this size that nothing is cached of and no error is kept for, whatever was dirty: to try what
 * I/O on it would do.
 */
export function inode_renew(handle: usize, size: i64): void {
  const inode = changetype<inode>(handle);
  trace_reset();
  invalidate_inode_pages2_range(inode, 0, i64.MAX_VALUE);
  inode.i_size = size;
  inode.wb_err = 0;
  inode.as_errors = 0;
}

export function inode_size(handle: usize): i64 {
  return changetype<inode>(handle).i_size;
}

/** Sets what the server was told, where a call is made alone; from the cache of May 2026 on. */
export function inode_set_disk_size(handle: usize, size: i64): void {
  if (READS_INLINE) changetype<inode>(handle).i_disk_size = size;
}

export function inode_disk_size(handle: usize): i64 {
  return changetype<inode>(handle).i_disk_size;
}

/**
 * Copies cached bytes of one folio, from `pos` to its end at the most, to the buffer, for looking: how many were
 * copied, 0 if the folio is not there. Bit b of io_cached's high word says that block b is up to date.
 */
export function io_cached(handle: usize, pos: i64): u64 {
  const inode = changetype<inode>(handle);
  const f = filemap_get_folio(inode, folio_index(inode, pos));
  if (!f) return 0;
  const bytes = folio_bytes(inode);
  const buffer = io_buffer(<u32>bytes);
  if (buffer == 0) return 0;
  const from = pos - folio_pos(inode, f);
  memory.copy(buffer, f.data + <usize>from, <usize>(bytes - from));
  return (<u64>(bytes - from)) | ((<u64>f.uptodate) << 32) | ((<u64>f.dirty) << 48);
}

/** Contents (0 zeros, 1 pattern), read-only flag, the bio after which it dies, and its name for the pattern. */
export function device_setup(
  bdev: usize,
  contents: u32,
  read_only: bool,
  dies_after: u64,
  name0: u32,
  name1: u32,
  name2: u32,
): void {
  const b = changetype<block_device>(bdev);
  b.contents = contents;
  b.read_only = read_only ? 1 : 0;
  b.dies_after = dies_after;
  b.name0 = name0;
  b.name1 = name1;
  b.name2 = name2;
}

export function device_add_fault(
  bdev: usize,
  operations: u32,
  first: u64,
  sectors: u64,
  times: u32,
  err: i32,
): bool {
  return bdev_add_fault(changetype<block_device>(bdev), operations, first, sectors, times, err);
}

export function device_bios(bdev: usize): u64 {
  return changetype<block_device>(bdev).bios;
}

/** Copies device bytes to the buffer without leaving a mark: for looking. */
export function device_peek(bdev: usize, at: u64, bytes: u32): void {
  const buffer = io_buffer(bytes);
  if (buffer != 0) bdev_read(changetype<block_device>(bdev), at, buffer, bytes, false);
}

/** Writes the buffer to the device without leaving a mark: initial contents. False if memory is out. */
export function device_poke(bdev: usize, at: u64, bytes: u32): bool {
  return bdev_write(changetype<block_device>(bdev), at, io_buffer(bytes), bytes, false);
}

/** Copies memory and nothing more: the yardstick that I/O is measured against. */
export function memory_copy(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
