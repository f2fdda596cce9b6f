// SPDX-License-Identifier: MIT
import { allRevisions } from '#engine/kernel/revisions.ts';
import { REVIEW_COLUMNS } from '#engine/view/review/table.ts';
import type { Revision } from '#engine/kernel/features.ts';

/** A column's head: who answers, of when, and what it was read from. */
export interface ColumnHead {
  revision: Revision;
  /** ISO 8601, as exact as it is known. */
  date: string;
  /** The mail, in a few words; null if the revision has none. */
  source: { words: string; url: string } | null;
  note: string | null;
}

/** `patch 04/31`, or `a review` of a revision that was never posted. */
const wordsOf = (subject: string): string => {
  const patch = /^\[PATCH (\d+\/\d+)\]/.exec(subject);
  return patch ? `patch ${patch[1]}` : 'a review of it';
};

export const COLUMN_HEADS: readonly ColumnHead[] = allRevisions()
  .filter(({ name }) => REVIEW_COLUMNS.includes(name))
  .map(({ name, date, mail, note }) => ({
    revision: name,
    date,
    source: mail && { words: wordsOf(mail.subject), url: mail.url },
    note,
  }));
