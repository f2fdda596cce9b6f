// SPDX-License-Identifier: MIT
import type { NoteId } from './records.ts';
import { IO_NOTE_IDS, NOTE_IDS } from './trace.ts';

/** By number, as in assembly/records.ts: the notes after those of I/O, which are of calls again. */
export const LATER_NOTE_IDS = [
  'begin-nowait',
  'access-denied',
  'cache-hit',
  'cache-miss',
  'begin-interrupted',
  'srcmap-left-over',
  'inline-setup',
  'inline-too-long',
  'inline-error-direct',
  'inline-error-buffered',
  'cache-invalidated',
] as const satisfies readonly NoteId[];

/** The notes of calls by number, those of I/O left out. */
export const CALL_NOTES: readonly (NoteId | null)[] = [
  ...NOTE_IDS,
  ...IO_NOTE_IDS.map(() => null),
  ...LATER_NOTE_IDS,
];
