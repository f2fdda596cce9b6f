// SPDX-License-Identifier: MIT
import { BACKING_WORDS } from './backing-words.ts';
import { words } from './entry.ts';
import type { CheckWords } from './entry.ts';
import type { CheckId } from '../kernel/checks.ts';
import { MAPPING_WORDS } from './mapping-words.ts';
import { REPLY_WORDS } from './reply-words.ts';

/**
 * The short words for each check. They load with the page, so they are few; the prose is in catalogue.ts.
 * 'none' is there only so that every CheckId has an entry.
 */
export const checkWords: Readonly<Record<CheckId, CheckWords>> = {
  none: words(
    'none',
    '',
    '',
    () => '',
    () => '',
  ),
  ...MAPPING_WORDS,
  ...BACKING_WORDS,
  ...REPLY_WORDS,
};
