// SPDX-License-Identifier: MIT
/**
 * What reviewers asked: which step of which example answers, and what of its result is the point. This belongs to the
 * review table and not to the scenario format: a scenario says what it expects of each step, and only a table with one
 * word for a cell has to choose among them.
 */
import type { ReviewName } from './names.ts';

/**
 * What of a step's result a cell tells.
 * - verdict: accepted, refused by which check, or what was returned
 * - sent: whether a request was sent
 * - ended: addr and dev of the iomap_end, or that none was sent
 * - endedDev: dev of the iomap_end alone
 * - requests: how many requests the server got
 * - finish: what the server heard of the end of a write: ioend and iomap_end
 * - diskSize: the size that the server is known to have
 */
export type ReviewField = 'verdict' | 'sent' | 'ended' | 'endedDev' | 'requests' | 'finish' | 'diskSize';

/** One question of a case: a row of the table. */
export interface ReviewPart {
  /** The example, by the name of its file. */
  example: string;
  /** Index of the step that decides. */
  step: number;
  field: ReviewField;
  /** What is asked, in ASCII: it also stands in the line to quote. */
  asks: string;
}

export interface ReviewCase {
  /** A few words beside the name. */
  about: string;
  /** Set where nobody asked in public. */
  foundHere?: true;
  /** The first is what the row of the case shows while its parts are folded. */
  parts: readonly [ReviewPart, ...ReviewPart[]];
}

const one = (name: string, step: number, field: ReviewField, asks: string): ReviewPart => ({
  example: `review-${name}`,
  step,
  field,
  asks,
});

export const REVIEW_CASES: Readonly<Record<ReviewName, ReviewCase>> = {
  'overwrite-slot': {
    about: 'PURE_OVERWRITE with other fields left in',
    parts: [
      one('overwrite-slot', 1, 'verdict', 'PURE_OVERWRITE, flags NEW'),
      one('overwrite-slot', 2, 'verdict', 'PURE_OVERWRITE, dev 1'),
      one('overwrite-slot', 3, 'verdict', 'PURE_OVERWRITE, addr 0'),
      one('overwrite-slot', 4, 'verdict', 'write slot of type 255'),
    ],
  },
  'retry-twice': {
    about: 'RETRY_CACHE in the write slot of a report',
    foundHere: true,
    parts: [
      one('retry-twice', 1, 'verdict', 'REPORT, write RETRY_CACHE'),
      one('retry-twice', 2, 'verdict', 'REPORT, read RETRY_CACHE'),
    ],
  },
  'two-numberings': {
    about: 'is iomap_end sent after a read?',
    parts: [
      one('two-numberings', 2, 'sent', 'end after WANT_IOMAP_END'),
      one('two-numberings', 4, 'sent', 'end after ANON_WRITE'),
    ],
  },
  'end-addr-dev': {
    about: 'what iomap_end carries as addr and dev',
    parts: [one('end-addr-dev', 2, 'ended', 'iomap_end')],
  },
  'shrinking-size': {
    about: 'an ioend answered with a smaller size',
    parts: [
      one('shrinking-size', 2, 'diskSize', 'size after ioend says 512'),
      one('shrinking-size', 2, 'verdict', 'write with that answer'),
    ],
  },
  'reply-size': {
    about: 'an answer a byte too short or too long',
    parts: [
      one('reply-size', 1, 'verdict', 'begin answered, 79 bytes'),
      one('reply-size', 2, 'verdict', 'begin answered, 80 bytes'),
      one('reply-size', 3, 'verdict', 'begin answered, 81 bytes'),
      one('reply-size', 4, 'verdict', 'ioend answered, 8-byte body'),
    ],
  },
  'same-device-twice': {
    about: 'one device under two ids: which comes back?',
    parts: [one('same-device-twice', 3, 'endedDev', 'end of a map with dev 2')],
  },
  'enosys-direct': {
    about: 'a begin of direct I/O answered -ENOSYS',
    parts: [
      one('enosys-direct', 1, 'verdict', 'read, first begin -ENOSYS'),
      one('enosys-direct', 2, 'verdict', 'write, first begin -ENOSYS'),
      one('enosys-direct', 3, 'verdict', 'read, each begin -ENOSYS'),
    ],
  },
  'failed-write': {
    about: 'what the server hears of a write that failed',
    parts: [
      one('failed-write', 1, 'finish', 'device fails'),
      one('failed-write', 2, 'finish', 'bad alignment'),
    ],
  },
  'inline-too-long': {
    about: 'INLINE of 8 KiB on blocks of 4 KiB',
    parts: [one('inline-too-long', 1, 'verdict', 'INLINE of two blocks')],
  },
  'freed-ids': {
    about: 'open, open, close 1, open: which id?',
    parts: [one('freed-ids', 3, 'verdict', 'id after 1, 2, close 1')],
  },
  'one-id-one-use': {
    about: 'a passthrough id as dev',
    parts: [one('one-id-one-use', 1, 'verdict', 'passthrough id as dev')],
  },
  'id-bound': {
    about: 'the 1025th id',
    parts: [
      one('id-bound', 1, 'verdict', '1025th device'),
      one('id-bound-shared', 1, 'verdict', 'device after 1024 files'),
      one('id-bound-shared', 2, 'verdict', '1025th passthrough file'),
    ],
  },
  'type-check-shape': {
    about: 'types between INLINE and the last',
    parts: [
      one('type-check-shape', 1, 'verdict', 'mapping of type 5'),
      one('type-check-shape', 2, 'verdict', 'mapping of type 252'),
    ],
  },
  'static-server': {
    about: 'five begins of a server with static maps',
    parts: [
      one('static-server', 1, 'verdict', 'read at 0'),
      one('static-server', 2, 'verdict', 'read at 32,768'),
      one('static-server', 3, 'verdict', 'overwrite at 8192'),
      one('static-server', 4, 'verdict', 'direct overwrite'),
      one('static-server', 5, 'verdict', 'report'),
    ],
  },
  upcalls: {
    about: 'requests for one read over three extents',
    parts: [one('upcalls', 1, 'requests', 'read over 3 extents')],
  },
  'read-only-fd': {
    about: 'a device that was opened O_RDONLY',
    parts: [
      one('read-only-fd', 1, 'verdict', 'read of a read-only fd'),
      one('read-only-fd', 2, 'verdict', 'write to a read-only fd'),
    ],
  },
  'written-width': {
    about: 'are 32 bits enough for `written`?',
    parts: [one('written-width', 1, 'finish', 'ioend of 4 GiB + 4 KiB')],
  },
};
