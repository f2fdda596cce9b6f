// SPDX-License-Identifier: GPL-2.0-only
/** Inline data: file contents that the server keeps with its metadata, in a buffer that the mapping carries. */

import { Check, Which, bad_data } from '../../checks';
import { READS_INLINE, SETS_UP_INLINE } from '../../config';
import { EFSCORRUPTED, EIO, ENOMEM, ENOSYS } from '../../include/linux/errno';
import { i_blocksize, inode } from '../../include/linux/fs';
import { IOMAP_DIRECT, IOMAP_HOLE, IOMAP_INLINE, IOMAP_REPORT, iomap } from '../../include/linux/iomap';
import { FUSE_READ, FUSE_WRITE, WRITE_OUT_SIZE, fuse_read_in } from '../../include/uapi/linux/fuse';
import { mapping_set_error } from '../../mm/filemap';
import { heap_take } from '../../mm/slab';
import { Note } from '../../records';
import { refused, trace_note } from '../../trace';
import { IN_HEADER, OUT_HEADER, answer_args, fuse_request_with, request_args } from './dev';
import {
  CACHE_BUFFERS,
  CACHE_TRANSFER,
  fuse_iomap_cache_invalidate,
  fuse_iomap_cache_of,
} from './file_iomap_cache';
import { fuse_iomap_is_file_write } from './file_iomap_convert';

const READ_IN_SIZE: u32 = <u32>offsetof<fuse_read_in>();

/** A place in struct fuse_iomap_cache for a block and what goes around it; made once. 0 if memory is out. */
function room_at(inode: inode, offset: usize): usize {
  const cache = fuse_iomap_cache_of(inode);
  if (cache == 0) return 0;
  if (load<usize>(cache + offset) == 0) {
    const bytes = IN_HEADER + READ_IN_SIZE + <u32>i_blocksize(inode);
    store<usize>(cache + offset, heap_take(bytes));
  }
  return load<usize>(cache + offset);
}

/** Makes the places of an inode anew, for the block size that it has now; false if memory is out. */
export function inline_rooms(inode: inode): bool {
  const cache = fuse_iomap_cache_of(inode);
  if (cache == 0) return false;
  store<u64>(cache + CACHE_BUFFERS, 0);
  store<usize>(cache + CACHE_TRANSFER, 0);
  return (
    room_at(inode, CACHE_BUFFERS) != 0 &&
    room_at(inode, CACHE_BUFFERS + 4) != 0 &&
    room_at(inode, CACHE_TRANSFER) != 0
  );
}

/** Gives the mapping a zeroed buffer: 0, or -ENOMEM, for one longer than a block too. */
function fuse_iomap_inline_alloc(inode: inode, map: iomap, offset: usize): i32 {
  const block_size = <u64>i_blocksize(inode);
  if (map.length > block_size) {
    trace_note(Note.INLINE_TOO_LONG, map.length, block_size);
    return -ENOMEM;
  }
  const buffer = room_at(inode, offset);
  if (buffer == 0) return -ENOMEM;
  memory.fill(buffer, 0, <usize>block_size);
  map.inline_data = buffer;
  return 0;
}

/** The buffer of iomap, or that of srcmap, for a host that ends a mapping alone. 0 if memory is out. */
export function inode_inline_buffer(handle: usize, source: bool): usize {
  return READS_INLINE ? room_at(changetype<inode>(handle), source ? CACHE_BUFFERS + 4 : CACHE_BUFFERS) : 0;
}

/** The in-arguments of a FUSE_READ or FUSE_WRITE of [pos, pos + size). */
function fill_range(args: usize, pos: u64, size: u32): void {
  memory.fill(args, 0, READ_IN_SIZE);
  const inarg = changetype<fuse_read_in>(args);
  inarg.offset = pos;
  inarg.size = size;
}

/** FUSE_READ of the whole mapping into its buffer: 0 or -errno. Fewer bytes than asked for leave zeros. */
function fuse_iomap_inline_read(inode: inode, map: iomap): i32 {
  const transfer = room_at(inode, CACHE_TRANSFER);
  if (transfer == 0) return -ENOMEM;
  const size = <u32>map.length;
  fill_range(request_args(), <u64>map.offset, size);
  const got = fuse_request_with(inode, FUSE_READ, 0, READ_IN_SIZE, transfer, size, true);
  if (got < 0) return got == -ENOSYS ? -EIO : got;
  if (got == 0) return -EIO;
  memory.copy(map.inline_data, transfer + OUT_HEADER, <usize>got);
  return 0;
}

/** fuse_iomap_set_inline(): buffers for the inline mappings that the operation uses, filled by the server. 0 or -errno. */
export function fuse_iomap_set_inline(inode: inode, opflags: u32, to: iomap, srcmap: iomap): i32 {
  if (!SETS_UP_INLINE || inode.fc.no_inline_setup) return 0;
  const writes = fuse_iomap_is_file_write(opflags);
  const source = srcmap.type == IOMAP_INLINE;
  if (to.type != IOMAP_INLINE && !source) return 0;
  trace_note(Note.INLINE_SETUP);
  if ((opflags & IOMAP_REPORT) != 0) return 0;
  if (!READS_INLINE) {
    const longest = max<u64>(to.type == IOMAP_INLINE ? to.length : 0, writes && source ? srcmap.length : 0);
    if (longest <= <u64>i_blocksize(inode)) return 0;
    trace_note(Note.INLINE_TOO_LONG, longest, <u64>i_blocksize(inode));
    return -EFSCORRUPTED;
  }
  let err = 0;
  if (to.type == IOMAP_INLINE) err = fuse_iomap_inline_alloc(inode, to, CACHE_BUFFERS);
  if (err == 0 && writes && source) {
    err = fuse_iomap_inline_alloc(inode, srcmap, CACHE_BUFFERS + 4);
    if (err == 0) err = fuse_iomap_inline_read(inode, srcmap);
  } else if (err == 0 && to.type == IOMAP_INLINE && (!writes || srcmap.type == IOMAP_HOLE)) {
    err = fuse_iomap_inline_read(inode, to);
  }
  if (err != 0) {
    to.inline_data = 0;
    srcmap.inline_data = 0;
  }
  return err;
}

/** One FUSE_WRITE of bytes of the buffer: 0 or -errno. How many the server took is in answer_args(). */
function fuse_iomap_inline_send(inode: inode, map: iomap, pos: u64, size: u32): i32 {
  const transfer = room_at(inode, CACHE_TRANSFER);
  if (transfer == 0) return -ENOMEM;
  fill_range(transfer + IN_HEADER, pos, size);
  const from = map.inline_data + <usize>(pos - <u64>map.offset);
  memory.copy(transfer + IN_HEADER + READ_IN_SIZE, from, size);
  const got = fuse_request_with(inode, FUSE_WRITE, transfer, READ_IN_SIZE + size, 0, WRITE_OUT_SIZE, false);
  return min<i32>(got, 0);
}

/** What was not stored is on record: an error of the file, and of the call that wrote. */
function report_error(inode: inode, opflags: u32, pos: u64, bytes: u64, err: i32): void {
  mapping_set_error(inode, err);
  const note = (opflags & IOMAP_DIRECT) != 0 ? Note.INLINE_ERROR_DIRECT : Note.INLINE_ERROR_BUFFERED;
  trace_note(note, pos, bytes | ((<u64>(<u32>-err)) << 32));
}

/**
 * fuse_iomap_end() of a mapping with a buffer: writes the changed part of it back, and nothing else of an iomap_end
 * happens. 0 or -errno; once something was stored it is 0, whatever happened to the rest.
 */
export function fuse_iomap_end_inline(inode: inode, pos: u64, written: i64, opflags: u32, map: iomap): i32 {
  if (!fuse_iomap_is_file_write(opflags) || written <= 0) {
    map.inline_data = 0;
    return 0;
  }
  const end = pos + <u64>written;
  const map_end = <u64>map.offset + map.length;
  let err = 0;
  let at = pos;
  if (bad_data(Check.INLINE_PAST_MAPPING, Which.NONE, end > map_end, end, map_end) || refused()) err = -EIO;
  // The kernel does not clear it between rounds: after an -ENOSYS the count of the round before stands.
  let count: u32 = 0;
  while (err == 0 && at < end) {
    const size = <u32>(end - at);
    const sent = fuse_iomap_inline_send(inode, map, at, size);
    if (sent < 0 && sent != -ENOSYS) {
      err = sent;
      break;
    }
    if (sent == 0) count = load<u32>(answer_args());
    if (bad_data(Check.INLINE_WRITTEN_MORE, Which.NONE, count > size, count, size) || refused()) err = -EIO;
    else if (count == 0) err = -EIO;
    else at += count;
  }
  map.inline_data = 0;
  const stored = at - pos;
  if (stored == 0) {
    if (err != 0) report_error(inode, opflags, pos, <u64>written, err);
    return err;
  }
  if (err != 0) report_error(inode, opflags, at, end - at, -EIO);
  inode.i_disk_size = max<i64>(inode.i_disk_size, <i64>at);
  fuse_iomap_cache_invalidate(inode, pos, <u64>written);
  return 0;
}
