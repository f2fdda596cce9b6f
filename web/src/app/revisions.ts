// SPDX-License-Identifier: MIT
import type { Revision } from '#engine/kernel/features.ts';

/** What a revision is, in the order of their dates. */
export const REVISION_NOTES: Record<Revision, string> = {
  'v6-03': '03/31 Oct 2025',
  'v6-04': '04/31 Oct 2025',
  '2026-01': 'a branch',
  'v7-04': '04/33 Feb 2026',
  late: '2026',
  '2026-05': 'plumbing',
  '2026-05-cache': 'the tip',
};

/** The revisions as they are chosen: by the names that documents, links and texts have. */
export const REVISION_LABELS = Object.fromEntries(
  Object.entries(REVISION_NOTES).map(([name, note]) => [name, `${name} · ${note}`]),
) as Record<Revision, string>;
