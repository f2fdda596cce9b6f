// SPDX-License-Identifier: MIT
/**
 * A FUSE server as code: callbacks named as in libfuse's low-level API. 64-bit values are bigint, errors are negative
 * errnos. A callback that is not there answers -ENOSYS, as libfuse does for it.
 */
import type { WireMapping } from '../kernel/wire-types.ts';
import type { FaultKind } from '../scenario/server-record.ts';

/** struct fuse_file_iomap; what is left out is 0. Numbers of FUSE_IOMAP_TYPE and FUSE_IOMAP_F. */
export type Mapping = Partial<WireMapping>;

/** What iomap_begin answers. Without `write`, a pure overwrite of `read` stands in, as libfuse has it for NULL. */
export type BeginAnswer =
  | { read: Mapping; write?: Mapping | null }
  /** The bytes after the header, whatever they are: struct fuse_iomap_begin_out has 64. */
  | { payload: Uint8Array }
  /** A negative errno. */
  | number;

/** 0 or nothing for success, or a negative errno. */
export type PlainAnswer = number | void;

/** The size of the file from now on, where the revision asks for one; 0 or nothing leaves what the kernel worked out. */
export type IoendAnswer = PlainAnswer | { newsize: bigint };

/** What a server finds when it starts. */
export interface Session {
  /** The revision of the kernel: `v6-04`. */
  readonly revision: string;
  /** Descriptors that are open, of block devices. */
  readonly devices: readonly SessionDevice[];
  /** Files, as their file system has them before anything is done. */
  readonly inodes: readonly SessionInode[];
  /**
   * fuse_lowlevel_iomap_device_add(): registers the device behind a descriptor. Returns its backing id, or a negative
   * errno. Only within init().
   */
  device_add(fd: number, flags?: number): number;
  /** fuse_lowlevel_iomap_device_remove(): 0, or a negative errno. Only within init(). */
  device_remove(id: number): number;
}

export interface SessionDevice {
  fd: number;
  name: string;
  sizeBytes: bigint;
  logicalBlockSizeBytes: number;
}

export interface SessionInode {
  nodeid: bigint;
  ino: bigint;
  name: string;
  sizeBytes: bigint;
  blockSizeBytes: number;
}

export interface FuseServer {
  /** Before the first step, and again whenever a run begins anew: it sets up all that the server remembers. */
  init?(se: Session): void;
  /** Where the bytes at `pos` are. `opflags` are IOMAP_OP bits. */
  iomap_begin?(nodeid: bigint, ino: bigint, pos: bigint, count: bigint, opflags: number): BeginAnswer;
  /** What became of a mapping. `written` is bytes done, or a negative errno. */
  iomap_end?(
    nodeid: bigint,
    ino: bigint,
    pos: bigint,
    count: bigint,
    opflags: number,
    written: bigint,
    map: WireMapping,
  ): PlainAnswer;
  /** I/O has ended. `ioendflags` are FUSE_IOMAP_IOEND bits; `dev` is 0 where the revision does not tell it. */
  iomap_ioend?(
    nodeid: bigint,
    ino: bigint,
    pos: bigint,
    written: bigint,
    ioendflags: number,
    error: number,
    dev: number,
    new_addr: bigint,
  ): IoendAnswer;
  /** The file gets a size. `to_set` are FATTR bits; only FATTR_SIZE (8) is sent. */
  setattr?(nodeid: bigint, attr: { size: bigint }, to_set: number): PlainAnswer;
  /** FALLOC_FL_ZERO_RANGE (16), with FALLOC_FL_KEEP_SIZE (1) or without. */
  fallocate?(nodeid: bigint, mode: number, offset: bigint, length: bigint): PlainAnswer;
  /** A copy of all that the server remembers, so that a run can go on from here later. */
  snapshot?(): unknown;
  /** Takes a copy back. It may be taken back more than once: the copy itself must stay as it is. */
  restore?(state: unknown): void;
}

/** A server, or a function that makes one whenever a run begins anew. */
export type ServerSource = FuseServer | (() => FuseServer);

/** What a server did that no server can do; `request` names what it was asked. */
export interface ServerEvent {
  /** Index into Run.executions; -1 while the server starts. */
  execution: number;
  kind: ServerFaultKind;
  /** `FUSE_IOMAP_BEGIN pos 0 count 4096 op WRITE, unique 4, nodeid 12`. */
  request: string;
  message: string;
}

/**
 * threw: a callback threw. shape: what is not an answer. too-much: more than a server may send. timeout: no
 * answer in time. died: the process is gone. not-json: a line that is not JSON. two-answers: a line that nothing asked for.
 */
export type ServerFaultKind = FaultKind;

/** Thrown where an answer can't be used; any other error that a callback throws counts as `threw`. */
export class ServerFault extends Error {
  readonly kind: ServerFaultKind;

  constructor(kind: ServerFaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
