// SPDX-License-Identifier: MIT
/**
 * What the core reports about a call: plain data (structured-clone safe), from which a Run is made. The wire's own
 * structs are in engine/kernel/wire-types.ts; what an I/O call did to devices and bytes is in io-records.ts.
 */
import type { CheckId } from '../kernel/checks.ts';
import type { Compared } from '../kernel/compared.ts';
import type { Unknown } from '../kernel/unknown.ts';
import type { Iomap, Reply, Request } from '../kernel/wire-types.ts';

/**
 * What happened in one execution of a step.
 * - `ok`: the call did what was asked (begin accepted, open gave an id, end sent and answered, …)
 * - `refused`: a check said no
 * - `error`: the server answered with an error, and the kernel passed it on
 * - `waiting`: no answer that the kernel takes has come; the caller sleeps
 * - `retry-cache`: revision late: the kernel would look into its mapping cache now, which is not modelled
 * - `not-called`: the kernel never gets here (an end without an accepted begin, anything after unmount)
 * - `oops`: an I/O step in which the kernel itself would crash; the run stops after it
 *
 * An I/O step is `ok`, or `error` if the system call failed for any reason. Each of its calls has the outcome of
 * the server's reply to it.
 */
export type Outcome = 'ok' | 'refused' | 'error' | 'waiting' | 'retry-cache' | 'not-called' | 'oops';

/**
 * How far a verdict can be trusted. `running`: seen on a running kernel. `golden`: checked against
 * compiled kernel C. `reading`: of the facts. `edited`: it
 * comes from an edited core, and nobody vouches for it.
 */
export type Trust = Compared | 'edited';

/** What is recorded of a call into the kernel: a step, or a call inside an I/O step. */
export interface Seen {
  outcome: Outcome;
  trust: Trust;
  /** What the kernel function returned; null if it did not return (waiting, retry-cache, not-called). */
  ret: bigint | null;
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
}

/** The mapping that a check looks at; null for none in particular. */
export type Which = 'read' | 'write' | Unknown | null;

/** One evaluation of a check. Operands are in the order of the catalogue's `operands` for this check. */
export interface CheckRecord {
  check: CheckId | Unknown;
  /** The mapping that it looked at. */
  which: Which;
  /** `would-fail` and `would-pass`: evaluated by the audit, after the verdict was decided. */
  result: 'pass' | 'fail' | 'would-pass' | 'would-fail' | Unknown;
  operands: bigint[];
}

export type CoreEvent =
  /** A reference on a backing object was taken or dropped; `refs` is the count afterwards. */
  | { kind: 'get' | 'put'; after: number; serial: number; refs: number }
  | { kind: 'warn'; after: number; warn: WarnId | Unknown; a: bigint; b: bigint }
  /** A decision that refuses nothing: why an iomap_end is sent or not. The last one tells. */
  | { kind: 'note'; after: number; note: NoteId | Unknown; a: bigint; b: bigint }
  | OtherEvent;

/** A record of a kind that is not known. */
export interface OtherEvent {
  kind: 'other';
  after: number;
  record: Unknown;
}

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
  | 'writeback-delalloc'
  | 'writeback-anon'
  | 'inline-size';

/** The warnings of stand-alone calls; all others come from I/O. */
export type CallWarn = Extract<WarnId, `backing-${string}` | 'iomap-type-assert'>;

/**
 * end-wanted: the flag that the kernel takes for WANT_IOMAP_END is set. end-not-a-write, end-complete: nothing to
 * tell. end-size-changed, end-short (a = written, b = count): told. end-not-implemented: the server said so before.
 * The others are told in assembly/records.ts.
 */
export type EndNoteId =
  | 'end-wanted'
  | 'end-not-a-write'
  | 'end-size-changed'
  | 'end-short'
  | 'end-complete'
  | 'end-not-implemented';

export type NoteId =
  | EndNoteId
  | 'begin-nowait'
  | 'access-denied'
  | 'cache-hit'
  | 'cache-miss'
  | 'begin-interrupted'
  | 'srcmap-left-over'
  | 'inline-setup'
  | 'inline-too-long'
  | 'inline-error-direct'
  | 'inline-error-buffered'
  | 'cache-invalidated';

/** One call of the file system's operations inside an I/O step, as explorable as a step. */
export interface IoCall extends Seen {
  do: 'iomap_begin' | 'iomap_end' | 'iomap_ioend' | 'setattr' | 'fallocate' | Unknown;
}

export interface TableEntry {
  id: number;
  /** Identifies the object for its whole life: the n-th created on this connection, from 1. */
  serial: number;
  type: 'PASSTHROUGH' | 'IOMAP';
  refs: number;
  /** Device name of an iomap entry. */
  device: string | null;
  fd: number;
}
