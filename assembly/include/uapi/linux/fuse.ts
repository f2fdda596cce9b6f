// SPDX-License-Identifier: GPL-2.0-only
/**
 * The wire format between the kernel and a FUSE server, as far as fuse-iomap uses it. Little endian, no hidden
 * padding; the boxes are to scale, 8 bytes a line.
 */
import { NUMBERS_OF_MAY } from '../../../config';

/**
 *     fuse_in_header, 40 bytes
 *     +0  | len (4)          | opcode (4)       |
 *     +8  | unique                              |
 *     +16 | nodeid                              |
 *     +24 | uid (4)          | gid (4)          |
 *     +32 | pid (4)          | extlen (2)| pad  |
 */
@unmanaged
export class fuse_in_header {
  len: u32;
  opcode: u32;
  unique: u64;
  nodeid: u64;
  uid: u32;
  gid: u32;
  pid: u32;
  total_extlen: u16;
  padding: u16;
}

/**
 *     fuse_out_header, 16 bytes
 *     +0  | len (4)          | error (4, signed)|
 *     +8  | unique                              |
 */
@unmanaged
export class fuse_out_header {
  len: u32;
  error: i32;
  unique: u64;
}

/**
 *     fuse_iomap_io, 32 bytes
 *     +0  | offset                              |
 *     +8  | length                              |
 *     +16 | addr                                |
 *     +24 | type (2)| flags (2)| dev (4)        |
 */
@unmanaged
export class fuse_iomap_io {
  offset: u64;
  length: u64;
  addr: u64;
  type: u16;
  flags: u16;
  dev: u32;
}

/**
 *     fuse_iomap_begin_in, 32 bytes
 *     +0  | opflags (4)      | reserved (4)     |
 *     +8  | attr_ino                            |
 *     +16 | pos                                 |
 *     +24 | count                               |
 */
@unmanaged
export class fuse_iomap_begin_in {
  opflags: u32;
  reserved: u32;
  attr_ino: u64;
  pos: u64;
  count: u64;
}

/**
 *     fuse_iomap_begin_out, 64 bytes
 *     +0  | read  (fuse_iomap_io, 32 bytes)     |
 *     +32 | write (fuse_iomap_io, 32 bytes)     |
 *
 * A class-typed field would be a pointer here, so the two are reached by their offsets.
 */
export const BEGIN_OUT_READ: usize = 0;
export const BEGIN_OUT_WRITE: usize = 32;
export const BEGIN_OUT_SIZE: u32 = 64;

/**
 *     fuse_iomap_end_in, 72 bytes
 *     +0  | opflags (4)      | reserved (4)     |
 *     +8  | attr_ino                            |
 *     +16 | pos                                 |
 *     +24 | count                               |
 *     +32 | written (signed)                    |
 *     +40 | map (fuse_iomap_io, 32 bytes)       |
 */
@unmanaged
export class fuse_iomap_end_in {
  opflags: u32;
  reserved: u32;
  attr_ino: u64;
  pos: u64;
  count: u64;
  written: i64;
}
export const END_IN_MAP: usize = 40;
export const END_IN_SIZE: u32 = 72;

/**
 *     fuse_read_in, and fuse_write_in with write_flags for read_flags, 40 bytes; the data of a write follows
 *     +0  | fh                                  |
 *     +8  | offset                              |
 *     +16 | size (4)         | read_flags (4)   |
 *     +24 | lock_owner                          |
 *     +32 | flags (4)        | padding (4)      |
 */
@unmanaged
export class fuse_read_in {
  fh: u64;
  offset: u64;
  size: u32;
  read_flags: u32;
  lock_owner: u64;
  flags: u32;
  padding: u32;
}
/** fuse_write_out: size (4), padding (4). */
export const WRITE_OUT_SIZE: u32 = 8;

/**
 *     fuse_backing_map, 16 bytes
 *     +0  | fd (4, signed)   | flags (4)        |
 *     +8  | padding                             |
 */
@unmanaged
export class fuse_backing_map {
  fd: i32;
  flags: u32;
  padding: u64;
}

export const FUSE_IOMAP_TYPE_HOLE: u16 = 0;
export const FUSE_IOMAP_TYPE_DELALLOC: u16 = 1;
export const FUSE_IOMAP_TYPE_MAPPED: u16 = 2;
export const FUSE_IOMAP_TYPE_UNWRITTEN: u16 = 3;
export const FUSE_IOMAP_TYPE_INLINE: u16 = 4;
/** Cache patches only. */
export const FUSE_IOMAP_TYPE_NOCACHE: u16 = NUMBERS_OF_MAY ? 65533 : 253;
export const FUSE_IOMAP_TYPE_RETRY_CACHE: u16 = NUMBERS_OF_MAY ? 65534 : 254;
/** Write slot only: use the read mapping. */
export const FUSE_IOMAP_TYPE_PURE_OVERWRITE: u16 = NUMBERS_OF_MAY ? 65535 : 255;

export const FUSE_IOMAP_NULL_ADDR: u64 = u64.MAX_VALUE;
export const FUSE_IOMAP_DEV_NULL: u32 = 0;

export const FUSE_IOMAP_F_NEW: u16 = 1 << 0;
export const FUSE_IOMAP_F_DIRTY: u16 = 1 << 1;
export const FUSE_IOMAP_F_SHARED: u16 = 1 << 2;
export const FUSE_IOMAP_F_MERGED: u16 = 1 << 3;
export const FUSE_IOMAP_F_BOUNDARY: u16 = 1 << 4;
export const FUSE_IOMAP_F_ANON_WRITE: u16 = 1 << 5;
export const FUSE_IOMAP_F_ATOMIC_BIO: u16 = 1 << 6;
export const FUSE_IOMAP_F_WANT_IOMAP_END: u16 = 1 << 7;
/** Told by the kernel in iomap_end, refused from a server. */
export const FUSE_IOMAP_F_SIZE_CHANGED: u16 = 1 << 8;
export const FUSE_IOMAP_F_STALE: u16 = 1 << 9;

/** What a server may set in a reply to iomap_begin. */
export const FUSE_IOMAP_F_SERVER: u16 = 0x00ff;

export const FUSE_IOMAP_OP_WRITE: u32 = 1 << 0;
export const FUSE_IOMAP_OP_ZERO: u32 = 1 << 1;
export const FUSE_IOMAP_OP_UNSHARE: u32 = 1 << 7;
/** The op flags that every revision passes on: bits 0 (WRITE) to 10 (DONTCACHE). */
export const FUSE_IOMAP_OP_ALL: u32 = 0x07ff;
/** Cache patches only. */
export const FUSE_IOMAP_OP_SWAPFILE: u32 = NUMBERS_OF_MAY ? 1 << 31 : 1 << 30;
export const FUSE_IOMAP_OP_WRITEBACK: u32 = NUMBERS_OF_MAY ? 1 << 11 : 1 << 31;

export const FUSE_SETATTR: u32 = 4;
export const FUSE_FALLOCATE: u32 = 43;
export const FUSE_READ: u32 = 15;
export const FUSE_WRITE: u32 = 16;
export const FUSE_IOMAP_BEGIN: u32 = 4094;
export const FUSE_IOMAP_END: u32 = 4095;

export const FUSE_BACKING_TYPE_MASK: u32 = 0xff;
export const FUSE_BACKING_TYPE_PASSTHROUGH: u32 = 0;
export const FUSE_BACKING_TYPE_IOMAP: u32 = 1;

export const FUSE_DEV_IOC_BACKING_OPEN: u32 = 0x4010_e501;
export const FUSE_DEV_IOC_BACKING_CLOSE: u32 = 0x4004_e502;
