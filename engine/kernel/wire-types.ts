// SPDX-License-Identifier: MIT
/** What goes between kernel and server, and what the kernel makes of it, as part of a Run: see types.ts. */

export interface Request {
  opcode: number;
  /** FUSE_IOMAP_BEGIN, FUSE_IOMAP_END. */
  name: string;
  unique: bigint;
  nodeid: bigint;
  /** The in-arguments on the wire, without the header. */
  bytes: Uint8Array;
  /** The fields of those bytes. */
  opflags: number;
  attr_ino: bigint;
  pos: bigint;
  count: bigint;
  /** iomap_end: bytes done or -errno. ioend: bytes done. */
  written: bigint | null;
  /** iomap_end only. */
  map: WireMapping | null;
  /** ioend only: its flags (FUSE_IOMAP_IOEND_*) and error; `dev` from v7 on. */
  ioend: { flags: number; error: number; new_addr: bigint; dev: number | null } | null;
  /** FUSE_SETATTR, which only a live server hears: FATTR_* bits and the new size in bytes. */
  setattr?: { valid: number; size: bigint };
  /** FUSE_FALLOCATE of [pos, pos + count), which only a live server hears: FALLOC_FL_* bits. */
  fallocate?: { mode: number };
}

export interface WireMapping {
  offset: bigint;
  length: bigint;
  addr: bigint;
  type: number;
  flags: number;
  dev: number;
}

/** Who answers what the steps leave open: a server of callbacks, or the extents of the files. */
export type AnswerBy = 'server' | 'extents';

export interface Reply {
  /** Everything the server wrote, fuse_out_header first. */
  bytes: Uint8Array;
  header: { len: number; error: number; unique: bigint } | null;
  /** The mappings as the kernel read them; null if the answer carried none. */
  read: WireMapping | null;
  write: WireMapping | null;
  /** True if the scenario left `write` out and a pure overwrite of `read` stands in, as libfuse does. */
  writeFilledIn: boolean;
  /** Who gave it, where no step says it. */
  by?: AnswerBy;
  /** What the server's own write(2) returned: the number of bytes, or a negative errno. */
  writeRet: number;
  /** Whether the waiting request was ended by it. */
  consumed: boolean;
}

export interface Iomap {
  addr: bigint;
  offset: bigint;
  length: bigint;
  /** Kernel IOMAP_* type. */
  type: number;
  /** Kernel IOMAP_F_* flags. */
  flags: number;
  /** Device name; null for a NULL bdev. */
  bdev: string | null;
}
