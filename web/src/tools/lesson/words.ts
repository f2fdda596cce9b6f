// SPDX-License-Identifier: MIT
import { markedWords, replaceWords } from '#engine/lessons/said.ts';
import { findWord } from '#engine/words/find.ts';

/** Where the entry of a word has its address. */
export const WORD_PLACE = '#/word/';

/** The words that a text marks, by their ids. */
export const wordsIn = (markdown: string): string[] =>
  markedWords(markdown).flatMap((word) => findWord(word)?.id ?? []);

/** Markdown in which words that may be asked for lead to their entries. */
export const wordsShown = (markdown: string): string =>
  replaceWords(markdown, (word, shown) => {
    const entry = findWord(word);
    return entry ? `[${shown}](${WORD_PLACE}${entry.id})` : `*${shown}*`;
  });
