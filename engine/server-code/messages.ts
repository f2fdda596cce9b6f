// SPDX-License-Identifier: MIT
/** What is told from where a server's code runs, in batches. Whoever hears it trusts none of it: see collect.ts. */
import type { RecordedCall, ServerRecord } from '../scenario/server-record.ts';

export type Told =
  /** The code begins, at its first line. */
  | { kind: 'begins' }
  | { kind: 'start'; start: ServerRecord['start'] }
  /** From now on it is this that takes time. */
  | { kind: 'asks'; what: string }
  | { kind: 'said'; said: RecordedCall }
  /** From now on it is about this execution. */
  | { kind: 'step'; execution: number }
  | { kind: 'log'; text: string }
  /** What the server remembers, where it is not what it was before. */
  | { kind: 'state'; text: string }
  /** The code could not begin. */
  | { kind: 'broken'; message: string }
  | { kind: 'done' };

/** The longest line of a log. */
export const LOG_CHARS = 500;
/** The longest message of a fault. */
export const MESSAGE_CHARS = 500;
