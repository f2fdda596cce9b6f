// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';

/** The revisions as they are chosen: by the names that documents, links and texts have, in the order of their dates. */
export const REVISION_LABELS: Record<Revision, string> = {
  'v6-03': 'v6-03 · 03/31, Oct 2025',
  'v6-04': 'v6-04 · 04/31, Oct 2025',
  '2026-01': '2026-01 · a branch',
  'v7-04': 'v7-04 · 04/33, Feb 2026',
  late: 'late · 2026',
  '2026-05': '2026-05 · plumbing',
  '2026-05-cache': '2026-05-cache',
};
