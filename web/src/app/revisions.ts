// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';

/** Short names of the revisions, in the order of their dates. */
export const REVISION_LABELS: Record<Revision, string> = {
  'v6-03': 'v6 03/31 · Oct 2025',
  'v6-04': 'v6 04/31 · Oct 2025',
  '2026-01': 'branch · Jan 2026',
  'v7-04': 'v7 04/33 · Feb 2026',
  late: 'late · 2026',
  '2026-05': 'plumbing · May 2026',
  '2026-05-cache': 'cache · May 2026',
};
