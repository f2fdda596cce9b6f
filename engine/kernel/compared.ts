// SPDX-License-Identifier: MIT
/** What the verdicts of a function were compared with, revision by revision. */
import type { Revision } from './features.ts';

/**
 * `running`: with a kernel that ran (docs/LIMITS.md says which). `golden`: with compiled kernel C, by the golden
 * vectors in tests/conformance/vectors. `reading`: with nothing but a reading of the facts.
 */
export type Compared = 'running' | 'golden' | 'reading';

/** By revision. */
export type InEach = Readonly<Record<Revision, Compared>>;

/** fuse_iomap_begin with all that it calls on the way to a verdict about a reply, but for its mapping cache. */
export const BEGIN: InEach = {
  'v6-03': 'golden',
  'v6-04': 'golden',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'running',
  '2026-05': 'golden',
  '2026-05-cache': 'golden',
};

/** What fuse_iomap_begin says of replies that speak of its mapping cache: the running kernel had none. */
export const CACHE: InEach = {
  'v6-03': 'golden',
  'v6-04': 'golden',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'golden',
  '2026-05': 'golden',
  '2026-05-cache': 'golden',
};

/** What is done with the inline data of a reply that all checks took: the rows of late end before it. */
export const INLINE_SETUP: InEach = {
  'v6-03': 'reading',
  'v6-04': 'reading',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
  '2026-05': 'golden',
  '2026-05-cache': 'golden',
};

/** fuse_iomap_end: whether it is sent, and what it says. */
export const END: InEach = {
  'v6-03': 'golden',
  'v6-04': 'golden',
  '2026-01': 'golden',
  'v7-04': 'reading',
  late: 'golden',
  '2026-05': 'golden',
  '2026-05-cache': 'golden',
};

/** The backing table: fuse_backing_open and fuse_backing_close. */
export const BACKING: InEach = {
  'v6-03': 'reading',
  'v6-04': 'running',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
  '2026-05': 'golden',
  '2026-05-cache': 'golden',
};

/** Which id an entry gets: the rows of May 2026 had an allocator that was modelled. */
export const IDS: InEach = {
  'v6-03': 'reading',
  'v6-04': 'running',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
  '2026-05': 'reading',
  '2026-05-cache': 'reading',
};

/** What the mapping cache gives: no rows had the kernel's own cache. Those of late end where it would be looked into. */
export const LOOKUP: InEach = {
  'v6-03': 'golden',
  'v6-04': 'golden',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'golden',
  '2026-05': 'golden',
  '2026-05-cache': 'reading',
};

/** What a running kernel was asked in single calls: the ioctl layer above the table. */
export const IOCTL: InEach = {
  'v6-03': 'reading',
  'v6-04': 'running',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
  '2026-05': 'reading',
  '2026-05-cache': 'reading',
};

/** I/O, as far as engine/run/io-trust.ts says that the rows of a running kernel cover it. */
export const IO: InEach = {
  'v6-03': 'reading',
  'v6-04': 'reading',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'running',
  '2026-05': 'reading',
  '2026-05-cache': 'reading',
};

/** Code around the functions that vectors were recorded from, and code that no vector reaches. */
export const NOTHING: InEach = {
  'v6-03': 'reading',
  'v6-04': 'reading',
  '2026-01': 'reading',
  'v7-04': 'reading',
  late: 'reading',
  '2026-05': 'reading',
  '2026-05-cache': 'reading',
};

/** What there are rows of: fuse_iomap_begin, fuse_iomap_end, the backing table, system calls on files. */
export type VectorFamily = 'begin' | 'end' | 'backing' | 'io';

/** What a call of such a function was compared with where no check of it refused. */
export const COMPARED: Readonly<Record<VectorFamily, InEach>> = {
  begin: BEGIN,
  end: END,
  backing: BACKING,
  io: IO,
};
