// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { told } from '../kernel/unknown.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Chosen } from './chosen.ts';
import { verdictWord, type Line, type Summary } from './summary.ts';

const WORDS: Readonly<Record<Line['outcome'], string>> = {
  ok: 'accepted',
  refused: 'refused',
  error: 'an error of the server’s, passed on',
  waiting: 'waiting',
  'retry-cache': 'left to the mapping cache',
  'not-called': 'not called',
  oops: 'oops',
};

/** How many steps a line names. */
const NAMED = 5;

/** What became of a step, in words: `accepted`, `refused with -EFSCORRUPTED by read-after-pos`. */
export function answerWords(line: Line, what: string): string {
  if (line.outcome === 'refused') {
    return `refused with ${verdictWord(line, what)}${line.check ? ` by ${told('check', line.check)}` : ''}`;
  }
  return line.outcome === 'ok' && what !== 'iomap_begin' ? verdictWord(line, what) : WORDS[line.outcome];
}

/**
 * What the current edit did to the verdicts, in one line; null if it changed none. Runs with different
 * numbers of executions are not compared: their steps are not the same ones.
 */
export function changeLine(
  before: Summary | null,
  now: Summary | null,
  chosen: Chosen,
  scenario: Scenario | null,
): string | null {
  if (!before || !now || !scenario || before === now || before.length !== now.length) return null;
  const chosenIndex = now.find(chosen);
  const others: number[] = [];
  let own: string | null = null;
  for (const i of now.changedFrom(before)) {
    const { step } = now.line(i)!;
    if (i === chosenIndex) {
      own = `Before this edit: ${answerWords(before.line(i)!, scenario.steps[step]?.do ?? '')}.`;
    } else if (others.at(-1) !== step) others.push(step);
  }
  if (others.length === 0) return own;
  const verdicts = `changed the verdict of ${stepList(others)}`;
  return own === null ? `This edit ${verdicts}.` : `${own} It ${verdicts} too.`;
}

/** `step 3`, `steps 1, 2`; only the first few of many. */
function stepList(steps: readonly number[]): string {
  const list = steps.slice(0, NAMED).map(ordinal).join(', ');
  const more = steps.length > NAMED ? ` and ${steps.length - NAMED} more` : '';
  return `step${steps.length > 1 ? 's' : ''} ${list}${more}`;
}
