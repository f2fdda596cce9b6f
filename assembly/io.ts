// SPDX-License-Identifier: GPL-2.0-only
import { bdev_read, bdev_write, block_device } from './block/bdev';
import { bdev_add_fault } from './block/bio';
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
import { inode } from './fs/fuse/fuse_i';
import { drop_range, find_folio, folio_bytes, folio_index, folio_pos } from './mm/filemap';
import { heap_exhaust, heap_take } from './mm/slab';
import { trace_reset } from './trace';

/** What the host asks of files and devices: the exports of the I/O steps. */

/** The buffer of the calling process: grows, never shrinks. +0 address (4), +4 capacity (4). */
const buffer_block: usize = memory.data(8, 8);

/** What a machine of 256 MiB could hold at all; twice of it still is a number. */
const BUFFER_MAX: u32 = 1 << 28;

/** The buffer for a count that may be no 32-bit number. */
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
    // Twice what is asked for, so that what is left behind is never more than what is in use.
    const at = heap_take(<usize>bytes * 2);
    if (at == 0) return 0;
    store<usize>(buffer_block, at);
    store<u32>(buffer_block, bytes * 2, 4);
  }
  return load<usize>(buffer_block);
}

function enter(): void {
  trace_reset();
  halt_reset();
}

export function io_read(node: usize, pos: i64, count: i64, direct: bool, opflags: u32): i64 {
  enter();
  if (pos < 0 || count < 0) return -EINVAL;
  const buffer = buffer_for(<u64>count);
  if (buffer == 0) return oops(Oops.OUT_OF_MEMORY);
  return fuse_file_read(changetype<inode>(node), pos, count, buffer, direct, opflags);
}

/** The bytes are in the buffer. */
export function io_write(node: usize, pos: i64, count: i64, direct: bool, opflags: u32): i64 {
  enter();
  if (pos < 0 || count < 0) return -EINVAL;
  const buffer = buffer_for(<u64>count);
  if (buffer == 0) return oops(Oops.OUT_OF_MEMORY);
  return fuse_file_write(changetype<inode>(node), pos, count, buffer, direct, opflags);
}

export function io_fsync(node: usize): i32 {
  enter();
  return fuse_file_fsync(changetype<inode>(node));
}

export function io_truncate(node: usize, size: i64): i32 {
  enter();
  return fuse_file_truncate(changetype<inode>(node), size);
}

export function io_fzero(node: usize, pos: i64, count: i64, keep_size: bool): i32 {
  enter();
  return fuse_file_zero_range(changetype<inode>(node), pos, count, keep_size);
}

export function io_unshare(node: usize, pos: i64, count: i64): i32 {
  enter();
  return iomap_file_unshare(changetype<inode>(node), pos, count);
}

/** Extents of 32 bytes each in the buffer; see fs/iomap/fiemap.ts. */
export function io_fiemap(node: usize, start: u64, length: u64, flags: u32, room: u32): i32 {
  enter();
  const buffer = buffer_for(<u64>room * 32 + 32);
  if (buffer == 0) return oops(Oops.OUT_OF_MEMORY);
  return iomap_fiemap(changetype<inode>(node), start, length, flags, room, buffer);
}

export function io_seek(node: usize, pos: i64, data: bool): i64 {
  enter();
  return iomap_seek(changetype<inode>(node), pos, data);
}

export function io_bmap(node: usize, block: u64): u64 {
  enter();
  return iomap_bmap(changetype<inode>(node), block);
}

/**
 * Makes an inode one of this size that nothing is cached of and no error is kept for, whatever was dirty: to try what
 * I/O on it would do.
 */
export function inode_renew(node: usize, size: i64): void {
  const n = changetype<inode>(node);
  trace_reset();
  drop_range(n, 0, i64.MAX_VALUE);
  n.i_size = size;
  n.wb_err = 0;
}

export function inode_size(node: usize): i64 {
  return changetype<inode>(node).i_size;
}

export function inode_disk_size(node: usize): i64 {
  return changetype<inode>(node).i_disk_size;
}

/**
 * Copies cached bytes of one folio, from `pos` to its end at the most, to the buffer, for looking: how many were
 * copied, 0 if the folio is not there. Bit b of io_cached's high word says that block b is up to date.
 */
export function io_cached(node: usize, pos: i64): u64 {
  const n = changetype<inode>(node);
  const f = find_folio(n, folio_index(n, pos));
  if (!f) return 0;
  const bytes = folio_bytes(n);
  const buffer = io_buffer(<u32>bytes);
  if (buffer == 0) return 0;
  const from = pos - folio_pos(n, f);
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
