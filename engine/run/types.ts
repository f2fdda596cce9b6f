// SPDX-License-Identifier: MIT
import type { CheckId } from '../kernel/checks.ts';
import type { Revision, StepName } from '../scenario/schema.ts';
import type { Foreseen } from './foresee-types.ts';
import type { Io } from './io-types.ts';
import type { Change, Checkpoint } from './state-types.ts';
import type { Iomap, Reply, Request } from '../kernel/wire-types.ts';

export type * from './io-types.ts';
export type * from './state-types.ts';
export type * from '../kernel/wire-types.ts';

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
   * oops is itself the last of `executions`, with all that led to it. `trap`: of a core-fault, what the core
   * trapped with, in the words of WebAssembly.
   */
  stopped: { execution: number; reason: StopReason; message: string; trap?: string } | null;
  /** Executions that were taken over from the run before, since nothing before them was edited. */
  reused: number;
}

/** out-of-memory: the core reached its memory limit. oops: the kernel itself would have crashed here. */
type StopReason = 'out-of-memory' | 'oops' | 'core-fault';

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

/**
 * How far a verdict can be trusted. `golden`: checked against compiled kernel C. `reading`: of the facts. `edited`: it
 * is that of a core that somebody edited, and nobody vouches for it.
 */
export type Trust = 'golden' | 'reading' | 'edited';

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
  /** iomap_begin, where it was asked for: what I/O makes of the mapping (engine/run/foresee.ts). */
  foreseen?: Foreseen;
  /** What the step changed in the machine. */
  changes: Change[];
  /** Expectations of this step that did not hold. */
  unmet: Mismatch[];
  /** Lines the kernel would print: WARNs, tracepoints. */
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
