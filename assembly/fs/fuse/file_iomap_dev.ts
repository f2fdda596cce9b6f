// SPDX-License-Identifier: GPL-2.0-only
/** The device of a mapping: which one its id names, and whether it may be used so. */

import { Check, Which, bad_data, spoilt } from '../../checks';
import { HAS_IOMAP_DEVICES, SETS_UP_INLINE, TRACE, TRIES_CACHE } from '../../config';
import { EACCES, EFSCORRUPTED, ERR_PTR } from '../../include/linux/errno';
import { inode } from '../../include/linux/fs';
import { iomap } from '../../include/linux/iomap';
import {
  FUSE_IOMAP_DEV_NULL,
  FUSE_IOMAP_TYPE_MAPPED,
  FUSE_IOMAP_TYPE_UNWRITTEN,
  fuse_iomap_io,
} from '../../include/uapi/linux/fuse';
import { Note } from '../../records';
import { trace_note } from '../../trace';
import { fuse_backing_kind, fuse_backing_lookup } from './backing';
import { fuse_iomap_flags_from_server, fuse_iomap_type_from_server } from './file_iomap_convert';
import { fuse_iomap_backing_ops } from './file_iomap_ops';
import { FMODE_READ, FMODE_WRITE, fuse_backing, fuse_conn } from './fuse_i';

/** Ids from here on are never looked up. */
const FUSE_IOMAP_DEV_MAX: u32 = 0x7fff_ffff;

/** What a use needs of the descriptor that a device was registered by. */
export const TO_READ: u32 = FMODE_READ;
export const TO_WRITE: u32 = FMODE_READ | FMODE_WRITE;

/** validity_cookie of a mapping that came with a reply, and of one that the cache may drop. */
export const COOKIE_ALWAYS_VALID: u32 = 0;
export const COOKIE_CACHED: u32 = 1;

/** Whether the kernel looks an id up at all. */
function is_candidate(dev: u32): bool {
  return dev != FUSE_IOMAP_DEV_NULL && dev < FUSE_IOMAP_DEV_MAX;
}

/** Whether the iomap layer would do I/O to a device through this mapping. */
@inline
export function needs_dev(map: fuse_iomap_io): bool {
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
export function audit_find_dev(fc: fuse_conn, map: fuse_iomap_io, which: Which): void {
  if (!needs_dev(map) || spoilt(Check.DEV_MISSING, which)) return;
  const found = what_is(fc, map.dev);
  bad_data(Check.DEV_NOT_FOUND, which, found != 1, map.dev, map.type, found);
}

/**
 * Whether the descriptor that the mapping's device was registered by was opened for this: 0, or -EACCES. No device
 * passes. Only the open counts: not who calls, and not what the device itself allows.
 */
export function fuse_iomap_test_access(
  fb: fuse_backing | null,
  map: fuse_iomap_io,
  need: u32,
  which: Which,
): i32 {
  if (!fb || (fb.file.f_mode & need) == need) return 0;
  trace_note(Note.ACCESS_DENIED, map.dev, need | which);
  return -EACCES;
}

/** fuse_iomap_from_server(): a wire mapping as the iomap layer wants it. */
export function fuse_iomap_from_server(
  inode: inode,
  to: iomap,
  fb: fuse_backing | null,
  map: fuse_iomap_io,
): void {
  to.addr = map.addr;
  to.offset = <i64>map.offset;
  to.length = map.length;
  to.type = fuse_iomap_type_from_server(map.type);
  to.flags = fuse_iomap_flags_from_server(map.flags);
  if (SETS_UP_INLINE) to.inline_data = 0;
  if (TRIES_CACHE) to.validity_cookie = COOKIE_ALWAYS_VALID;
  // Before patch 04/31 every mapping got the device that the file system was mounted from.
  if (HAS_IOMAP_DEVICES) to.bdev = fb ? fb.bdev : null;
  else to.bdev = inode.s_bdev;
}
