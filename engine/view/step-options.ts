// SPDX-License-Identifier: MIT
import { has } from '../kernel/has-feature.ts';
import type { Revision } from '../kernel/features.ts';

/** What beside the question matters on a revision: whether a signal is pending, what requests of inline data get. */
export const stepOptions = (
  revision: Revision,
): { signal: boolean; inlineRead: boolean; inlineWrites: boolean } => ({
  signal: has(revision, 'TRIES_CACHE'),
  inlineRead: has(revision, 'READS_INLINE'),
  inlineWrites: has(revision, 'READS_INLINE'),
});
