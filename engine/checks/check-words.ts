// SPDX-License-Identifier: MIT
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import { isUnknown, type Unknown } from '../kernel/unknown.ts';
import type { Execution } from '../run/types.ts';
import { BACKING_WORDS } from './backing-words.ts';
import { editedWords } from './edited-words.ts';
import type { CheckWords, Said } from './entry.ts';
import { MAY_WORDS } from './may-words.ts';
import { MAPPING_WORDS } from './mapping-words.ts';
import { REPLY_WORDS } from './reply-words.ts';
import { unknownCheck, withFacts } from './words-of.ts';

const SAID: Readonly<Record<CheckId, Said>> = {
  ...MAPPING_WORDS,
  ...BACKING_WORDS,
  ...REPLY_WORDS,
  ...MAY_WORDS,
};

/** The short words for each check. They load with the page; the prose is in catalogue.ts. */
export const checkWords = Object.fromEntries(
  CHECKS.map((check): [CheckId, CheckWords] => [check, withFacts(check, SAID[check])]),
) as Readonly<Record<CheckId, CheckWords>>;

/**
 * The words for a check as a core recorded it.
 * @param said the execution or call that it was recorded in: of an edited core, whose conditions may be any, no condition
 *   is told
 */
export function wordsOf(check: CheckId | Unknown, said: Pick<Execution, 'trust'>): CheckWords {
  if (isUnknown(check)) return unknownCheck(check);
  return said.trust === 'edited' ? editedWords(check) : checkWords[check];
}

/** The kernel function that asks, and the names of the operands: the same whoever recorded the check. */
export function factsOf(check: CheckId | Unknown): Pick<CheckWords, 'fn' | 'operands'> {
  return isUnknown(check) ? unknownCheck(check) : checkWords[check];
}
