// SPDX-License-Identifier: MIT
/** What the verdicts of a function were compared with, revision by revision. */
import type { Revision } from './features.ts';

/**
 * `golden`: with compiled kernel C, by the golden vectors in tests/conformance/vectors. `reading`: with nothing but
 * a reading of the facts.
 */
export type Compared = 'golden' | 'reading';

/** By revision. */
export type InEach = Readonly<Record<Revision, Compared>>;

/** fuse_iomap_begin with all that it calls on the way to a verdict about a reply. */
export const BEGIN: InEach = {
  'v6-03': 'golden',
  'v6-04': 'golden',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'golden',
};

/** fuse_iomap_end: whether it is sent, and what it says. */
export const END: InEach = {
  'v6-03': 'golden',
  'v6-04': 'golden',
  '2026-01': 'golden',
  'v7-04': 'reading',
  late: 'golden',
};

/** The backing table: fuse_backing_open and fuse_backing_close. */
export const BACKING: InEach = {
  'v6-03': 'reading',
  'v6-04': 'golden',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
};

/** Code around the functions that vectors were recorded from, and code that no vector reaches. */
export const NOTHING: InEach = {
  'v6-03': 'reading',
  'v6-04': 'reading',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
};

/** The functions that compiled kernel C was asked about: fuse_iomap_begin, fuse_iomap_end, the backing table. */
export type VectorFamily = 'begin' | 'end' | 'backing';

/** What a call of such a function was compared with where no check of it refused. */
export const COMPARED: Readonly<Record<VectorFamily, InEach>> = {
  begin: BEGIN,
  end: END,
  backing: BACKING,
};
