// SPDX-License-Identifier: GPL-2.0-only
/**
 * fuse_iomap_begin(): where does this range of the file live?
 *
 * Every reply goes through these functions, and a build for size calls each of them: @inline keeps a million replies
 * a second near what C makes of them.
 */

import { Check, Which, bad_data, spoilt } from '../../checks';
import { HAS_IOMAP_DEVICES, HAS_MAPPING_CACHE, TRACE } from '../../config';
import { EFSCORRUPTED, ERETRYCACHE, ERR_PTR, IS_ERR, PTR_ERR } from '../../include/linux/errno';
import { i_blocksize, inode } from '../../include/linux/fs';
import { iomap } from '../../include/linux/iomap';
import {
  BEGIN_OUT_READ,
  BEGIN_OUT_SIZE,
  BEGIN_OUT_WRITE,
  FUSE_IOMAP_BEGIN,
  FUSE_IOMAP_DEV_NULL,
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
import { auditing, refused } from '../../trace';
import { fuse_backing_kind, fuse_backing_lookup, fuse_backing_put } from './backing';
import { answer_args, fuse_simple_request, request_args } from './dev';
import {
  fuse_iomap_flags_from_server,
  fuse_iomap_is_file_write,
  fuse_iomap_op_to_server,
  fuse_iomap_type_from_server,
} from './file_iomap_convert';
import { fuse_iomap_backing_ops } from './file_iomap_ops';
import { fuse_backing, fuse_conn } from './fuse_i';

/** Ids from here on are never looked up. */
const FUSE_IOMAP_DEV_MAX: u32 = 0x7fff_ffff;

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
  if (HAS_MAPPING_CACHE) {
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
      break;
    default:
      // Only an audit gets here, after an unknown type.
      break;
  }

  if (!HAS_IOMAP_DEVICES) {
    if (bad_data(Check.DEV_UNSUPPORTED, which, map.dev != FUSE_IOMAP_DEV_NULL, map.dev)) return false;
  }

  // An address that should not be there has no range worth looking at.
  if (!spoilt(Check.ADDR_FORBIDDEN, which)) {
    const past_device = map.addr != FUSE_IOMAP_NULL_ADDR && add_overflows(map.addr, map.length);
    if (bad_data(Check.DEVICE_RANGE_OVERFLOW, which, past_device, map.addr, map.length)) return false;
  }
  return true;
}

/** Whether the end of a mapping means anything: an audit may get here with one that has none. */
@inline
function has_end(which: Which): bool {
  return !spoilt(Check.LENGTH_ZERO, which) && !spoilt(Check.FILE_RANGE_OVERFLOW, which);
}

/** fuse_iomap_begin_validate(): do both mappings make sense, and cover the first byte asked for? 0 or -errno. */
@inline
export function fuse_iomap_begin_validate(inode: inode, pos: u64, reply: usize): i32 {
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
  return refused() ? -EFSCORRUPTED : 0;
}

/** Whether the kernel looks an id up at all. */
function is_candidate(dev: u32): bool {
  return dev != FUSE_IOMAP_DEV_NULL && dev < FUSE_IOMAP_DEV_MAX;
}

/** Whether the iomap layer would do I/O to a device through this mapping. */
@inline
function needs_dev(map: fuse_iomap_io): bool {
  return map.type == FUSE_IOMAP_TYPE_MAPPED || map.type == FUSE_IOMAP_TYPE_UNWRITTEN;
}

/** Why an id led to no device: see fuse_backing_kind(), and 3 for one that is not looked up. */
function what_is(fc: fuse_conn, dev: u32): u64 {
  return is_candidate(dev) ? fuse_backing_kind(fc, dev) : 3;
}

/**
 * fuse_iomap_find_dev(): the device that a mapping names, with a reference; null for a mapping that needs none;
 * ERR_PTR(-EFSCORRUPTED) if it needs one and the connection has no such iomap device.
 */
@inline
export function fuse_iomap_find_dev(fc: fuse_conn, map: fuse_iomap_io, which: Which): usize {
  let fb: fuse_backing | null = null;
  const dev = map.dev;
  const type = map.type;
  if (is_candidate(dev)) fb = fuse_backing_lookup(fc, fuse_iomap_backing_ops(), <i32>dev);

  const needed = needs_dev(map);
  const found: u64 = TRACE && needed ? (fb ? 1 : what_is(fc, dev)) : 0;
  if (needed && bad_data(Check.DEV_NOT_FOUND, which, !fb, dev, type, found)) {
    return ERR_PTR(-EFSCORRUPTED);
  }
  return changetype<usize>(fb);
}

/**
 * After a refusal: would the devices have been found? Decides nothing, and takes no reference, not even for a
 * moment: the kernel took none, and the record would show it.
 */
function audit_find_dev(fc: fuse_conn, map: fuse_iomap_io, which: Which): void {
  if (!needs_dev(map) || spoilt(Check.DEV_MISSING, which)) return;
  const found = what_is(fc, map.dev);
  bad_data(Check.DEV_NOT_FOUND, which, found != 1, map.dev, map.type, found);
}

/** Whether the device of the write mapping is wanted: only a write to somewhere else uses it. */
@inline
function needs_write_dev(opflags: u32, write: fuse_iomap_io): bool {
  return fuse_iomap_is_file_write(opflags) && write.type != FUSE_IOMAP_TYPE_PURE_OVERWRITE;
}

/** fuse_iomap_from_server(): a wire mapping as the iomap layer wants it. */
function fuse_iomap_from_server(inode: inode, to: iomap, fb: fuse_backing | null, map: fuse_iomap_io): void {
  to.addr = map.addr;
  to.offset = <i64>map.offset;
  to.length = map.length;
  to.type = fuse_iomap_type_from_server(map.type);
  to.flags = fuse_iomap_flags_from_server(map.flags);
  // Before patch 04/31 every mapping got the device that the file system was mounted from.
  if (HAS_IOMAP_DEVICES) to.bdev = fb ? fb.bdev : null;
  else to.bdev = inode.s_bdev;
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

  const err = fuse_iomap_begin_validate(inode, pos, reply);
  if (err != 0) {
    if (HAS_IOMAP_DEVICES && auditing()) {
      audit_find_dev(fc, read, Which.READ);
      if (needs_write_dev(opflags, write)) audit_find_dev(fc, write, Which.WRITE);
    }
    return err;
  }
  // The cache would be looked into again here, and on a miss the server asked again.
  if (HAS_MAPPING_CACHE && read.type == FUSE_IOMAP_TYPE_RETRY_CACHE) return -ERETRYCACHE;

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
    // Out of place: data comes from the read mapping and goes to the write mapping.
    const write_fb = changetype<fuse_backing | null>(write_dev);
    fuse_iomap_from_server(inode, to, write_fb, write);
    fuse_iomap_from_server(inode, srcmap, read_fb, read);
    fuse_backing_put(write_fb);
  } else {
    fuse_iomap_from_server(inode, to, read_fb, read);
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
  const inarg = changetype<fuse_iomap_begin_in>(request_args());
  inarg.opflags = fuse_iomap_op_to_server(opflags);
  inarg.reserved = 0;
  inarg.attr_ino = inode.orig_ino;
  inarg.pos = <u64>pos;
  inarg.count = <u64>count;
  const size = <u32>offsetof<fuse_iomap_begin_in>();
  const err = fuse_simple_request(inode.fc, FUSE_IOMAP_BEGIN, inode.nodeid, size, BEGIN_OUT_SIZE);
  if (err != 0) return err;
  return fuse_iomap_begin_reply(inode, <u64>pos, opflags, answer_args(), to, srcmap);
}
