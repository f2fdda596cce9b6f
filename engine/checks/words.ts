// SPDX-License-Identifier: MIT
/** The words that load with the page: one label and sentence for each check, and the verdict of a step. */
export { checkWords, factsOf, wordsOf } from './check-words.ts';
export { explain, type Explanation } from './explain.ts';
export { isSilent } from './silent.ts';
