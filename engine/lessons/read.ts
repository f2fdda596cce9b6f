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
import { lessonSchema, type LessonFile, type StepFile } from './schema.ts';
import type { Lesson, LessonStep, Question } from './types.ts';

type QuestionFile = Omit<StepFile['goal'][number], 'core'> & { core?: 'edited' | undefined };
type HintFile = Omit<StepFile['hints'][number], 'when' | 'coreEdit'> & {
  when: QuestionFile;
  coreEdit?: StepFile['coreEdit'];
};
/** A step as it stands in a file; that of an exercise may have no solution, and asks no edited core. */
type TaskFile = Omit<StepFile, 'solution' | 'coreEdit' | 'goal' | 'hints'> & {
  solution?: StepFile['solution'] | undefined;
  coreEdit?: StepFile['coreEdit'];
  goal: QuestionFile[];
  hints: HintFile[];
};

export interface ReadLesson {
  /** Null if there is any problem. */
  lesson: Lesson | null;
  /** Each with its place, in words. */
  problems: string[];
}

/** Reads the file of a lesson. Starts are scenarios and expectations those of a scenario, in the same words. */
export function readLesson(text: string): ReadLesson {
  const { made, problems } = readWith(lessonSchema, text, lessonOf);
  return { lesson: made, problems };
}

/**
 * Reads a text with a schema, and then with `make`, which adds the problems that it finds.
 * Returns null and the problems, each with its place, if there is any.
 */
export function readWith<T, Made>(
  schema: v.GenericSchema<unknown, T>,
  text: string,
  make: (file: T, raw: JsonValue, problems: string[]) => Made,
): { made: Made | null; problems: string[] } {
  const { root, broken, faults } = readJson(text);
  if (broken || root === undefined || faults.length > 0)
    return { made: null, problems: faults.map(({ message }) => message) };
  const result = v.safeParse(schema, root.value);
  if (!result.success) {
    const issues = result.issues
      .filter((issue) => !isUnknownKey(issue))
      .map((issue) =>
        told(
          (issue.path ?? []).map(({ key }) => key as string | number),
          issue.message,
        ),
      );
    const unknown = unknownKeys(shapeOf(schema), root.value).map(({ path, message }) =>
      told(path, typeof message === 'string' ? message : message()),
    );
    return { made: null, problems: [...issues, ...unknown] };
  }
  const problems: string[] = [];
  const made = make(result.output, root.value, problems);
  return { made: problems.length === 0 ? made : null, problems };
}

/** A problem with its place. */
export const told = (path: (string | number)[], message: string) =>
  path.length === 0 ? message : `${placeText(path)}: ${message}`;

function lessonOf(file: LessonFile, raw: JsonValue, problems: string[]): Lesson {
  const { id, title, needs, learned, revision } = file;
  const lesson: Lesson = { id, title, needs, learned, revision, steps: [] };
  file.steps.forEach((step, index) => {
    const path = ['steps', index];
    if (step.start === 'continue' && index === 0)
      return void problems.push(told([...path, 'start'], 'There is no step before the first.'));
    if (step.start !== 'continue' && !isObject(step.start))
      return void problems.push(told([...path, 'start'], 'Expected a scenario, or "continue".'));
    const made = stepOf(step, step.start);
    lesson.steps.push(made);
    askOf(made, step, startOf(lesson, index), at(raw, path), path, problems);
  });
  return lesson;
}

/** A step of a file without its questions. */
export function stepOf(step: TaskFile, start: LessonStep['start']): LessonStep {
  const { title, text, task, after, show, edit, nothingRefused, solution = [], coreEdit = [] } = step;
  const own = { title, text, task, after, start, show, edit, goal: [], nothingRefused, hints: [], coreEdit };
  return { ...own, solution: editsOf(solution) };
}

const editsOf = (edits: StepFile['solution']) => edits.map(({ path, value }) => ({ path, value }));

/**
 * Reads the questions of a step: its goal, and when each hint is shown.
 *
 * @param start the document that the step begins with
 * @param raw the step as it stands in the file, at `path` of that
 */
export function askOf(
  made: LessonStep,
  step: TaskFile,
  start: string,
  raw: JsonValue | undefined,
  path: (string | number)[],
  problems: string[],
): void {
  const { problems: own } = parseDocument(start);
  const errors = own.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return void problems.push(
      ...errors.map(({ message }) => told([...path, 'start'], `This is not a scenario: ${message}`)),
    );
  const question = (asked: QuestionFile, place: (string | number)[]) =>
    readQuestion(start, asked, at(raw, [...place, 'expect']), [...path, ...place, 'expect'], problems);
  made.goal = step.goal.map((asked, i) => question(asked, ['goal', i]));
  made.hints = step.hints.map(({ when, if: also, text: words, answer, coreEdit = [] }, i) => ({
    when: question(when, ['hints', i, 'when']),
    if: also ?? null,
    text: words,
    answer: answer ? editsOf(answer) : null,
    coreEdit,
  }));
}

/** Reads an expectation as one of the scenario that it is asked of. */
function readQuestion(
  start: string,
  { rev, core: asked, step, with: also }: QuestionFile,
  expect: JsonValue | undefined,
  place: (string | number)[],
  problems: string[],
): Question {
  const path = ['steps', step, 'expect'];
  const core = asked ?? 'shipped';
  if (core === 'edited' && rev !== undefined)
    problems.push(told(place, 'The edited core is of the lesson’s revision: such a question names none.'));
  const question: Question = { rev: rev ?? null, core, step, with: editsOf(also), expect: {} as Expectation };
  const text = edited(start, question.with);
  if (at(parseDocument(text).value, ['steps', step]) === undefined) {
    problems.push(told(place, `The scenario has no step with the index ${step}.`));
    return question;
  }
  const { scenario, problems: found } = parseDocument(edited(text, [{ path, value: expect }]));
  for (const { severity, message } of found) if (severity === 'error') problems.push(told(place, message));
  question.expect = scenario?.steps[step]?.expect ?? question.expect;
  return question;
}
