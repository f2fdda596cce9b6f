// SPDX-License-Identifier: MIT
import { has } from '../kernel/has-feature.ts';
import type { Revision } from '../kernel/features.ts';

/** What beside the question matters to a begin on a revision: whether a signal is pending, what a read of inline data gets. */
export const beginOptions = (revision: Revision): { signal: boolean; inlineRead: boolean } => ({
  signal: has(revision, 'TRIES_CACHE'),
  inlineRead: has(revision, 'READS_INLINE'),
});
