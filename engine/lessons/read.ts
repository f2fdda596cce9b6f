// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import { placeText } from '../kernel/ordinal.ts';
import { readJson, type JsonValue } from '../scenario/json.ts';
import { parseDocument } from '../scenario/parse.ts';
import { at, isObject } from '../scenario/path.ts';
import type { Expectation } from '../scenario/schema.ts';
import { shapeOf } from '../scenario/shape.ts';
import { isUnknownKey, unknownKeys } from '../scenario/unknown-keys.ts';
import { edited, startOf } from './documents.ts';
import { lessonSchema, type LessonFile } from './schema.ts';
import type { Lesson, LessonStep, Question } from './types.ts';

export interface ReadLesson {
  /** Null if there is any problem. */
  lesson: Lesson | null;
  /** Each with its place, in words. */
  problems: string[];
}

/** Reads the file of a lesson. Starts are scenarios and expectations those of a scenario, in the same words. */
export function readLesson(text: string): ReadLesson {
  const { root, broken, faults } = readJson(text);
  if (broken || root === undefined || faults.length > 0)
    return { lesson: null, problems: faults.map(({ message }) => message) };
  const result = v.safeParse(lessonSchema, root.value);
  if (!result.success) {
    const issues = result.issues
      .filter((issue) => !isUnknownKey(issue))
      .map((issue) =>
        told(
          (issue.path ?? []).map(({ key }) => key as string | number),
          issue.message,
        ),
      );
    const unknown = unknownKeys(shapeOf(lessonSchema), root.value).map(({ path, message }) =>
      told(path, typeof message === 'string' ? message : message()),
    );
    return { lesson: null, problems: [...issues, ...unknown] };
  }
  const problems: string[] = [];
  const lesson = lessonOf(result.output, root.value, problems);
  return { lesson: problems.length === 0 ? lesson : null, problems };
}

const told = (path: (string | number)[], message: string) =>
  path.length === 0 ? message : `${placeText(path)}: ${message}`;

function lessonOf(file: LessonFile, raw: JsonValue, problems: string[]): Lesson {
  const { id, title, needs, learned, revision } = file;
  const lesson: Lesson = { id, title, needs, learned, revision, steps: [] };
  file.steps.forEach((step, index) => {
    const path = ['steps', index];
    const { title: own, text, task, show, edit, nothingRefused } = step;
    if (step.start !== 'continue' && !isObject(step.start))
      return void problems.push(told([...path, 'start'], 'Expected a scenario, or "continue".'));
    if (step.start === 'continue' && index === 0)
      return void problems.push(told([...path, 'start'], 'There is no step before the first.'));
    const solution = step.solution.map(({ path: to, value }) => ({ path: to, value }));
    const made: LessonStep = {
      title: own,
      text,
      task,
      start: step.start,
      show,
      edit,
      goal: [],
      nothingRefused,
      hints: [],
      solution,
    };
    lesson.steps.push(made);
    const start = startOf(lesson, index);
    const question = (asked: LessonFile['steps'][number]['goal'][number], place: (string | number)[]) =>
      readQuestion(start, asked, at(raw, [...place, 'expect']), [...place, 'expect'], problems);
    made.goal = step.goal.map((asked, i) => question(asked, [...path, 'goal', i]));
    made.hints = step.hints.map(({ when, if: also, text: words, answer }, i) => ({
      when: question(when, [...path, 'hints', i, 'when']),
      if: also ?? null,
      text: words,
      answer: answer?.map(({ path: to, value }) => ({ path: to, value })) ?? null,
    }));
  });
  return lesson;
}

/** Reads an expectation as one of the scenario that it is asked of. */
function readQuestion(
  start: string,
  { rev, step }: { rev?: Question['rev'] | undefined; step: number },
  expect: JsonValue | undefined,
  place: (string | number)[],
  problems: string[],
): Question {
  const path = ['steps', step, 'expect'];
  const { value, problems: own } = parseDocument(start);
  const question: Question = { rev: rev ?? null, step, expect: {} as Expectation };
  const errors = own.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    problems.push(...errors.map((problem) => told(place, `the start is no scenario: ${problem.message}`)));
    return question;
  }
  if (at(value, ['steps', step]) === undefined) {
    problems.push(told(place, `The scenario has no step with the index ${step}.`));
    return question;
  }
  const { scenario, problems: found } = parseDocument(edited(start, [{ path, value: expect }]));
  for (const { severity, message } of found) if (severity === 'error') problems.push(told(place, message));
  question.expect = scenario?.steps[step]?.expect ?? question.expect;
  return question;
}
