// SPDX-License-Identifier: MIT
/** The file of a lesson, format 1, and of its steps: the parts that are not a scenario's. Those are read by read.ts. */

import * as v from 'valibot';
import { REVISIONS } from '../kernel/features.ts';
import { array, bool, describe, object, oneOf, text } from '../scenario/build.ts';
import type { JsonValue } from '../scenario/json.ts';
import { small } from '../scenario/integer-leaf.ts';
import { pathOf } from './pointer.ts';

/** How large a lesson may be. */
export const LESSON_CAPS = { steps: 9, chars: 4_000, items: 40 } as const;

export const words = text(LESSON_CAPS.chars);
const ID = /^[a-z][a-z0-9-]{0,39}$/;
/** What files are named by. */
export const id = v.pipe(
  words,
  v.regex(ID, (issue) => describe('a name of small letters, digits and "-"', issue.input)),
);
const pointer = v.pipe(
  words,
  v.check(
    (raw) => pathOf(raw) !== null,
    (issue) => describe('a JSON Pointer such as "/steps/0/reply/read"', issue.input),
  ),
  v.transform((raw) => pathOf(raw)!),
);
/** Any JSON: what it has to be is for those who read it. */
const json = v.custom<JsonValue>(() => true);
const step = v.optional(
  small({ min: 0n, max: 9_999n, description: 'Index into the steps of the scenario, the first is 0.' }),
  0n,
);
const edit = object({ path: pointer, value: v.optional(json) });
const edits = array(edit, LESSON_CAPS.items);
const QUESTION = {
  rev: v.optional(oneOf(REVISIONS)),
  step,
  with: v.optional(edits, []),
  expect: json,
};
const question = object(QUESTION);
/** A lesson may also ask the core that its reader edited; an exercise, which may be a stranger's, asks those shipped. */
const lessonQuestion = object({ ...QUESTION, core: v.optional(oneOf(['edited'])) });
const coreEdit = v.optional(array(object({ file: words, find: words, put: words }), LESSON_CAPS.items), []);

const HINT = {
  if: v.optional(object({ path: pointer, is: json })),
  text: words,
  answer: v.optional(edits),
};
const hint = object({ when: question, ...HINT });
const lessonHint = object({ when: lessonQuestion, ...HINT, coreEdit });

/** What an exercise and a step of a lesson share: all but the solution, which an exercise may lack. */
export const TASK = {
  title: words,
  text: array(words, LESSON_CAPS.items),
  task: words,
  after: v.optional(array(words, LESSON_CAPS.items), []),
  start: json,
  show: step,
  edit: array(pointer, LESSON_CAPS.items),
  goal: array(question, LESSON_CAPS.items),
  nothingRefused: v.optional(bool, false),
  hints: v.optional(array(hint, LESSON_CAPS.items), []),
};
export const solution = edits;

const lessonStep = object({
  ...TASK,
  goal: array(lessonQuestion, LESSON_CAPS.items),
  hints: v.optional(array(lessonHint, LESSON_CAPS.items), []),
  solution,
  coreEdit,
});

export const lessonSchema = object({
  lesson: v.literal(1n, (issue) => describe('1, the format of lessons', issue.input)),
  id,
  title: words,
  needs: words,
  learned: words,
  revision: oneOf(REVISIONS),
  steps: array(lessonStep, LESSON_CAPS.steps),
});

export type LessonFile = v.InferOutput<typeof lessonSchema>;
export type StepFile = LessonFile['steps'][number];
