// SPDX-License-Identifier: MIT
import { nearest } from '../scenario/nearest.ts';
import { ALL_WORDS, SOURCE_NAMES, WORDS, type Word } from './glossary.ts';

/** As people write a word: without case, quotes, backticks, brackets of a call, or a minus before an errno. */
const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^[`"'“-]+|[`"'”]+$|\(\)$/g, '')
    .replace(/[\s-]+/g, ' ');

/** Under which spellings a word is found, the surest first. An earlier word keeps a spelling that two have. */
const INDEX: ReadonlyMap<string, Word> = (() => {
  const index = new Map<string, Word>();
  const add = (spelling: string, word: Word) => {
    const key = plain(spelling);
    if (key !== '' && !index.has(key)) index.set(key, word);
  };
  for (const word of ALL_WORDS) add(word.id, word);
  for (const word of ALL_WORDS) add(word.title, word);
  for (const word of ALL_WORDS) for (const name of SOURCE_NAMES.get(word.id) ?? []) add(name, word);
  // Words of the field before the names of a table: cow is the matter, and not one of its flags.
  const field = ALL_WORDS.filter(({ kind }) => kind === 'word');
  for (const word of [...field, ...ALL_WORDS]) for (const other of word.also) add(other, word);
  return index;
})();

/** The word that a text is: its id, its title, its name in the kernel, or another word for it. */
export const findWord = (text: string): Word | undefined =>
  Object.hasOwn(WORDS, text) ? WORDS[text as Word['id']] : INDEX.get(plain(text));

/** The words that have every part of a query, best first: in the title, among the other words, then in the sentence. */
export function searchWords(query: string): Word[] {
  const parts = plain(query).split(' ').filter(Boolean);
  if (parts.length === 0) return [...ALL_WORDS];
  const exact = findWord(query);
  const rank = (word: Word): number => {
    if (word === exact) return 0;
    const has = (text: string) => parts.every((part) => text.includes(part));
    const title = plain(`${word.title} ${word.id}`);
    if (title.startsWith(parts[0]!) && has(title)) return 1;
    if (has(title)) return 2;
    if (has(plain(`${title} ${word.also.join(' ')}`))) return 3;
    return has(plain(`${title} ${word.also.join(' ')} ${word.sentence}`)) ? 4 : 5;
  };
  return ALL_WORDS.map((word) => ({ word, at: rank(word) }))
    .filter(({ at }) => at < 5)
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}

/** Words that somebody may have meant with a text that is none, at most `most`. */
export function suggestWords(text: string, most = 5): Word[] {
  const near = nearest(plain(text), INDEX.keys());
  const close = near === undefined ? [] : [INDEX.get(near)!];
  return [...new Set([...close, ...searchWords(text)])].slice(0, most);
}
