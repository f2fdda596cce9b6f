// SPDX-License-Identifier: MIT
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import { LOGGED_CONDITION } from '../kernel/check-conditions.ts';
import type { CheckId } from '../kernel/checks.ts';
import { DEFAULT_REVISION, type Revision } from '../kernel/features.ts';
import { functionName } from '../kernel/function-name.ts';
import { isUnknown, type Unknown } from '../kernel/unknown.ts';

/** A bad-data check as the kernel's own log names it: the function, and the condition that held. */
export interface Condition {
  func: string;
  text: string;
}

/** The bad-data condition of a check; null for a check whose failure the kernel does not log. */
export function badDataCondition(
  check: CheckId | Unknown,
  revision: Revision = DEFAULT_REVISION,
): Condition | null {
  if (isUnknown(check)) return null;
  const condition = LOGGED_CONDITION[check];
  return condition === null ? null : { func: functionName(CHECK_FACTS[check].fn, revision), text: condition };
}
