// SPDX-License-Identifier: GPL-2.0-only
import type { Execution, LogLine, TableEntry } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';

export interface LogInput {
  /** The execution as far as it is known; its own `log` is not read. */
  execution: Execution;
  scenario: Scenario;
  /** The inode that an iomap_begin or iomap_end names; null for other steps. */
  inode: { ino: bigint; nodeid: bigint; size: bigint } | null;
  /** The object behind a serial as it was before the step: what a close line says of an entry. */
  entry?: (serial: number) => TableEntry | undefined;
}

/** What the kernel would print for one execution: WARNs and tracepoints, in order. */
export function logLines(_input: LogInput): LogLine[] {
  return [];
}
