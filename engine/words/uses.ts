// SPDX-License-Identifier: MIT
/** Where a word is used: computed from what checks and examples say, never written down. */
import { CATALOGUE } from '../checks/catalogue.ts';
import { CHECK_FACTS } from '../kernel/check-facts.ts';
import { CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Word } from './glossary.ts';
import { wordOfOperand } from './of-operand.ts';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Finds the names of a word in a text. Names of the kernel are as they are, other words in any case. */
function matcher(word: Word): RegExp | null {
  const names = [word.title.replace(/^-/, ''), word.title.replace(/^F_/, ''), ...word.also]
    .filter((name) => name.length > 2)
    .map(escaped);
  if (names.length === 0) return null;
  const kernel = /^[A-Z0-9_-]+$/.test(word.title);
  return new RegExp(`(?<![\\w-])(?:${names.join('|')})(?![\\w])`, kernel ? '' : 'i');
}

/** The checks that compare it, or whose entry speaks of it, in the order in which they are made. */
export function checksOf(word: Word): CheckId[] {
  const compared = CHECKS.filter((check) =>
    CHECK_FACTS[check].operands.some((operand) => wordOfOperand(check, operand) === word.id),
  );
  if (word.kind === 'field' || compared.length > 0) return compared;
  const match = matcher(word);
  if (!match) return [];
  return CHECKS.filter((check) => {
    const { title, refuses, why, fix } = CATALOGUE[check];
    return match.test(`${title} ${refuses} ${why} ${fix}`);
  });
}

/** What a search for uses looks at. */
export interface Told {
  title: string;
  notes: string;
  /** The document. */
  text: string;
}

/** The things that show a word, those that speak of it first, then those whose document has it; at most `most`. */
export function toldOf<T extends Told>(word: Word, things: readonly T[], most = 5): T[] {
  const match = matcher(word);
  const value = word.kind === 'step' ? `"do": "${word.id}"` : `"${word.title.replace(/^F_/, '')}"`;
  const inDocument = !['field', 'struct', 'setting of a scenario', 'word'].includes(word.kind);
  const times = (told: string) => (match ? told.split(match).length - 1 : 0);
  /** From 0: in the title, in the notes, the more often the better, in the document, nowhere. */
  const rank = ({ title, notes, text }: Told): number => {
    if (times(title) > 0) return 0;
    if (times(notes) > 0) return 1 + 1 / times(notes);
    return inDocument && text.includes(value) ? 3 : 4;
  };
  return things
    .map((thing) => ({ thing, at: rank(thing) }))
    .filter(({ at }) => at < 4)
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ thing }) => thing);
}
