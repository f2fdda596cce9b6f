// SPDX-License-Identifier: GPL-2.0-only
/** Direct I/O: bytes between the caller's buffer and the device. */

import { DEBUG } from '../../config';
import { REQ_OP_READ, REQ_OP_WRITE, bio_move, submit_bio } from '../../block/bio';
import { Oops, halted, oops } from '../../halt';
import { EAGAIN, EINVAL, EIO, ENOTBLK } from '../../include/linux/errno';
import {
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
  iomap_ops,
} from '../../include/linux/iomap';
import { invalidate_inode_pages2_range, next_dirty, next_folio } from '../../mm/filemap';
import { Note, Origin, Payload, Warn } from '../../records';
import { trace_bytes, trace_note, trace_warn } from '../../trace';
import {
  FUSE_IOMAP_IOEND_DIRECT,
  FUSE_IOMAP_IOEND_SHARED,
  FUSE_IOMAP_IOEND_UNWRITTEN,
  fuse_iomap_ioend,
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

/** A bio of zeros of its own, if there is anything to zero. */
function iomap_dio_zero(it: iomap_iter_state, dio: iomap_dio, pos: i64, bytes: i64): void {
  if (bytes == 0 || halted()) return;
  const map = it.iomap;
  const sector = iomap_sector(map, pos);
  const err = submit_bio(map.bdev, REQ_OP_WRITE, sector, <u64>bytes, <u64>pos, Payload.ZEROS);
  if (err == 0) bio_move(map.bdev!, REQ_OP_WRITE, sector << 9, 0, <u64>bytes);
  else if (dio.error == 0) dio.error = err;
}

/** A mapping that has a device. Sets the iter's status. */
function iomap_dio_bio_iter(it: iomap_iter_state, dio: iomap_dio): void {
  const map = it.iomap;
  const length = iomap_length(it);
  const bdev = map.bdev;
  if (!bdev) {
    it.status = oops(Oops.NULL_BDEV);
    return;
  }
  const lbs_mask = <i64>bdev.logical_block_size - 1;
  if (((it.pos | length) & lbs_mask) != 0) {
    trace_note(Note.DIO_UNALIGNED, (it.pos & lbs_mask) != 0 ? it.pos : length, lbs_mask + 1);
    it.status = -EINVAL;
    return;
  }
  let zeroing = false;
  if (dio.write != 0) {
    if ((map.flags & IOMAP_F_ATOMIC_BIO) != 0 && length != it.len) {
      trace_note(Note.DIO_TORN, length, it.len);
      it.status = -EINVAL;
      return;
    }
    if (map.type == IOMAP_UNWRITTEN) {
      dio.flags |= FUSE_IOMAP_IOEND_UNWRITTEN;
      zeroing = true;
    }
    if ((map.flags & IOMAP_F_SHARED) != 0) dio.flags |= FUSE_IOMAP_IOEND_SHARED;
    if ((map.flags & IOMAP_F_NEW) != 0) zeroing = true;
  }

  const op = dio.write != 0 ? REQ_OP_WRITE : REQ_OP_READ;
  const payload = dio.write != 0 ? Payload.CALLER : Payload.NONE;
  const block_size = i_blocksize(it.inode);
  let pos = it.pos;
  const block_start = round_down(pos, block_size);
  if (zeroing) iomap_dio_zero(it, dio, block_start, pos - block_start);
  const end = pos + length;
  while (pos < end && !halted()) {
    // All that went out of this mapping before counts for nothing now, and the loop ends.
    if (dio.error != 0) return;
    const bytes = min<i64>(end - pos, BIO_BYTES);
    const sector = iomap_sector(map, pos);
    const err = submit_bio(bdev, op, sector, <u64>bytes, <u64>pos, payload);
    if (err == 0) bio_move(bdev, op, sector << 9, buffer_at(dio, pos), <u64>bytes);
    else dio.error = err;
    dio.size += bytes;
    pos += bytes;
  }
  if (halted()) return;
  const to_block_end = round_up(end, block_size) - end;
  if (zeroing || (dio.write != 0 && end >= dio.i_size)) iomap_dio_zero(it, dio, end, to_block_end);
  iomap_iter_advance(it, length);
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
  memory.fill(dio_block, 0, offsetof<iomap_dio>());
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
  if (ret < 0 && ret != -ENOTBLK && dio.error == 0) dio.error = ret;
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
  if (count == 0 || pos >= i_size) return 0;
  if ((opflags & IOMAP_NOWAIT) != 0 && next_folio(inode, pos, pos + count)) return -EAGAIN;
  if (next_dirty(inode, pos, pos + count)) {
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
    // kiocb_invalidate_pages(): only -EAGAIN is told as it is.
    if (err != 0) return err == -EAGAIN ? err : -ENOTBLK;
  }
  invalidate_inode_pages2_range(inode, pos, pos + count);

  const dio = changetype<iomap_dio>(dio_block);
  __iomap_dio_rw(inode, dio, pos, count, buffer, IOMAP_DIRECT | IOMAP_WRITE | opflags, ops);
  if (halted()) return dio.error;
  const error = dio.error;
  const size = dio.size;
  const flags = dio.flags | FUSE_IOMAP_IOEND_DIRECT;
  const err = fuse_iomap_ioend(inode, pos, size, flags, error, 0, u64.MAX_VALUE);
  // Nothing came into the cache since it was dropped above: the second look that a kernel takes finds nothing.
  if (error == 0 && err == 0) inode.i_size = max<i64>(inode.i_size, pos + size);
  if (error != 0) return error;
  return err != 0 ? err : size;
}
