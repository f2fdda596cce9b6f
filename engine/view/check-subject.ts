// SPDX-License-Identifier: MIT
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import { REVISIONS, type Revision } from '../kernel/features.ts';

/** What the panel is opened on: a check, and with `?rev=` the revision whose smallest refused case is opened too. */
export interface CheckSubject {
  check: CheckId;
  revision: Revision | null;
}

/** Reads `length-zero` or `length-zero?rev=late`; null for anything else. */
export function checkSubject(text: string): CheckSubject | null {
  const [id, query, ...more] = text.split('?');
  const check = CHECKS.find((one) => one === id);
  if (check === undefined || more.length > 0) return null;
  if (query === undefined) return { check, revision: null };
  const revision = REVISIONS.find((one) => query === `rev=${one}`);
  return revision === undefined ? null : { check, revision };
}
