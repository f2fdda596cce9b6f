// SPDX-License-Identifier: GPL-2.0-only
/**
 * fuse_iomap_begin(): where does this range of the file live?
 *
 * Every reply goes through these functions, and a build for size calls each of them: @inline keeps a million replies
 * a second near what C makes of them.
 */

import { Check, Which, bad_data, spoilt } from '../../checks';
import {
  CACHE_REPLY_IS_CHECKED,
  CHECKS_ATOMIC,
  HAS_IOMAP_DEVICES,
  HAS_MAPPING_CACHE,
  NOWAIT_NEVER_ASKS,
  OVERWRITE_IS_BARE,
  SETS_UP_INLINE,
  TESTS_ACCESS_MODE,
  TRIES_CACHE,
} from '../../config';
import { EAGAIN, EFSCORRUPTED, EIO, ERETRYCACHE, IS_ERR, PTR_ERR } from '../../include/linux/errno';
import { i_blocksize, inode } from '../../include/linux/fs';
import { IOMAP_ATOMIC, IOMAP_NOWAIT, iomap } from '../../include/linux/iomap';
import {
  BEGIN_OUT_READ,
  BEGIN_OUT_SIZE,
  BEGIN_OUT_WRITE,
  FUSE_IOMAP_BEGIN,
  FUSE_IOMAP_DEV_NULL,
  FUSE_IOMAP_F_ATOMIC_BIO,
  FUSE_IOMAP_F_SERVER,
  FUSE_IOMAP_NULL_ADDR,
  FUSE_IOMAP_TYPE_DELALLOC,
  FUSE_IOMAP_TYPE_HOLE,
  FUSE_IOMAP_TYPE_INLINE,
  FUSE_IOMAP_TYPE_MAPPED,
  FUSE_IOMAP_TYPE_NOCACHE,
  FUSE_IOMAP_TYPE_PURE_OVERWRITE,
  FUSE_IOMAP_TYPE_RETRY_CACHE,
  FUSE_IOMAP_TYPE_UNWRITTEN,
  fuse_iomap_begin_in,
  fuse_iomap_io,
} from '../../include/uapi/linux/fuse';
import { is_aligned } from '../../include/linux/math';
import { add_overflows } from '../../lib/overflow';
import { Note } from '../../records';
import { auditing, refused, trace_note } from '../../trace';
import { fuse_backing_put } from './backing';
import { answer_args, fuse_simple_request, request_args } from './dev';
import {
  LOOKUP_MISS,
  fuse_iomap_is_uncached_op,
  fuse_iomap_retry_cache,
  fuse_iomap_try_cache,
} from './file_iomap_cache';
import { fuse_iomap_is_file_write, fuse_iomap_op_to_server } from './file_iomap_convert';
import {
  COOKIE_ALWAYS_VALID,
  TO_READ,
  TO_WRITE,
  audit_find_dev,
  fuse_iomap_find_dev,
  fuse_iomap_from_server,
  fuse_iomap_test_access,
  needs_dev,
} from './file_iomap_dev';
import { fuse_iomap_set_inline } from './file_iomap_inline';
import { fuse_backing } from './fuse_i';

function fuse_iomap_check_type(type: u16): bool {
  if (type == FUSE_IOMAP_TYPE_RETRY_CACHE || type == FUSE_IOMAP_TYPE_NOCACHE) return HAS_MAPPING_CACHE;
  return type <= FUSE_IOMAP_TYPE_INLINE || type == FUSE_IOMAP_TYPE_PURE_OVERWRITE;
}

/**
 * fuse_iomap_check_mapping(): is this mapping, by itself, one that the kernel can use? Runs for the read and the
 * write mapping of every reply, whatever the operation. With the audit on it looks at everything and returns true.
 */
@inline
export function fuse_iomap_check_mapping(inode: inode, map: fuse_iomap_io, which: Which): bool {
  const type = map.type;
  if (bad_data(Check.TYPE_UNKNOWN, which, !fuse_iomap_check_type(type), type)) return false;
  if (HAS_MAPPING_CACHE && !CACHE_REPLY_IS_CHECKED) {
    if (type == FUSE_IOMAP_TYPE_RETRY_CACHE) {
      return !bad_data(Check.CACHE_UNAVAILABLE, which, !inode.caches, type);
    }
    if (type == FUSE_IOMAP_TYPE_NOCACHE) return true;
  }

  const unknown_flags = map.flags & ~FUSE_IOMAP_F_SERVER;
  if (bad_data(Check.FLAGS_UNKNOWN, which, unknown_flags != 0, map.flags, FUSE_IOMAP_F_SERVER)) return false;
  if (bad_data(Check.LENGTH_ZERO, which, map.length == 0, map.length)) return false;

  const block_size = <u64>i_blocksize(inode);
  const offset_aligned = is_aligned(map.offset, block_size);
  if (bad_data(Check.OFFSET_UNALIGNED, which, !offset_aligned, map.offset, block_size)) return false;
  const length_aligned = is_aligned(map.length, block_size);
  if (bad_data(Check.LENGTH_UNALIGNED, which, !length_aligned, map.length, block_size)) return false;

  const wraps = add_overflows(map.offset, map.length);
  if (bad_data(Check.FILE_RANGE_OVERFLOW, which, wraps, map.offset, map.length)) return false;
  const past_max = map.offset >= <u64>inode.s_maxbytes;
  if (bad_data(Check.OFFSET_PAST_MAXBYTES, which, past_max, map.offset, <u64>inode.s_maxbytes)) return false;

  switch (type) {
    case FUSE_IOMAP_TYPE_MAPPED:
    case FUSE_IOMAP_TYPE_UNWRITTEN:
      if (bad_data(Check.DEV_MISSING, which, map.dev == FUSE_IOMAP_DEV_NULL, map.dev, type)) return false;
      if (bad_data(Check.ADDR_MISSING, which, map.addr == FUSE_IOMAP_NULL_ADDR, map.addr, type)) return false;
      break;
    case FUSE_IOMAP_TYPE_DELALLOC:
    case FUSE_IOMAP_TYPE_HOLE:
    case FUSE_IOMAP_TYPE_INLINE:
      if (bad_data(Check.DEV_FORBIDDEN, which, map.dev != FUSE_IOMAP_DEV_NULL, map.dev, type)) return false;
      if (bad_data(Check.ADDR_FORBIDDEN, which, map.addr != FUSE_IOMAP_NULL_ADDR, map.addr, type))
        return false;
      break;
    case FUSE_IOMAP_TYPE_PURE_OVERWRITE:
      if (bad_data(Check.OVERWRITE_ON_READ, which, which == Which.READ, type)) return false;
      if (OVERWRITE_IS_BARE) {
        if (bad_data(Check.OVERWRITE_FLAGS, which, map.flags != 0, map.flags)) return false;
        if (bad_data(Check.OVERWRITE_DEV, which, map.dev != FUSE_IOMAP_DEV_NULL, map.dev)) return false;
        if (bad_data(Check.OVERWRITE_ADDR, which, map.addr != FUSE_IOMAP_NULL_ADDR, map.addr)) return false;
      }
      break;
    case FUSE_IOMAP_TYPE_RETRY_CACHE:
    case FUSE_IOMAP_TYPE_NOCACHE:
      if (CACHE_REPLY_IS_CHECKED) {
        if (type == FUSE_IOMAP_TYPE_RETRY_CACHE) {
          if (bad_data(Check.CACHE_UNAVAILABLE, which, !inode.caches, type)) return false;
        }
        if (bad_data(Check.CACHE_TYPE_FLAGS, which, map.flags != 0, map.flags, type)) return false;
        if (bad_data(Check.CACHE_TYPE_DEV, which, map.dev != FUSE_IOMAP_DEV_NULL, map.dev, type))
          return false;
        if (bad_data(Check.CACHE_TYPE_ADDR, which, map.addr != FUSE_IOMAP_NULL_ADDR, map.addr, type))
          return false;
      }
      break;
    default:
      // Only an audit gets here, after an unknown type.
      break;
  }

  if (!HAS_IOMAP_DEVICES) {
    if (bad_data(Check.DEV_UNSUPPORTED, which, map.dev != FUSE_IOMAP_DEV_NULL, map.dev)) return false;
  }

  // An address that should not be there has no range worth looking at.
  if (!has_forbidden_addr(which)) {
    const past_device = map.addr != FUSE_IOMAP_NULL_ADDR && add_overflows(map.addr, map.length);
    if (bad_data(Check.DEVICE_RANGE_OVERFLOW, which, past_device, map.addr, map.length)) return false;
  }
  return true;
}


@inline
function has_forbidden_addr(which: Which): bool {
  if (spoilt(Check.ADDR_FORBIDDEN, which)) return true;
  if (OVERWRITE_IS_BARE && spoilt(Check.OVERWRITE_ADDR, which)) return true;
  return CACHE_REPLY_IS_CHECKED && spoilt(Check.CACHE_TYPE_ADDR, which);
}

/** Whether the end of a mapping means anything: an audit may get here with one that has none. */
@inline
function has_end(which: Which): bool {
  return !spoilt(Check.LENGTH_ZERO, which) && !spoilt(Check.FILE_RANGE_OVERFLOW, which);
}

/** fuse_iomap_begin_validate(): do both mappings make sense, and cover the first byte asked for? 0 or -errno. */
@inline
export function fuse_iomap_begin_validate(inode: inode, pos: u64, opflags: u32, reply: usize): i32 {
  const read = changetype<fuse_iomap_io>(reply + BEGIN_OUT_READ);
  const write = changetype<fuse_iomap_io>(reply + BEGIN_OUT_WRITE);

  if (!fuse_iomap_check_mapping(inode, read, Which.READ)) return -EFSCORRUPTED;
  if (!fuse_iomap_check_mapping(inode, write, Which.WRITE)) return -EFSCORRUPTED;

  if (HAS_MAPPING_CACHE) {
    // "Do not cache" says nothing about where the data lives.
    const read_nocache = read.type == FUSE_IOMAP_TYPE_NOCACHE;
    if (bad_data(Check.NOCACHE_ON_BEGIN, Which.READ, read_nocache, read.type)) return -EFSCORRUPTED;
    const write_nocache = write.type == FUSE_IOMAP_TYPE_NOCACHE;
    if (bad_data(Check.NOCACHE_ON_BEGIN, Which.WRITE, write_nocache, write.type)) return -EFSCORRUPTED;
  }

  if (bad_data(Check.READ_AFTER_POS, Which.READ, read.offset > pos, read.offset, pos)) return -EFSCORRUPTED;
  if (bad_data(Check.WRITE_AFTER_POS, Which.WRITE, write.offset > pos, write.offset, pos))
    return -EFSCORRUPTED;
  if (has_end(Which.READ)) {
    const ends = read.offset + read.length <= pos;
    if (bad_data(Check.READ_BEFORE_POS, Which.READ, ends, read.offset, read.length, pos))
      return -EFSCORRUPTED;
  }
  if (has_end(Which.WRITE)) {
    const ends = write.offset + write.length <= pos;
    if (bad_data(Check.WRITE_BEFORE_POS, Which.WRITE, ends, write.offset, write.length, pos))
      return -EFSCORRUPTED;
  }
  if (CACHE_REPLY_IS_CHECKED && fuse_iomap_is_uncached_op(opflags)) {
    // The kernel asks the same of read.type once more where it could have asked of write.type.
    const retries = read.type == FUSE_IOMAP_TYPE_RETRY_CACHE;
    if (bad_data(Check.RETRY_UNCACHED_OP, Which.READ, retries, read.type, opflags)) return -EFSCORRUPTED;
  }
  const found = refused();
  if (CHECKS_ATOMIC && (opflags & IOMAP_ATOMIC) != 0) {
    // For a pure overwrite the read mapping is where the bytes go.
    const bare = write.type == FUSE_IOMAP_TYPE_PURE_OVERWRITE;
    const map = bare ? read : write;
    const which = bare ? Which.READ : Which.WRITE;
    if (bad_data(Check.ATOMIC_NOT_MAPPED, which, !needs_dev(map), map.type)) return -EIO;
    const torn = (map.flags & FUSE_IOMAP_F_ATOMIC_BIO) == 0;
    if (bad_data(Check.ATOMIC_NO_FLAG, which, torn, map.flags, FUSE_IOMAP_F_ATOMIC_BIO)) return -EIO;
    if (refused() && !found) return -EIO;
  }
  return found ? -EFSCORRUPTED : 0;
}

/** Whether the device of the write mapping is wanted: only a write to somewhere else uses it. */
@inline
function needs_write_dev(opflags: u32, write: fuse_iomap_io): bool {
  return fuse_iomap_is_file_write(opflags) && write.type != FUSE_IOMAP_TYPE_PURE_OVERWRITE;
}

/**
 * What fuse_iomap_begin() does with a reply once it has come: 0 with `to` and perhaps `srcmap` filled in, or
 * -errno with both untouched. References on devices are dropped on every path, the last ones before success is
 * returned: the iomap keeps a bare bdev.
 */
export function fuse_iomap_begin_reply(
  inode: inode,
  pos: u64,
  opflags: u32,
  reply: usize,
  to: iomap,
  srcmap: iomap,
): i32 {
  const fc = inode.fc;
  const read = changetype<fuse_iomap_io>(reply + BEGIN_OUT_READ);
  const write = changetype<fuse_iomap_io>(reply + BEGIN_OUT_WRITE);

  let err = fuse_iomap_begin_validate(inode, pos, opflags, reply);
  if (err != 0) {
    if (HAS_IOMAP_DEVICES && auditing()) {
      audit_find_dev(fc, read, Which.READ);
      if (needs_write_dev(opflags, write)) audit_find_dev(fc, write, Which.WRITE);
    }
    return err;
  }
  if (TRIES_CACHE) {
    if (read.type == FUSE_IOMAP_TYPE_RETRY_CACHE || write.type == FUSE_IOMAP_TYPE_RETRY_CACHE)
      return fuse_iomap_retry_cache(inode, pos, opflags, to, srcmap);
  } else if (HAS_MAPPING_CACHE) {
    // The cache would be looked into again here, and on a miss the server asked again.
    if (read.type == FUSE_IOMAP_TYPE_RETRY_CACHE) return -ERETRYCACHE;
  }

  let read_dev: usize = 0;
  let write_dev: usize = 0;
  if (HAS_IOMAP_DEVICES) {
    read_dev = fuse_iomap_find_dev(fc, read, Which.READ);
    if (IS_ERR(read_dev) || refused()) {
      if (auditing() && needs_write_dev(opflags, write)) audit_find_dev(fc, write, Which.WRITE);
      return -EFSCORRUPTED;
    }
  }
  const read_fb = changetype<fuse_backing | null>(read_dev);

  if (needs_write_dev(opflags, write)) {
    if (HAS_IOMAP_DEVICES) {
      write_dev = fuse_iomap_find_dev(fc, write, Which.WRITE);
      if (IS_ERR(write_dev) || refused()) {
        fuse_backing_put(read_fb);
        return IS_ERR(write_dev) ? PTR_ERR(write_dev) : -EFSCORRUPTED;
      }
    }
    if (TESTS_ACCESS_MODE) {
      const to_fb = changetype<fuse_backing | null>(write_dev);
      err = fuse_iomap_test_access(read_fb, read, TO_READ, Which.READ);
      if (err == 0) err = fuse_iomap_test_access(to_fb, write, TO_WRITE, Which.WRITE);
      if (err != 0) {
        fuse_backing_put(to_fb);
        fuse_backing_put(read_fb);
        return err;
      }
    }
    // Out of place: data comes from the read mapping and goes to the write mapping.
    const write_fb = changetype<fuse_backing | null>(write_dev);
    fuse_iomap_from_server(inode, to, write_fb, write);
    fuse_iomap_from_server(inode, srcmap, read_fb, read);
    fuse_backing_put(write_fb);
  } else {
    if (TESTS_ACCESS_MODE) {
      const need = fuse_iomap_is_file_write(opflags) ? TO_WRITE : TO_READ;
      err = fuse_iomap_test_access(read_fb, read, need, Which.READ);
      if (err != 0) {
        fuse_backing_put(read_fb);
        return err;
      }
    }
    fuse_iomap_from_server(inode, to, read_fb, read);
    if (TRIES_CACHE) {
      // What a lookup that became a miss has left there stays, and passes for valid.
      if (srcmap.length != 0) trace_note(Note.SRCMAP_LEFT_OVER, <u64>srcmap.offset, srcmap.length);
      srcmap.validity_cookie = COOKIE_ALWAYS_VALID;
    }
  }
  fuse_backing_put(read_fb);
  return 0;
}

/** fuse_iomap_begin(): asks the server about [pos, pos + count), in bytes. `to` and `srcmap` come in zeroed. */
export function fuse_iomap_begin(
  inode: inode,
  pos: i64,
  count: i64,
  opflags: u32,
  to: iomap,
  srcmap: iomap,
): i32 {
  if (TRIES_CACHE && !fuse_iomap_is_uncached_op(opflags) && inode.caches) {
    const tried = fuse_iomap_try_cache(inode, <u64>pos, opflags, to, srcmap, false);
    if (tried < 0) return tried;
    if (tried != LOOKUP_MISS) return fuse_iomap_set_inline(inode, opflags, to, srcmap);
  }
  if (NOWAIT_NEVER_ASKS && (opflags & IOMAP_NOWAIT) != 0) {
    trace_note(Note.BEGIN_NOWAIT, opflags);
    return -EAGAIN;
  }
  const inarg = changetype<fuse_iomap_begin_in>(request_args());
  inarg.opflags = fuse_iomap_op_to_server(opflags);
  inarg.reserved = 0;
  inarg.attr_ino = inode.orig_ino;
  inarg.pos = <u64>pos;
  inarg.count = <u64>count;
  const size = <u32>offsetof<fuse_iomap_begin_in>();
  let err = fuse_simple_request(inode.fc, FUSE_IOMAP_BEGIN, inode.nodeid, size, BEGIN_OUT_SIZE);
  if (err != 0) return err;
  err = fuse_iomap_begin_reply(inode, <u64>pos, opflags, answer_args(), to, srcmap);
  return SETS_UP_INLINE && err == 0 ? fuse_iomap_set_inline(inode, opflags, to, srcmap) : err;
}
