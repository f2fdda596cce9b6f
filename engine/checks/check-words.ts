// SPDX-License-Identifier: MIT
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import { isUnknown, type Unknown } from '../kernel/unknown.ts';
import { BACKING_WORDS } from './backing-words.ts';
import type { CheckWords, Said } from './entry.ts';
import { MAPPING_WORDS } from './mapping-words.ts';
import { REPLY_WORDS } from './reply-words.ts';
import { unknownCheck, withFacts } from './words-of.ts';

const SAID: Readonly<Record<CheckId, Said>> = { ...MAPPING_WORDS, ...BACKING_WORDS, ...REPLY_WORDS };

/** The short words for each check. They load with the page; the prose is in catalogue.ts. */
export const checkWords = Object.fromEntries(
  CHECKS.map((check): [CheckId, CheckWords] => [check, withFacts(check, SAID[check])]),
) as Readonly<Record<CheckId, CheckWords>>;

/** The words for a check as the core recorded it, which may be one that only that core knows. */
export function wordsOf(check: CheckId | Unknown): CheckWords {
  return isUnknown(check) ? unknownCheck(check) : checkWords[check];
}
