// SPDX-License-Identifier: MIT
import { CHECK_PLACES } from '../kernel/check-places.ts';
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Revision } from '../kernel/features.ts';

/** All checks, those of one kernel function in the order in which it makes them. */
const IN_ORDER: readonly CheckId[] = CHECKS.flatMap((check) =>
  CHECK_PLACES[check].before === null
    ? [...CHECKS.filter((earlier) => CHECK_PLACES[earlier].before === check), check]
    : [],
);

/**
 * The checks that a revision has, those of one kernel function in the order in which it makes them. The cores know
 * best: tests/unit/checks-of-revision.test.ts compares this with what each of them evaluates.
 */
export function checksOf(revision: Revision): CheckId[] {
  return IN_ORDER.filter((check) => CHECK_PLACES[check].isIn(revision));
}
