// SPDX-License-Identifier: GPL-2.0-only
/** Direct I/O: bytes between the caller's buffer and the device. */

import { DEBUG, READS_INLINE } from '../../config';
import { block_device } from '../../block/bdev';
import { REQ_OP_READ, REQ_OP_WRITE } from '../../block/bio';
import { blk_finish_plug, blk_start_plug, plug_bio } from '../../block/plug';
import { Oops, halted, oops } from '../../halt';
import { EAGAIN, EINVAL, EIO, ENOTBLK } from '../../include/linux/errno';
import {
  IOMAP_ATOMIC,
  IOMAP_DELALLOC,
  IOMAP_DIRECT,
  IOMAP_F_ATOMIC_BIO,
  IOMAP_F_NEW,
  IOMAP_F_SHARED,
  IOMAP_HOLE,
  IOMAP_INLINE,
  IOMAP_MAPPED,
  IOMAP_NOWAIT,
  IOMAP_OVERWRITE_ONLY,
  IOMAP_UNWRITTEN,
  IOMAP_WRITE,
  iomap,
  iomap_ops,
} from '../../include/linux/iomap';
import { invalidate_inode_pages2_range, next_dirty, next_folio } from '../../mm/filemap';
import { Note, Origin, Payload, Warn } from '../../records';
import { trace_bytes, trace_note, trace_warn } from '../../trace';
import {
  FUSE_IOMAP_IOEND_DIRECT,
  FUSE_IOMAP_IOEND_SHARED,
  FUSE_IOMAP_IOEND_UNWRITTEN,
} from '../fuse/file_iomap_ioend';
import { i_blocksize, inode } from '../../include/linux/fs';
import { round_down, round_up } from '../../include/linux/math';
import {
  iomap_iter,
  iomap_iter_state,
  iomap_length,
  iomap_iter_advance,
  iomap_sector,
  iter_free,
  iter_new,
} from './iter';
import { filemap_write_and_wait_range } from './page-io';

/** A data bio carries at most 256 pages (docs/LIMITS.md). */
const BIO_BYTES: i64 = 1 << 20;

/**
 * iomap_dio: the state of one request.
 *
 *     +0  | buffer (4)       | error (4)        |
 *     +8  | pos of its first byte               |
 *     +16 | size: bytes submitted or zeroed     |
 *     +24 | i_size before it                    |
 *     +32 | write (4)        | ioend flags (4)  |
 */
@unmanaged
class iomap_dio {
  buffer: usize;
  error: i32;
  pos: i64;
  size: i64;
  i_size: i64;
  write: u32;
  flags: u32;
}
const dio_block: usize = memory.data(40, 16);

/** Where in the caller's buffer a file position is. */
function buffer_at(dio: iomap_dio, pos: i64): usize {
  if (DEBUG) assert(dio.buffer != 0 && pos >= dio.pos, 'a request has a buffer from its first byte on');
  return dio.buffer + <usize>(pos - dio.pos);
}

/** A request that has used no byte of its buffer yet. */
export function iomap_dio_reset(): void {
  memory.fill(dio_block, 0, offsetof<iomap_dio>());
}

/** How many bytes of the last request's buffer are used: those submitted, and those of a read that are zeros. */
export function iomap_dio_used(): i64 {
  return changetype<iomap_dio>(dio_block).size;
}

/** The first error stays. */
function iomap_dio_set_error(dio: iomap_dio, err: i32): void {
  if (dio.error == 0) dio.error = err;
}

/** A bio of zeros of its own, if there is anything to zero. */
function iomap_dio_zero(it: iomap_iter_state, dio: iomap_dio, pos: i64, bytes: i64): void {
  if (bytes == 0 || halted()) return;
  const sector = iomap_sector(it.iomap, pos);
  iomap_dio_set_error(dio, plug_bio(sector, <u64>bytes, <u64>pos, 0, Payload.ZEROS, false));
}

/** Whether a mapping may be used as it is; if not, the iter's status is set. */
function iomap_dio_allowed(it: iomap_iter_state, dio: iomap_dio, bdev: block_device, length: i64): bool {
  const lbs_mask = <i64>bdev.logical_block_size - 1;
  if (((it.pos | length) & lbs_mask) != 0) {
    trace_note(Note.DIO_UNALIGNED, (it.pos & lbs_mask) != 0 ? it.pos : length, lbs_mask + 1);
    it.status = -EINVAL;
    return false;
  }
  if (dio.write != 0 && (it.iomap.flags & IOMAP_F_ATOMIC_BIO) != 0 && length != it.len) {
    trace_note(Note.DIO_TORN, length, it.len);
    it.status = -EINVAL;
    return false;
  }
  return true;
}

/** What the server will be told of a write, and whether zeros go around it. */
function iomap_dio_notes(map: iomap, dio: iomap_dio): bool {
  if (dio.write == 0) return false;
  if (map.type == IOMAP_UNWRITTEN) dio.flags |= FUSE_IOMAP_IOEND_UNWRITTEN;
  if ((map.flags & IOMAP_F_SHARED) != 0) dio.flags |= FUSE_IOMAP_IOEND_SHARED;
  return map.type == IOMAP_UNWRITTEN || (map.flags & IOMAP_F_NEW) != 0;
}

/**
 * A mapping that has a device. Sets the iter's status. All of its bios are submitted before any completes, so an
 * error that a device has is seen in the next mapping only; one that submission has is seen at once.
 */
function iomap_dio_bio_iter(it: iomap_iter_state, dio: iomap_dio): void {
  const map = it.iomap;
  const length = iomap_length(it);
  const bdev = map.bdev;
  if (!bdev) {
    it.status = oops(Oops.NULL_BDEV);
    return;
  }
  if (!iomap_dio_allowed(it, dio, bdev, length)) return;
  const zeroing = iomap_dio_notes(map, dio);
  blk_start_plug(bdev, dio.write != 0 ? REQ_OP_WRITE : REQ_OP_READ);
  const all = iomap_dio_submit(it, dio, length, zeroing);
  iomap_dio_set_error(dio, blk_finish_plug());
  if (all && !halted()) iomap_iter_advance(it, length);
}

/** The bios of one mapping: zeros up to its first byte, the data, zeros after it. False if an error came before. */
function iomap_dio_submit(it: iomap_iter_state, dio: iomap_dio, length: i64, zeroing: bool): bool {
  const map = it.iomap;
  const payload = dio.write != 0 ? Payload.CALLER : Payload.NONE;
  const atomic = dio.write != 0 && (map.flags & IOMAP_F_ATOMIC_BIO) != 0;
  const block_size = i_blocksize(it.inode);
  let pos = it.pos;
  const block_start = round_down(pos, block_size);
  if (zeroing) iomap_dio_zero(it, dio, block_start, pos - block_start);
  const end = pos + length;
  while (pos < end && !halted()) {
    // All that went out of this mapping before counts for nothing now, and the loop ends.
    if (dio.error != 0) return false;
    const bytes = min<i64>(end - pos, BIO_BYTES);
    const sector = iomap_sector(map, pos);
    dio.error = plug_bio(sector, <u64>bytes, <u64>pos, buffer_at(dio, pos), payload, atomic);
    dio.size += bytes;
    pos += bytes;
  }
  const to_block_end = round_up(end, block_size) - end;
  if (zeroing || (dio.write != 0 && end >= dio.i_size)) iomap_dio_zero(it, dio, end, to_block_end);
  return true;
}

/** Inline data: bytes go between the caller and the mapping's buffer, and no device hears of it. */
function iomap_dio_inline_iter(it: iomap_iter_state, dio: iomap_dio): void {
  const map = it.iomap;
  const inode = it.inode;
  const bytes = iomap_length(it);
  const at = map.inline_data + <usize>(it.pos - map.offset);
  if (dio.write != 0) {
    const size = max<i64>(inode.i_size, map.offset);
    if (it.pos > size) memory.fill(map.inline_data + <usize>(size - map.offset), 0, <usize>(it.pos - size));
    memory.copy(at, buffer_at(dio, it.pos), <usize>bytes);
    if (it.pos + bytes > inode.i_size) inode.i_size = it.pos + bytes;
  } else {
    memory.copy(buffer_at(dio, it.pos), at, <usize>bytes);
  }
  dio.size += bytes;
  iomap_iter_advance(it, bytes);
}

/** One mapping, by its type. Sets the iter's status. */
function iomap_dio_iter(it: iomap_iter_state, dio: iomap_dio): void {
  const map = it.iomap;
  const type = map.type;
  if (type == IOMAP_MAPPED || (type == IOMAP_UNWRITTEN && dio.write != 0)) {
    iomap_dio_bio_iter(it, dio);
  } else if (type == IOMAP_HOLE || type == IOMAP_UNWRITTEN) {
    if (dio.write != 0) {
      trace_warn(Warn.DIO_HOLE_WRITE, <u64>it.pos, 0);
      it.status = -EIO;
      return;
    }
    const bytes = iomap_length(it);
    memory.fill(buffer_at(dio, it.pos), 0, <usize>bytes);
    trace_bytes(type == IOMAP_HOLE ? Origin.HOLE : Origin.UNWRITTEN, <u64>it.pos, <u64>bytes);
    dio.size += bytes;
    iomap_iter_advance(it, bytes);
  } else if (READS_INLINE && type == IOMAP_INLINE && map.inline_data != 0) {
    iomap_dio_inline_iter(it, dio);
  } else if (type == IOMAP_INLINE) {
    // inline_data is NULL, and only its sum with the distance from the mapping's start is tested for that.
    if (it.pos != map.offset) {
      it.status = oops(Oops.INLINE_WILD);
      return;
    }
    trace_warn(Warn.DIO_INLINE, <u64>it.pos, 0);
    it.status = -EIO;
  } else {
    trace_warn(type == IOMAP_DELALLOC ? Warn.DIO_DELALLOC : Warn.DIO_TYPE, <u64>it.pos, type);
    it.status = -EIO;
  }
}

/** The loop over all of [pos, pos + count), and the completion but for a write's ioend. */
function __iomap_dio_rw(
  inode: inode,
  dio: iomap_dio,
  pos: i64,
  count: i64,
  buffer: usize,
  flags: u32,
  ops: iomap_ops,
): void {
  iomap_dio_reset();
  dio.buffer = buffer;
  dio.pos = pos;
  dio.i_size = inode.i_size;
  dio.write = flags & IOMAP_WRITE;
  const it = iter_new(inode, pos, count, flags, ops);
  let ret = iomap_iter(it);
  while (ret > 0) {
    iomap_dio_iter(it, dio);
    ret = iomap_iter(it);
  }
  iter_free(it);
  // A server without a mapping asks for something other than direct I/O; that is not an error here.
  if (ret < 0 && ret != -ENOTBLK) iomap_dio_set_error(dio, ret);
}

/**
 * A direct read of `count` bytes at `pos` into `buffer`, which must hold them all. The whole length is asked for,
 * past the end of the file too; only the result is cut to the size. Bytes, or -errno; -ENOSYS asks for a buffered
 * one.
 */
export function iomap_dio_read(
  inode: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  opflags: u32,
  ops: iomap_ops,
): i64 {
  const i_size = inode.i_size;
  iomap_dio_reset();
  if (count == 0 || pos >= i_size) return 0;
  if (next_dirty(inode, pos, pos + count)) {
    // Clean pages are not a reason to wait.
    if ((opflags & IOMAP_NOWAIT) != 0) return -EAGAIN;
    const err = filemap_write_and_wait_range(inode, pos, pos + count);
    if (err != 0) return err;
  }
  const dio = changetype<iomap_dio>(dio_block);
  __iomap_dio_rw(inode, dio, pos, count, buffer, IOMAP_DIRECT | opflags, ops);
  if (dio.error != 0) return dio.error;
  return min<i64>(dio.size, i_size - pos);
}

/**
 * A direct write, already checked against the size limits. All or nothing in its result: bytes, or -errno
 * although earlier bytes may have moved. -ENOTBLK and -ENOSYS ask for a buffered one.
 */
export function iomap_dio_write(
  inode: inode,
  pos: i64,
  count: i64,
  buffer: usize,
  opflags: u32,
  ops: iomap_ops,
): i64 {
  if (count == 0) return 0;
  if ((opflags & IOMAP_OVERWRITE_ONLY) != 0 && pos + count > inode.i_size) return -EAGAIN;
  if ((opflags & IOMAP_NOWAIT) != 0 && next_folio(inode, pos, pos + count)) return -EAGAIN;
  if (next_dirty(inode, pos, pos + count)) {
    const err = filemap_write_and_wait_range(inode, pos, pos + count);
    // kiocb_invalidate_pages(): only -EAGAIN is told as it is, and all that an atomic write hears.
    if (err != 0) return err == -EAGAIN || (opflags & IOMAP_ATOMIC) != 0 ? -EAGAIN : -ENOTBLK;
  }
  invalidate_inode_pages2_range(inode, pos, pos + count);

  const dio = changetype<iomap_dio>(dio_block);
  __iomap_dio_rw(inode, dio, pos, count, buffer, IOMAP_DIRECT | IOMAP_WRITE | opflags, ops);
  if (halted()) return dio.error;
  const error = dio.error;
  const size = dio.size;
  const flags = dio.flags | FUSE_IOMAP_IOEND_DIRECT;
  const err = ops.end_io(inode, pos, size, flags, error, 0, u64.MAX_VALUE);
  // Nothing came into the cache since it was dropped above: the second look that a kernel takes finds nothing.
  if (error != 0) return error;
  return err != 0 ? err : size;
}
