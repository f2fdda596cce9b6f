// SPDX-License-Identifier: MIT
/** How much a run keeps of what I/O steps read and did, so that it stays small enough to be posted. */

import type { Execution } from './types.ts';

/** Bytes of one pread. */
export const IO_BYTES_KEPT = 65_536;
/** Bytes of one pread once all before it have kept IO_BYTES_IN_FULL together. */
export const IO_BYTES_KEPT_LATE = 1_024;
export const IO_BYTES_IN_FULL = 8 * 1024 * 1024;
/** Events of one step. */
export const IO_EVENTS_KEPT = 4_096;

/** How many bytes the executions keep together. */
export function bytesKept(executions: readonly Execution[]): number {
  return executions.reduce((sum, { io }) => sum + (io?.data?.length ?? 0), 0);
}

/** The part of a pread's bytes that is kept, if those before it keep `kept` bytes: no more memory than they take. */
export function keptBytes(data: Uint8Array, kept: number): Uint8Array {
  const most = kept < IO_BYTES_IN_FULL ? IO_BYTES_KEPT : IO_BYTES_KEPT_LATE;
  return data.length <= most ? data : data.slice(0, most);
}
