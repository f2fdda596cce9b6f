// SPDX-License-Identifier: MIT
/** Every answer to a step that is tried: each edit of one field of its start, and the answers that its hints name. */
import type { Revision } from '#engine/kernel/features.ts';
import type { EditedCore } from '#engine/lessons/check.ts';
import { edited } from '#engine/lessons/documents.ts';
import { judge, type Judgement } from '#engine/lessons/judge.ts';
import { pointerOf } from '#engine/lessons/pointer.ts';
import type { LessonEdit, LessonStep, SourceEdit } from '#engine/lessons/types.ts';
import { minify } from '#engine/scenario/write.ts';
import { findWord } from '#engine/words/find.ts';
import { oneFieldEdits } from './lesson-edits.ts';
import { core } from './lesson-files.ts';

/** A step of which fewer edits leave a scenario has a field that the tries do not know. */
export const LEAST_EDITS = 2;

/** What came of edits of a start; `judgement` is null where they leave no scenario. */
export interface Tried {
  edits: readonly LessonEdit[];
  judgement: Judgement | null;
}

export interface StepTried {
  byField: Tried[];
  named: Tried[];
}

/** @param build edited cores, for the hints that name one */
export function tryStep(
  step: LessonStep,
  start: string,
  revision: Revision,
  build: EditedCore = () => null,
): StepTried {
  const answer = (edits: readonly LessonEdit[], source: readonly SourceEdit[] = []): Tried => ({
    edits,
    judgement: judge(step, start, edited(start, edits), core, source.length > 0 ? build(source) : null),
  });
  const edits = oneFieldEdits(start, step.edit, core(revision));
  return {
    byField: [...edits.map((one) => answer([one])), answer([])],
    named: step.hints.flatMap((hint) => (hint.answer === null ? [] : [answer(hint.answer, hint.coreEdit)])),
  };
}

/** The edits of one field that were judged: they leave a scenario. The start itself is none. */
export const judgedEdits = ({ byField }: StepTried): Tried[] =>
  byField.filter(({ edits, judgement }) => edits.length > 0 && judgement !== null);

/** The edits of one field that the kernel does not refuse, that miss the goal, and of which no hint says why. */
export const silentEdits = ({ byField }: StepTried): string[] =>
  byField
    .filter(({ judgement }) => judgement && !judgement.met && judgement.came !== 'refused')
    .filter(({ judgement }) => judgement!.hint === null)
    .map(({ edits }) => edits.map(editText).join(', '));

/** Those that led to a hint. */
export const leadingTo = ({ byField, named }: StepTried, hint: number): Tried[] =>
  [...byField, ...named].filter(({ judgement }) => judgement?.hint === hint);

/** The edits of one field that meet the goal, as the frozen lists have them. */
export const metBy = ({ byField }: StepTried): string[] => [
  ...new Set(byField.filter(({ judgement }) => judgement?.met).map(({ edits }) => editText(edits[0]!))),
];

/** An edit in a line: its path, and its value. */
export const editText = ({ path, value }: LessonEdit): string =>
  `${pointerOf(path)} ${value === undefined ? 'removed' : minify(value)}`;

/** The words that a text marks and that have no entry. */
export const unknownWords = (text: string): string[] =>
  [...text.matchAll(/\[\[([^\]|]+)/g)].map(([, word]) => word!).filter((word) => !findWord(word));
