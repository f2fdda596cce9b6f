// SPDX-License-Identifier: MIT
/**
 * What sets the revisions apart. A difference has the name here that it has in assembly/config.ts, and a test compares
 * the two. Everything else asks for a feature, never for a revision's name: what a new revision has is said here
 * alone. The names are in a file of their own (features.ts), which a first verdict needs; it doesn't need this one.
 */
import { REVISIONS, type Revision } from './features.ts';

/** The revision that a feature came with; `only`: no later one has it; `but`: a later one that lacks it. */
type Range = { from: Revision; but?: Revision } | { only: Revision };

const FEATURES = {
  HAS_IOMAP_DEVICES: { from: 'v6-04' },
  END_HAS_ADDR: { from: 'v7-04' },
  END_ADDR_FROM_ITSELF: { only: '2026-01' },
  END_HAS_DEV: { from: '2026-01' },
  // The plumbing of May 2026 lies below the cache.
  HAS_MAPPING_CACHE: { from: 'late', but: '2026-05' },
  REMEMBERS_NO_END: { from: 'late', but: '2026-05' },
  SETS_UP_INLINE: { from: 'late', but: '2026-05' },
  IOEND_HAS_NEWSIZE: { from: 'v7-04' },
  IOEND_KEEPS_SIZE: { from: '2026-05-cache' },
  WRITEBACK_HAS_OP: { from: 'late' },
  DOES_IO: { from: 'v6-03', but: '2026-05' },
  NUMBERS_OF_MAY: { from: '2026-05' },
  OVERWRITE_IS_BARE: { from: '2026-05' },
  TESTS_ACCESS_MODE: { from: '2026-05' },
  NOWAIT_NEVER_ASKS: { from: '2026-05' },
  HEARS_WANT_END: { from: '2026-05' },
  LOWEST_FREE_ID: { from: '2026-05' },
  IOMAP_CAN_CLOSE: { from: '2026-05' },
  CACHE_REPLY_IS_CHECKED: { from: '2026-05-cache' },
  TRIES_CACHE: { from: '2026-05-cache' },
  SWAPFILE_WRITES: { from: '2026-05-cache' },
  CHECKS_ATOMIC: { from: '2026-05-cache' },
  READS_INLINE: { from: '2026-05-cache' },
} as const satisfies Readonly<Record<string, Range>>;

export type Feature = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];

/** Whether a revision has a feature. */
export function has(revision: Revision, feature: Feature): boolean {
  const range: Range = FEATURES[feature];
  if ('only' in range) return revision === range.only;
  return revision !== range.but && REVISIONS.indexOf(revision) >= REVISIONS.indexOf(range.from);
}
