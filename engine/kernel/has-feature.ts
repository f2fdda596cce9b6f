// SPDX-License-Identifier: MIT
/**
 * What sets the revisions apart. A difference has the name here that it has in assembly/config.ts, and a test compares
 * the two. Everything else asks for a feature, never for a revision's name: what a new revision has is said here
 * alone. The names are in a file of their own (features.ts), which a first verdict needs; it doesn't need this one.
 */
import { REVISIONS, type Revision } from './features.ts';

/** The revision that a feature came with; `only`: no later one has it. */
const FEATURES = {
  HAS_IOMAP_DEVICES: { from: 'v6-04' },
  END_HAS_ADDR: { from: 'v7-04' },
  END_ADDR_FROM_ITSELF: { only: '2026-01' },
  END_HAS_DEV: { from: '2026-01' },
  HAS_MAPPING_CACHE: { from: 'late' },
  REMEMBERS_NO_END: { from: 'late' },
  IOEND_HAS_NEWSIZE: { from: 'v7-04' },
  WRITEBACK_HAS_OP: { from: 'late' },
} as const satisfies Readonly<Record<string, { from: Revision } | { only: Revision }>>;

export type Feature = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];

/** Whether a revision has a feature. */
export function has(revision: Revision, feature: Feature): boolean {
  const range: { from?: Revision; only?: Revision } = FEATURES[feature];
  return range.from === undefined
    ? revision === range.only
    : REVISIONS.indexOf(revision) >= REVISIONS.indexOf(range.from);
}
