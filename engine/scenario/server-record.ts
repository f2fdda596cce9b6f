// SPDX-License-Identifier: MIT
/**
 * What the server of a scenario said when its code ran somewhere else: plain data, from which a run is made without the
 * code. It may come from a stranger's code, so nothing in it is trusted: see engine/server/plain.ts and replay.ts.
 */

/** threw, shape, … as ServerFaultKind in engine/server/fuse-server.ts explains them. */
export type FaultKind = 'threw' | 'shape' | 'too-much' | 'timeout' | 'died' | 'not-json' | 'two-answers';

export interface RecordedFault {
  kind: FaultKind;
  message: string;
}

/** Of what a callback returned, as much as an answer may have. */
export type Plain =
  undefined | null | boolean | number | bigint | string | Uint8Array | { [key: string]: Plain };

export const CALLBACKS = ['iomap_begin', 'iomap_end', 'iomap_ioend', 'setattr', 'fallocate'] as const;
export type CallbackName = (typeof CALLBACKS)[number];

/** One answer, or why there is none. */
export type RecordedCall = { call: CallbackName } & ({ said: Plain } | { fault: RecordedFault });

export type RecordedStep =
  { do: 'device_add'; fd: number; flags: number } | { do: 'device_remove'; id: number };

export interface ServerRecord {
  /** Which callbacks it has, what init() did, and what it threw. */
  start: { has: readonly CallbackName[]; did: RecordedStep[]; fault: RecordedFault | null };
  /** In the order in which they were asked for. */
  calls: RecordedCall[];
  /** Why there is nothing after the last call, and what took its time then: null if the run came to its end. */
  ended: RecordedFault | null;
}
