// SPDX-License-Identifier: MIT
/** What a reader is told of an answer that does not meet the goal. */
import { CATALOGUE } from '../checks/catalogue.ts';
import type { Judgement } from './judge.ts';
import type { LessonStep } from './types.ts';

/** What came of an answer, in a few words. */
export const CAME: Readonly<Record<Judgement['came'], string>> = {
  taken: 'Taken, but not the goal',
  refused: 'Refused',
  waiting: 'Not answered',
};

/** What is told where no hint fits. Of a refusal it is the check's own sentence: the reader need not look for it. */
function otherwise({ came, refusedBy }: Judgement): string {
  if (came === 'taken')
    return 'The kernel takes this answer, and it is not what the goal asks for. Compare what came out with the goal.';
  if (came === 'waiting')
    return 'A question has no answer that the kernel takes, so the program waits for ever.';
  if (refusedBy === null) return 'The kernel refuses this answer.';
  return `The kernel refuses this answer, by \`${refusedBy}\`. What that check refuses: ${CATALOGUE[refusedBy].refuses}`;
}

/** The hint that fits, or what else there is to say, as Markdown. */
export const hintText = ({ hints }: LessonStep, judgement: Judgement): string =>
  judgement.hint === null ? otherwise(judgement) : hints[judgement.hint]!.text;

/** A word that a text marks: `[[hole]]`, or `[[direct|O_DIRECT]]`. */
const MARKED = /\[\[([^[\]|]+)(?:\|([^[\]]+))?\]\]/g;

/** A text with each word that it marks replaced: `shown` is how the text wants it. */
export const replaceWords = (markdown: string, by: (word: string, shown: string) => string): string =>
  markdown.replace(MARKED, (_, word: string, shown = word) => by(word, shown as string));

/** The words that a text marks, as it spells them. */
export const markedWords = (markdown: string): string[] =>
  [...markdown.matchAll(MARKED)].map(([, word]) => word!);
