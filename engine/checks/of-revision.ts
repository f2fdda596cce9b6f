// SPDX-License-Identifier: MIT
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Revision } from '../kernel/features.ts';

/** A check of a revision, after those that are asked right before it. */
function withEarlier(check: CheckId | null, revision: Revision): CheckId[] {
  const earlier = CHECKS.filter((one) => CHECK_PLACES[one].before(revision) === check);
  const all = earlier.flatMap((one) => withEarlier(one, revision));
  return check === null ? all : [...all, check];
}

const known = new Map<Revision, CheckId[]>();

/**
 * The checks that a revision has, those of one kernel function in the order in which it makes them. The cores know
 * best: tests/unit/checks-of-revision.test.ts compares this with what each of them evaluates.
 */
export function checksOf(revision: Revision): CheckId[] {
  const found =
    known.get(revision) ?? withEarlier(null, revision).filter((check) => CHECK_PLACES[check].isIn(revision));
  known.set(revision, found);
  return found;
}
