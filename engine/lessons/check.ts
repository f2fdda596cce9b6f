// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import { grouped } from '../kernel/digits.ts';
import { ordinal } from '../kernel/ordinal.ts';
import { edited as withEdits, startOf } from './documents.ts';
import { asksEdited, judge, type Judgement } from './judge.ts';
import type { Lesson, LessonStep, SourceEdit } from './types.ts';

/** Words that a step may have, its task and its hints aside. */
export const MOST_WORDS = 250;
/** How many steps a lesson has. */
export const STEPS = { least: 3, most: 5 };

/** A compiled core by its revision. */
export type Core = (revision: Revision) => WebAssembly.Module;

/** The core that edits of its source make; null if they do not fit it or do not compile. */
export type EditedCore = (edits: readonly SourceEdit[]) => WebAssembly.Module | null;

/** How many words a text has, as a reader counts them: code counts as what stands between its blanks. */
export const wordsIn = (text: readonly string[]): number =>
  text
    .join(' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/**
 * What is wrong with a lesson that can be read, in words: its solutions, its starts, the answers of its hints.
 *
 * @param edited builds edited cores; left out, what asks one is not replayed: `unreplayed` names such steps
 */
export function lessonFaults(lesson: Lesson, core: Core, edited?: EditedCore): string[] {
  const faults: string[] = [];
  const { steps } = lesson;
  if (steps.length < STEPS.least || steps.length > STEPS.most)
    faults.push(`It has ${steps.length} steps; a lesson has ${STEPS.least} to ${STEPS.most}.`);
  steps.forEach((step, index) => {
    const start = startOf(lesson, index);
    faults.push(
      ...stepFaults(step, start, core, MOST_WORDS, edited).map((words) => `step ${ordinal(index)}: ${words}`),
    );
  });
  return faults;
}

/** The steps, counted from 1, whose solutions need an edited core. */
export const unreplayed = ({ steps }: Lesson): number[] =>
  steps.flatMap((step, index) => (asksEdited(step) ? [ordinal(index)] : []));

/**
 * What is wrong with a step, in words.
 *
 * @param start the document that it begins with
 */
export function stepFaults(
  step: LessonStep,
  start: string,
  core: Core,
  most = MOST_WORDS,
  edited?: EditedCore,
): string[] {
  const faults: string[] = [];
  const tell = (words: string) => faults.push(words);
  const judged = (text: string, edits: readonly SourceEdit[] = []) =>
    judge(step, start, text, core, edits.length > 0 ? (edited?.(edits) ?? null) : null);
  const replays = (edits: readonly SourceEdit[]) => edits.length === 0 || edited !== undefined;
  const words = wordsIn([...step.text, ...step.after]);
  if (words > most) tell(`The text has ${grouped(words)} words; at most ${most} fit.`);
  if (!opensOnItsWork(step))
    tell(`It opens on step ${ordinal(step.show)} of the scenario, in which nothing may be edited.`);
  if (judged(start)?.met !== false) tell('The start meets the goal, or is not a scenario.');
  if (asksEdited(step) && step.coreEdit.length === 0)
    tell('It asks an edited core, and its solution edits none.');
  const solution = withEdits(start, step.solution);
  const solved = step.solution.length > 0 ? judged(solution, step.coreEdit) : null;
  if (step.coreEdit.length > 0 && judged(solution)?.met !== false)
    tell('The solution meets the goal without its edit of the core.');
  if (step.solution.length > 0 && replays(step.coreEdit) && solved?.met !== true)
    tell(`The solution does not meet the goal${awayWords(solved)}.`);
  step.hints.forEach(({ answer, coreEdit }, i) => {
    if (answer === null || !replays(coreEdit)) return;
    const found = judged(withEdits(start, answer), coreEdit);
    if (found?.hint !== i) tell(`The answer of hint ${ordinal(i)} leads to ${hintWords(found)}.`);
    else if (found.strayed.length > 0)
      tell(`The answer of hint ${ordinal(i)} edits more than the step allows.`);
  });
  return faults;
}

/** Whether the step of the scenario that is shown first is one to edit; only the machine's fields have no step. */
const opensOnItsWork = ({ edit, show }: LessonStep): boolean => {
  const steps = edit.flatMap(([list, index]) => (list === 'steps' ? [index] : []));
  return steps.length === 0 || steps.includes(show);
};

const awayWords = (found: Judgement | null) =>
  found !== null && found.strayed.length > 0 ? ': it edits more than the step allows' : '';

function hintWords(found: Judgement | null): string {
  if (found === null) return 'no scenario';
  if (found.met) return 'the goal';
  return found.hint === null ? 'no hint' : `hint ${ordinal(found.hint)}`;
}
