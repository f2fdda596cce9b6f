// SPDX-License-Identifier: MIT
import { isUnknown, unknownWords, type Unknown } from '../kernel/unknown.ts';
import { errnoText } from '../kernel/errno.ts';
import type { EndNoteId, Execution, NoteId } from '../run/types.ts';
import { count, num } from './format.ts';

/**
 * Clauses for what fuse_should_send_iomap_end decided, as the core noted it. `written` counts what was submitted: a
 * direct write whose request the device failed is complete here.
 */
const BECAUSE: Readonly<Record<EndNoteId, string>> = {
  'end-wanted': 'because the mapping has ANON_WRITE, whose bit this revision takes for WANT_IOMAP_END',
  'end-size-changed': 'because the write changed the file size',
  'end-short': 'as for every incomplete write',
  'end-not-a-write': 'the operation was not a file write',
  'end-complete': 'the kernel counts all bytes as done, and the file size stayed',
  'end-not-implemented': 'it answered -ENOSYS to one before',
};

/** What some revisions do with an iomap_end: not ask a server again that has none, hear WANT_IOMAP_END. */
export interface EndFeatures {
  remembers: boolean;
  hears: boolean;
}
const NEITHER: EndFeatures = { remembers: false, hears: false };

/** An iomap_end that returned 0: whether the server was told, what, and why. */
export function explainEnd(
  { request, reply, events }: Execution,
  { remembers, hears }: EndFeatures = NEITHER,
): { headline: string; sentence: string } {
  const note = events.findLast((event) => event.kind === 'note')?.note;
  const because = reason(note, hears);
  if (request === null) {
    return {
      headline: 'Not sent',
      sentence: `The server hears nothing of this${because && `: ${because}`}.`,
    };
  }
  const ignored =
    errnoText(reply?.header?.error ?? 0) === '-ENOSYS'
      ? ` The server answered -ENOSYS, which counts as 0${remembers ? ', and is not asked again' : ''}.`
      : '';
  const what = progress(request.written ?? 0n, request.count);
  return {
    headline: 'Sent',
    sentence: `The server was told that ${what}${because && `, ${because}`}.${ignored}`,
  };
}

/** Why it was sent or not, as a clause. */
function reason(note: NoteId | Unknown | undefined, hears: boolean): string {
  if (note === undefined) return '';
  if (isUnknown(note)) return `for ${unknownWords('reason', note)}`;
  if (note === 'end-wanted' && hears) return 'because the mapping has WANT_IOMAP_END';
  return BECAUSE[note as EndNoteId] ?? '';
}

function progress(written: bigint, total: bigint): string {
  return written < 0n
    ? `the operation failed with ${errnoText(written)}`
    : `${num(written)} of ${count(total, 'byte')} were done`;
}
