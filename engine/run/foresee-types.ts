// SPDX-License-Identifier: MIT
import type { IoMachine } from '../core/io-machine.ts';
import type { ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import type { IoEvent } from '../core/io-records.ts';
import type { Execution, IoCall } from './types.ts';

/** The result of an iomap_begin: an execution of a step, or a call in one. */
export type BeginResult = Pick<
  Execution | IoCall,
  'do' | 'outcome' | 'request' | 'reply' | 'iomap' | 'srcmap'
>;

/** See foresee(). The inode is the one that was asked about. */
export interface Foresee {
  (
    machine: IoMachine,
    begun: BeginResult,
    inode: ResolvedInode,
    scenario: Scenario,
    /** A call of a step that writes back what the page cache has: early revisions ask as for a write. */
    writesBack?: boolean,
  ): Foreseen | null;
  /** Where the calls of I/O steps are tried too: asked before a step, and called with its execution; null for a step without such. */
  inside?: (step: Step, machine: IoMachine, scenario: Scenario) => ((execution: Execution) => void) | null;
}

/** What I/O makes of an accepted mapping, tried out on a copy of the machine: see foresee.ts. */
export interface Foreseen {
  /** The operation that the begin's flags stand for. */
  kind: 'read' | 'write' | 'zero' | 'unshare' | 'writeback';
  direct: boolean;
  pos: bigint;
  lengthBytes: bigint;
  /** The file before it: its size as far as the operation found it, and the size of its blocks. */
  sizeBytes: bigint;
  blockSizeBytes: number;
  /** The operation itself, and how many bytes it can move at most. */
  io: ForeseenIo;
  wantedBytes: bigint;
  /** The fsync after a successful operation through the page cache, answered with the same mappings; `writeback` is that. */
  writeback: ForeseenIo | null;
  /** The same operation on the mapping's last block; null if the first one reached it. */
  tail: ForeseenIo | null;
  /** A write or zeroing of one byte, where the reply has a source and a destination. */
  partial: ForeseenIo | null;
}

export interface ForeseenIo {
  /** What the system call returned; null if the kernel crashed in it. */
  ret: bigint | null;
  oops: string | null;
  events: IoEvent[];
}
