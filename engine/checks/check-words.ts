// SPDX-License-Identifier: MIT
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import { isUnknown, unknownNumber, unknownWords, type Unknown } from '../kernel/unknown.ts';
import { BACKING_WORDS } from './backing-words.ts';
import type { CheckWords, Said } from './entry.ts';
import { MAPPING_WORDS } from './mapping-words.ts';
import { REPLY_WORDS } from './reply-words.ts';

const SAID: Readonly<Record<CheckId, Said>> = { ...MAPPING_WORDS, ...BACKING_WORDS, ...REPLY_WORDS };

/** The short words for each check. They load with the page, so they are few; the prose is in catalogue.ts. */
export const checkWords = Object.fromEntries(
  CHECKS.map((check): [CheckId, CheckWords] => {
    const { fn, operands } = CHECK_FACTS[check];
    return [check, { ...SAID[check], fn, operands }];
  }),
) as Readonly<Record<CheckId, CheckWords>>;

/** The words for a check as the core recorded it, which may be one that only that core knows. */
export function wordsOf(check: CheckId | Unknown): CheckWords {
  return isUnknown(check) ? unknownCheck(check) : checkWords[check];
}

function unknownCheck(check: Unknown): CheckWords {
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
