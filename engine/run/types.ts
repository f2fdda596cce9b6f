// SPDX-License-Identifier: GPL-2.0-only
import type { CheckId } from '../checks/ids.ts';
import type { Capability, Revision, StepName } from '../scenario/schema.ts';

/**
 * A Run is what became of a scenario: plain data (structured-clone safe, no functions, no class instances),
 * from which every view is drawn. 64-bit values are bigint, bytes are Uint8Array.
 */
export interface Run {
  revision: Revision;
  /** One entry for each time that a step ran, in order; a step with `times` has several in a row. */
  executions: Execution[];
  /** The machine before the first step, and again every CHECKPOINT_EVERY executions. */
  checkpoints: Checkpoint[];
  /** How many `expect` fields were looked at, and which did not hold. */
  expectations: { met: number; unmet: Mismatch[] };
  /**
   * Set if the run had to stop: what happened and at which execution. Those before it stand; one that ends in an
   * oops is itself the last of `executions`, with all that led to it.
   */
  stopped: { execution: number; reason: StopReason; message: string } | null;
  /** Executions that were taken over from the run before, since nothing before them was edited. */
  reused: number;
}

/** out-of-memory: the core reached its memory limit. oops: the kernel itself would have crashed here. */
export type StopReason = 'out-of-memory' | 'oops' | 'core-fault';

/**
 * What happened in one execution of a step.
 * - `ok`: the call did what was asked (begin accepted, open gave an id, end sent and answered, …)
 * - `refused`: a check said no
 * - `error`: the server answered with an error, and the kernel passed it on
 * - `waiting`: no answer that the kernel takes has come; the caller sleeps
 * - `retry-cache`: revision late: the kernel would look into its mapping cache now, which is not modelled
 * - `not-called`: the kernel never gets here (an end without an accepted begin, anything after unmount)
 * - `oops`: an I/O step in which the kernel itself would crash; the run stops behind it
 *
 * An I/O step is `ok` or, if the system call failed for whatever reason, `error`; what the server's replies came
 * to is told by each of its calls.
 */
export type Outcome = 'ok' | 'refused' | 'error' | 'waiting' | 'retry-cache' | 'not-called' | 'oops';

/** How far a verdict can be trusted. `golden`: checked against compiled kernel C. `reading`: of the facts. */
export type Trust = 'golden' | 'reading';

export interface Execution {
  /** Position in Run.executions. */
  index: number;
  /** Index into the scenario's steps. */
  step: number;
  /** 0 for the first of `times`. */
  repeat: number;
  do: StepName;
  outcome: Outcome;
  trust: Trust;
  /** What the kernel function returned; null if it did not return (waiting, retry-cache, not-called). */
  ret: bigint | null;
  /** Why it was not called, in words; null otherwise. */
  remark: string | null;
  /** The check that decided, if one refused. Also in `path`. */
  decided: CheckRecord | null;
  /** Every check in the order of its evaluation; those after `decided` were evaluated by the audit only. */
  path: CheckRecord[];
  /** References taken and dropped, WARNs: in order, each with its place among the checks. */
  events: CoreEvent[];
  /** The FUSE request the kernel sent, if it sent one. */
  request: Request | null;
  /** What the server wrote to /dev/fuse, if it wrote. */
  reply: Reply | null;
  /** The kernel's structs after the call; null = untouched (a zeroed struct, whose type is HOLE). */
  iomap: Iomap | null;
  srcmap: Iomap | null;
  /** I/O steps: what the kernel did on the way; null for the others. */
  io: Io | null;
  /** What the step changed in the machine. */
  changes: Change[];
  /** Expectations of this step that did not hold. */
  unmet: Mismatch[];
  /** Lines the kernel would print: WARNs, tracepoints (facts 6). */
  log: LogLine[];
}

/** One evaluation of a check. Operands are in the order of the catalogue's `operands` for this check. */
export interface CheckRecord {
  check: CheckId;
  /** The mapping that it looked at. */
  which: 'read' | 'write' | null;
  /** `would-fail` and `would-pass`: evaluated by the audit, after the verdict had fallen. */
  result: 'pass' | 'fail' | 'would-pass' | 'would-fail';
  operands: bigint[];
}

export type CoreEvent =
  /** A reference on a backing object was taken or dropped; `refs` is the count afterwards. */
  | { kind: 'get' | 'put'; after: number; serial: number; refs: number }
  | { kind: 'warn'; after: number; warn: WarnId; a: bigint; b: bigint }
  /** A decision that refuses nothing: why an iomap_end is sent or not. The last one tells. */
  | { kind: 'note'; after: number; note: NoteId; a: bigint; b: bigint };

export type WarnId =
  | 'backing-type-mismatch'
  | 'backing-id-zero'
  | 'backing-removed-other'
  | 'backing-busy-at-unmount'
  | 'iomap-type-assert'
  | 'bio-end-of-device'
  | 'bio-read-only'
  | 'bio-unaligned'
  | 'iter-offset'
  | 'iter-empty'
  | 'iter-end'
  | 'iter-stale'
  | 'dio-hole-write'
  | 'dio-delalloc'
  | 'dio-inline'
  | 'dio-type'
  | 'inline-offset'
  | 'zero-past-eof'
  | 'unshare-zeroing'
  | 'writeback-inline'
  | 'writeback-delalloc';

/** What an I/O step did, call by call. */
export interface Io {
  /** Everything that went through ->iomap_begin, ->iomap_end and the ioend, in order. */
  calls: IoCall[];
  /** Bios and what became of bytes, in order, each after so many calls. */
  events: IoEvent[];
  /**
   * pread: what the caller got, in file order from the step's offset. No more than the first IO_BYTES_KEPT bytes of
   * it, and less of late reads in a run that reads a lot (engine/run/keep.ts); `ret` says how many there were.
   */
  data: Uint8Array | null;
  /** Where each byte that was read comes from, of all of them, ascending and without gaps. */
  origins: OriginSpan[];
  /** fiemap: the extents. */
  extents: FiemapExtent[] | null;
  /** Sizes of the file after the step. */
  sizeBytes: bigint;
  diskSizeBytes: bigint;
  /** A request that the scripted replies had no answer for, in words. */
  unanswered: string | null;
  /** Events beyond those in `events`: a step keeps IO_EVENTS_KEPT of them. */
  eventsLeftOut: number;
}

/** One call of the file system's operations, as explorable as a step. */
export interface IoCall {
  do: 'iomap_begin' | 'iomap_end' | 'iomap_ioend';
  outcome: Outcome;
  trust: Trust;
  ret: bigint | null;
  decided: CheckRecord | null;
  path: CheckRecord[];
  events: CoreEvent[];
  request: Request | null;
  reply: Reply | null;
  iomap: Iomap | null;
  srcmap: Iomap | null;
}

export type IoEvent = BioEvent | BytesEvent | WarnEvent;

/** One request to a device, as a whole. `error` is 0 or a negative errno; then no byte moved. */
export interface BioEvent {
  kind: 'bio';
  after: number;
  op: 'read' | 'write';
  device: string;
  sector: bigint;
  lengthBytes: bigint;
  /** The file position that it serves. */
  pos: bigint;
  error: number;
}

/** Bytes of the file that got their value from no device, or what happened to cached ones. */
export interface BytesEvent {
  kind: 'bytes';
  after: number;
  origin: OriginId;
  pos: bigint;
  lengthBytes: bigint;
}

export interface WarnEvent {
  kind: 'warn';
  after: number;
  warn: WarnId;
  a: bigint;
  b: bigint;
}

/**
 * hole to delalloc: zeros, and why. zeroed: on request. written: the caller's bytes went into the page cache.
 * cache: out of it. dropped: cached bytes left it. not-written: a write-out that no device got (a HOLE).
 */
export type OriginId =
  | 'hole'
  | 'unwritten'
  | 'new'
  | 'past-eof'
  | 'delalloc'
  | 'zeroed'
  | 'written'
  | 'cache'
  | 'dropped'
  | 'not-written';

/** Where a run of bytes comes from: a device (`sector` of its first byte), zeros, or a caller's own write. */
export interface OriginSpan {
  pos: bigint;
  lengthBytes: bigint;
  origin: 'device' | OriginId;
  device: string | null;
  sector: bigint | null;
  /** The bytes passed through the page cache. */
  cached: boolean;
  /** `written`: the execution whose write put them into the page cache. */
  execution: number | null;
}

export interface FiemapExtent {
  logical: bigint;
  physical: bigint;
  lengthBytes: bigint;
  /** FIEMAP_EXTENT_* bits. */
  flags: number;
}

/**
 * end-wanted: the flag that the kernel takes for WANT_IOMAP_END is set. end-not-a-write, end-complete: nothing to
 * tell. end-size-changed, end-short (a = written, b = count): told. end-not-implemented: the server said so before.
 */
export type NoteId =
  | 'end-wanted'
  | 'end-not-a-write'
  | 'end-size-changed'
  | 'end-short'
  | 'end-complete'
  | 'end-not-implemented';

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
}

export interface WireMapping {
  offset: bigint;
  length: bigint;
  addr: bigint;
  type: number;
  flags: number;
  dev: number;
}

export interface Reply {
  /** Everything the server wrote, fuse_out_header first. */
  bytes: Uint8Array;
  header: { len: number; error: number; unique: bigint } | null;
  /** The mappings as the kernel read them; null if the answer carried none. */
  read: WireMapping | null;
  write: WireMapping | null;
  /** True if the scenario left `write` out and a pure overwrite of `read` stands in, as libfuse does. */
  writeFilledIn: boolean;
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

export interface TableEntry {
  id: number;
  /** Names the object itself, for its whole life: the n-th that was made on this connection, from 1. */
  serial: number;
  type: 'PASSTHROUGH' | 'IOMAP';
  refs: number;
  /** Device name of an iomap entry. */
  device: string | null;
  fd: number;
}

/** The whole state beside the steps: what stateAt() gives. */
export interface MachineState {
  mounted: boolean;
  /** The IDR cursor: where the next search begins. */
  cursor: number;
  /** Live ids in ascending order. */
  entries: TableEntry[];
  /** Objects without an id that somebody still holds (closed while in use), by serial. */
  detached: TableEntry[];
  /** Open passthrough files: the execution that opened each, and the object it holds. */
  passthroughFiles: { execution: number; serial: number }[];
  /** Devices that I/O has reached, in the order in which it did. */
  devices: DeviceState[];
  /** Files whose sizes I/O has changed, in the order in which it did. The others are as the scenario has them. */
  files: FileState[];
}

/** What became of a device. Its bytes are not here: a view asks for them where it needs them. */
export interface DeviceState {
  device: string;
  /** Requests that it got. */
  bios: number;
  /** Sectors that were written and read, ascending, in runs that don't touch; DEVICE_RUNS_KEPT of each at most. */
  written: SectorRuns;
  read: SectorRuns;
}

export interface SectorRuns {
  runs: readonly SectorRun[];
  /** Runs that found no room in the list. */
  leftOut: number;
}

export interface SectorRun {
  sector: bigint;
  sectors: bigint;
}

/** Sizes of a file, by its name in the scenario. */
export interface FileState {
  inode: string;
  sizeBytes: bigint;
  diskSizeBytes: bigint;
}

export interface Checkpoint {
  /** The state before this execution. */
  before: number;
  state: MachineState;
}

export type Change =
  | { kind: 'opened'; entry: TableEntry }
  | { kind: 'closed'; id: number; serial: number }
  | { kind: 'refs'; serial: number; from: number; to: number }
  | { kind: 'freed'; serial: number }
  | { kind: 'cursor'; from: number; to: number }
  | { kind: 'passthrough-file'; execution: number; serial: number; open: boolean }
  /** A device got requests: how many, and which sectors were written or read by those that went well. */
  | { kind: 'device'; device: string; bios: number; written: SectorRun[]; read: SectorRun[] }
  | { kind: 'sizes'; from: FileState; to: FileState }
  | { kind: 'unmounted' };

export interface Mismatch {
  execution: number;
  step: number;
  /** Path within the step's `expect`, e.g. ['iomap', 'addr']. */
  path: string[];
  /** As the scenario would write it. */
  expected: string;
  actual: string;
}

export interface LogLine {
  source: 'warn' | 'tracepoint' | 'printk';
  text: string;
}

/** Who calls: capabilities of the task. */
export interface Caller {
  capabilities: readonly Capability[];
}
