// SPDX-License-Identifier: MIT
/** Answers to an exercise as a report in the Test Anything Protocol, version 13: one test for each. */
import { CAME, hintText, replaceWords } from '../lessons/said.ts';
import { judge } from '../lessons/judge.ts';
import { placesInWords } from '../lessons/places.ts';
import type { Core } from '../lessons/check.ts';
import { tapBlock, tapText } from '../text/tap.ts';
import type { Exercise } from './types.ts';

/** An answer: a document, or why it can't be used. */
export type Answer = { name: string; text: string } | { name: string; reasons: readonly string[] };

export interface Mark {
  met: boolean;
  /** The answer could not be judged. */
  unusable: boolean;
  lines: string[];
}

/** @param number of the test, from 1 */
export function markOf({ step, start }: Exercise, answer: Answer, number: number, core: Core): Mark {
  const judged = 'text' in answer ? judge(step, start, answer.text, core) : null;
  const line = (good: boolean, words: string) =>
    `${good ? 'ok' : 'not ok'} ${number} - ${tapText(answer.name)}: ${words}`;
  if (judged === null) {
    const reason = 'reasons' in answer ? answer.reasons : ['this is not a scenario'];
    const block = tapBlock({ message: 'the answer cannot be used', reason });
    return { met: false, unusable: true, lines: [line(false, 'not judged'), ...block] };
  }
  if (judged.met) return { met: true, unusable: false, lines: [line(true, 'met')] };
  const facts: Record<string, string> = {
    message: CAME[judged.came],
    hint: replaceWords(hintText(step, judged), (_, shown) => shown),
  };
  if (judged.strayed.length > 0) facts['edited_beside'] = placesInWords(judged.strayed);
  return { met: false, unusable: false, lines: [line(false, 'not met'), ...tapBlock(facts)] };
}
