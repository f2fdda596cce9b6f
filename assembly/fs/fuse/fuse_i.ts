// SPDX-License-Identifier: GPL-2.0-only
/** The objects that fs/fuse works on, as far as the playground has them. Pointers are 4 bytes. */

import { block_device } from '../../block/bdev';
import { idr } from '../../lib/idr';
import { kmem_cache, kmem_cache_alloc } from '../../mm/slab';

/** File type bits of a mode. */
export const S_IFMT: u32 = 0xf000;
export const S_IFCHR: u32 = 0x2000;
export const S_IFDIR: u32 = 0x4000;
export const S_IFBLK: u32 = 0x6000;
export const S_IFREG: u32 = 0x8000;

/** Bits of f_mode: open for reading, for writing, with O_PATH. */
export const FMODE_READ: u32 = 1;
export const FMODE_WRITE: u32 = 2;
export const FMODE_PATH: u32 = 0x4000;

export const CAP_SYS_RAWIO: u32 = 1 << 17;
export const CAP_SYS_ADMIN: u32 = 1 << 21;

/** An open file of the server: struct file with what is asked of its inode. */
@unmanaged
export class file {
  mode: u32;
  /** s_stack_depth of the super block it lives on. */
  stack_depth: u32;
  /** The device of the mapping host, for a block special file. */
  bdev: block_device | null;
  /** References: the descriptor's and those of backing objects. */
  count: u32;
  fd: i32;
  /** How it was opened: FMODE_* bits. */
  f_mode: u32;
}
const SIZEOF_FILE: u32 = <u32>offsetof<file>();

/** The credentials that prepare_creds() copies when a backing file is opened. */
@unmanaged
export class cred {
  capabilities: u32;
  usage: u32;
}
export const SIZEOF_CRED: u32 = <u32>offsetof<cred>();

/** struct fuse_backing. */
@unmanaged
export class fuse_backing {
  file: file;
  cred: cred;
  bdev: block_device | null;
  ops: fuse_backing_ops;
  count: u32;
  /** Ours: the n-th object made on the connection, a name that outlives its id. */
  serial: u32;
}
export const SIZEOF_FUSE_BACKING: u32 = <u32>offsetof<fuse_backing>();

/** struct fuse_backing_ops: what a subsystem asks of the files it uses. A missing function is null. */
@unmanaged
export class fuse_backing_ops {
  may_admin: (fc: fuse_conn, flags: u32) => i32;
  may_open: (fc: fuse_conn, file: file) => i32;
  may_close: ((fc: fuse_conn, file: file) => i32) | null;
  post_open: ((fc: fuse_conn, fb: fuse_backing) => i32) | null;
  type: u32;
  id_start: i32;
  id_end: i32;
}

/**
 * struct fuse_conn: one mounted connection, 56 bytes
 *     +0  | backing_files_map (idr, 16)         |
 *     +16 | reqctr                              |
 *     +24 | iomap inodes                        |
 *     +32 | serial (4)       | stack depth (4)  |
 *     +40 | flags, a byte each ...              |
 */
@unmanaged
export class fuse_conn extends idr {
  /** fuse_iqueue.reqctr: the unique of the last request. */
  reqctr: u64;
  /** From May 2026 on: iomap inodes that live. */
  iomap_inodes: u64;
  /** Serial number of the backing object made last. */
  serial: u32;
  max_stack_depth: i32;
  /** Negotiated by FUSE_INIT. */
  iomap: bool;
  passthrough: bool;
  /** CONFIG_FUSE_IOMAP, CONFIG_FUSE_PASSTHROUGH of the kernel it runs in. */
  config_iomap: bool;
  config_passthrough: bool;
  connected: bool;
  /** Later revisions: the server answered iomap_end with -ENOSYS once. */
  no_end: bool;
  /** The server answered an ioend with -ENOSYS once. */
  no_ioend: bool;
  /** The server is told of SETATTR and FALLOCATE: see attr.ts. */
  hears_attr: bool;
  /** Begins end before inline data is set up: for rows that were recorded so. */
  no_inline_setup: bool;

  /** The embedded IDR: a class-typed field would be a pointer, so it is the base class. */
  get backing_files_map(): idr {
    return changetype<idr>(changetype<usize>(this));
  }
}
export const SIZEOF_FUSE_CONN: u32 = <u32>offsetof<fuse_conn>();

const files_block: usize = memory.data(16, 16);

/** A file of the server; the descriptor holds the first reference. Null if memory is out. */
export function file_new(
  fd: i32,
  mode: u32,
  stack_depth: u32,
  bdev: block_device | null,
  f_mode: u32,
): file | null {
  const at = kmem_cache_alloc(changetype<kmem_cache>(files_block), SIZEOF_FILE);
  if (at == 0) return null;
  const f = changetype<file>(at);
  f.mode = mode;
  f.stack_depth = stack_depth;
  f.bdev = bdev;
  f.count = 1;
  f.fd = fd;
  f.f_mode = f_mode;
  return f;
}

/** The task that calls into the kernel. */
@unmanaged
class task {
  capabilities: u32;
  signal_pending: u32;
}
const current_block: usize = memory.data(16, 16);
const current_files_block: usize = memory.data(16, 16);

export function current(): task {
  return changetype<task>(current_block);
}

/** The task's open files, by descriptor. */
export function current_files(): idr {
  return changetype<idr>(current_files_block);
}

export function capable(capability: u32): bool {
  return (current().capabilities & capability) != 0;
}
