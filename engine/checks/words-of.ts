// SPDX-License-Identifier: MIT
/** Joins the words for a check with the facts about it. */
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import type { CheckId } from '../kernel/checks.ts';
import { unknownNumber, unknownWords, type Unknown } from '../kernel/unknown.ts';
import type { CheckWords, Said } from './entry.ts';

/** The words for a check, with the facts that stand in its row. */
export function withFacts(check: CheckId, said: Said): CheckWords {
  const { fn, operands } = CHECK_FACTS[check];
  return { ...said, fn, operands };
}

/** The words for a check that only the core knows. */
export function unknownCheck(check: Unknown): CheckWords {
  const condition = unknownWords('check', check);
  return {
    label: `unknown check ${unknownNumber(check)}`,
    operands: ['a', 'b', 'c', 'd'],
    fn: 'a function that is not known',
    predicate: () => condition,
    sentence: () =>
      `This core made a check with the number ${unknownNumber(check)}, which has no name here: ${condition}.`,
  };
}
