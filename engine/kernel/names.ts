// SPDX-License-Identifier: MIT
/**
 * The names of the wire format's and the iomap layer's numbers (kernel-side values of 6.15 and later), for
 * reading scenarios and for writing results. The core has the same numbers in assembly/include; a test
 * compares the two.
 */

export const NULL_ADDR = 0xffff_ffff_ffff_ffffn;
export const DEV_NULL = 0;

/** FUSE_IOMAP_TYPE_*, u16 on the wire. */
export const FUSE_IOMAP_TYPE = {
  HOLE: 0,
  DELALLOC: 1,
  MAPPED: 2,
  UNWRITTEN: 3,
  INLINE: 4,
  NOCACHE: 253,
  RETRY_CACHE: 254,
  PURE_OVERWRITE: 255,
} as const;

/** FUSE_IOMAP_F_*, u16 on the wire. */
export const FUSE_IOMAP_F = {
  NEW: 0x0001,
  DIRTY: 0x0002,
  SHARED: 0x0004,
  MERGED: 0x0008,
  BOUNDARY: 0x0010,
  ANON_WRITE: 0x0020,
  ATOMIC_BIO: 0x0040,
  WANT_IOMAP_END: 0x0080,
  SIZE_CHANGED: 0x0100,
  STALE: 0x0200,
} as const;

/** FUSE_IOMAP_OP_* and, bit for bit, the kernel's IOMAP_* op flags. */
export const IOMAP_OP = {
  WRITE: 0x0001,
  ZERO: 0x0002,
  REPORT: 0x0004,
  FAULT: 0x0008,
  DIRECT: 0x0010,
  NOWAIT: 0x0020,
  OVERWRITE_ONLY: 0x0040,
  UNSHARE: 0x0080,
  DAX: 0x0100,
  ATOMIC: 0x0200,
  DONTCACHE: 0x0400,
  SWAPFILE: 0x4000_0000,
  WRITEBACK: 0x8000_0000,
} as const;

/** The kernel's own IOMAP_* mapping types. */
export const IOMAP_TYPE = { HOLE: 0, DELALLOC: 1, MAPPED: 2, UNWRITTEN: 3, INLINE: 4 } as const;

/** The kernel's own IOMAP_F_* flags. */
export const IOMAP_F = {
  NEW: 0x0001,
  DIRTY: 0x0002,
  SHARED: 0x0004,
  MERGED: 0x0008,
  BUFFER_HEAD: 0x0010,
  XATTR: 0x0020,
  BOUNDARY: 0x0040,
  ANON_WRITE: 0x0080,
  ATOMIC_BIO: 0x0100,
  INTEGRITY: 0x0200,
  PRIVATE: 0x1000,
  FOLIO_BATCH: 0x2000,
  SIZE_CHANGED: 0x4000,
  STALE: 0x8000,
} as const;

/** The type in the low 8 bits of fuse_backing_map.flags. */
export const FUSE_BACKING_TYPE = { PASSTHROUGH: 0, IOMAP: 1 } as const;

/** Requests the kernel sends. */
export const FUSE_OPCODE = {
  FUSE_SETATTR: 4,
  FUSE_FALLOCATE: 43,
  FUSE_READ: 15,
  FUSE_WRITE: 16,
  FUSE_IOMAP_CONFIG: 4092,
  FUSE_IOMAP_IOEND: 4093,
  FUSE_IOMAP_BEGIN: 4094,
  FUSE_IOMAP_END: 4095,
} as const;

/** FUSE_IOMAP_IOEND_* bits. */
export const FUSE_IOMAP_IOEND = {
  SHARED: 0x01,
  UNWRITTEN: 0x02,
  BOUNDARY: 0x04,
  DIRECT: 0x08,
  APPEND: 0x10,
  WRITEBACK: 0x20,
  SWAPOFF: 0x40,
} as const;

/** FIEMAP_EXTENT_* bits. */
export const FIEMAP_EXTENT = {
  LAST: 0x1,
  UNKNOWN: 0x2,
  DELALLOC: 0x4,
  NOT_ALIGNED: 0x100,
  DATA_INLINE: 0x200,
  UNWRITTEN: 0x800,
  MERGED: 0x1000,
  SHARED: 0x2000,
} as const;

/** ioctl commands of /dev/fuse that the playground models. */
export const FUSE_DEV_IOC = {
  FUSE_DEV_IOC_BACKING_OPEN: 0x4010_e501,
  FUSE_DEV_IOC_BACKING_CLOSE: 0x4004_e502,
} as const;

/** Commands that a kernel knows and the playground does not model (docs/LIMITS.md). */
export const FUSE_DEV_IOC_NOT_MODELLED = {
  FUSE_DEV_IOC_CLONE: 0x8004_e500,
  FUSE_DEV_IOC_SYNC_INIT: 0x0000_e503,
  FUSE_DEV_IOC_IOMAP_SUPPORT: 0x8010_e563,
} as const;

export type NameTable = Readonly<Record<string, number>>;

/** The name of an exact value, or undefined. */
export function nameOf(table: NameTable, value: number): string | undefined {
  return Object.keys(table).find((name) => table[name] === value);
}

/** The names of the set bits in ascending order, then the remaining bits as one hex number: `["NEW", "0x400"]`. */
export function flagNames(table: NameTable, value: number): string[] {
  const names: string[] = [];
  let rest = value >>> 0;
  for (const [name, bit] of Object.entries(table)) {
    if ((rest & bit) === 0) continue;
    names.push(name);
    rest = (rest & ~bit) >>> 0;
  }
  if (rest !== 0) names.push(`0x${rest.toString(16)}`);
  return names;
}
