// SPDX-License-Identifier: MIT
/** What a reader is told of an answer that does not meet the goal. */
import type { Judgement } from './judge.ts';
import type { LessonStep } from './types.ts';

/** What came of an answer, in a few words. */
export const CAME: Readonly<Record<Judgement['came'], string>> = {
  taken: 'Taken, but not the goal',
  refused: 'Refused',
  waiting: 'Not answered',
};

/** What is told where no hint fits. */
const OTHERWISE: Readonly<Record<Judgement['came'], string>> = {
  taken:
    'The kernel takes this answer, and it is not what the goal asks for. Compare what came out with the goal.',
  refused: 'The kernel refuses this answer. The verdict says by which check, and why.',
  waiting: 'A question has no answer that the kernel takes, so the program waits for ever.',
};

/** The hint that fits, or what else there is to say, as Markdown. */
export const hintText = ({ hints }: LessonStep, { hint, came }: Judgement): string =>
  hint === null ? OTHERWISE[came] : hints[hint]!.text;

/** A word that a text marks: `[[hole]]`, or `[[direct|O_DIRECT]]`. */
const MARKED = /\[\[([^[\]|]+)(?:\|([^[\]]+))?\]\]/g;

/** A text with each word that it marks replaced: `shown` is how the text wants it. */
export const replaceWords = (markdown: string, by: (word: string, shown: string) => string): string =>
  markdown.replace(MARKED, (_, word: string, shown = word) => by(word, shown as string));

/** The words that a text marks, as it spells them. */
export const markedWords = (markdown: string): string[] =>
  [...markdown.matchAll(MARKED)].map(([, word]) => word!);
