// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import { CHECK_IDS, type CheckId } from '../kernel/checks.ts';

/** Checks that not every revision has: what shows checks that no core came to cannot ask a core for them. */
const ONLY_IN: Partial<Record<CheckId, readonly Revision[]>> = {
  'dev-unsupported': ['v6-03'],
  'dev-not-found': ['v6-04', '2026-01', 'v7-04', 'late'],
  'cache-unavailable': ['late'],
  'nocache-on-begin': ['late'],
};

/** Numbered late, but asked before others of their function. */
const BEFORE: Partial<Record<CheckId, CheckId>> = {
  'flags-unknown': 'cache-unavailable',
  'read-after-pos': 'nocache-on-begin',
};
const MOVED = new Set(Object.values(BEFORE));

/**
 * The checks that a revision has, those of one kernel function in the order in which it makes them. The cores know
 * best: tests/unit/checks-of-revision.test.ts holds this against what each of them asks.
 */
export function checksOf(revision: Revision): CheckId[] {
  return CHECK_IDS.flatMap((check) => {
    const moved = BEFORE[check];
    return moved === undefined ? (MOVED.has(check) ? [] : [check]) : [moved, check];
  }).filter((check) => check !== 'none' && (ONLY_IN[check]?.includes(revision) ?? true));
}
