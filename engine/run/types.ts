// SPDX-License-Identifier: MIT
import type { Transfer } from '../core/instance.ts';
import type { Seen } from '../core/records.ts';
import type { Revision } from '../kernel/features.ts';
import type { StepName } from '../scenario/step-names.ts';
import type { Foreseen } from './foresee-types.ts';
import type { ServerEvent } from '../server/fuse-server.ts';
import type { Io } from './io-types.ts';
import type { Change, Checkpoint } from './state-types.ts';

export type * from '../core/io-records.ts';
export type * from '../core/records.ts';
export type * from './io-types.ts';
export type * from './state-types.ts';
export type * from '../kernel/wire-types.ts';

/**
 * A Run is the result of a scenario: plain data (structured-clone safe, no functions, no class instances),
 * from which every view is made. 64-bit values are bigint, bytes are Uint8Array.
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
  /** Executions reused from the previous run, since nothing up to them was edited. */
  reused: number;
  /** What a live server did that no execution shows; left out if the run has none. */
  server?: ServerReport;
}

export interface ServerReport {
  /** The calls that it made before the first step, in order. */
  registered: Registration[];
  /** What it did that no server can do. */
  events: ServerEvent[];
}

/** `ret` is the ioctl's: a backing id, or a negative errno. */
export type Registration =
  | { do: 'device_add'; fd: number; flags: number; ret: number }
  | { do: 'device_remove'; id: number; ret: number };

/**
 * out-of-memory: the core reached its memory limit. oops: the kernel itself would have crashed here. no-server: the
 * scenario has code of a server, which was not run.
 */
type StopReason = 'out-of-memory' | 'oops' | 'core-fault' | 'no-server';

export interface Execution extends Seen {
  /** FUSE_READ and FUSE_WRITE requests of inline data, and which structs hold a buffer; where there are any. */
  transfers?: Transfer[];
  buffers?: { iomap: boolean; srcmap: boolean };
  /** Position in Run.executions. */
  index: number;
  /** Index into the scenario's steps. */
  step: number;
  /** 0 for the first of `times`. */
  repeat: number;
  do: StepName;
  /** Why it was not called, in words; null otherwise. */
  remark: string | null;
  /** I/O steps: what the kernel did on the way; null for the others. */
  io: Io | null;
  /** iomap_begin, where it was asked for: what I/O makes of the mapping (engine/run/foresee.ts). */
  foreseen?: Foreseen;
  /** I/O steps, where it was asked for: the same of each of its calls, null for one that was not tried. */
  foreseenCalls?: (Foreseen | null)[];
  /** What the step changed in the machine. */
  changes: Change[];
  /** Expectations of this step that did not hold. */
  unmet: Mismatch[];
  /** Lines the kernel would print: WARNs, tracepoints. */
  log: LogLine[];
}

export interface Mismatch {
  execution: number;
  step: number;
  /** Path within the step's `expect`, e.g. ['iomap', 'addr']; numbers are indexes, from 0. */
  path: (string | number)[];
  /** As the scenario would write it. */
  expected: string;
  actual: string;
}

export interface LogLine {
  source: 'warn' | 'tracepoint' | 'printk';
  text: string;
}
