// SPDX-License-Identifier: MIT
/** A lesson as it was read from its file: see docs/FORMATS.md. */
import type { Revision } from '../kernel/features.ts';
import type { JsonObject, JsonValue } from '../scenario/path.ts';
import type { Expectation } from '../scenario/schema.ts';

type Path = (string | number)[];

export interface Lesson {
  id: string;
  title: string;
  /** What a reader should know before, as Markdown. */
  needs: string;
  /** What a reader can say afterwards, as Markdown. */
  learned: string;
  /** The revision that answers in all of its steps. */
  revision: Revision;
  steps: LessonStep[];
}

export interface LessonStep {
  title: string;
  /** Paragraphs of Markdown. */
  text: string[];
  /** What is to come out, as Markdown. */
  task: string;
  /** Paragraphs of Markdown that are shown once the goal was met: they may tell what came out. */
  after: string[];
  /** What the reader finds; `continue`: what the step before left. */
  start: JsonObject | 'continue';
  /** Index, from 0, of the scenario's step that is shown at first. */
  show: number;
  /** What may be edited: paths in the scenario, each with all that is below it. */
  edit: Path[];
  goal: Question[];
  /** The goal also asks that no check refuses anything. */
  nothingRefused: boolean;
  hints: Hint[];
  /** Edits of the start that meet the goal. */
  solution: LessonEdit[];
  /** Edits of the core's source that the goal needs besides; none where no edited core is asked. */
  coreEdit: SourceEdit[];
}

/** What is asked of the run of an answer. */
export interface Question {
  /** The revision that it is asked of; null for the lesson's. */
  rev: Revision | null;
  /** The core that is asked: the one that is shipped, or the one that the learner edited. */
  core: 'shipped' | 'edited';
  /** Index, from 0, of the scenario's step. */
  step: number;
  /** Edits that the answer is asked with, as by another caller; none for the answer as it is. */
  with: LessonEdit[];
  expect: Expectation;
}

export interface Hint {
  when: Question;
  /** What must stand in the answer besides; null for a value that is left out. */
  if: { path: Path; is: JsonValue } | null;
  text: string;
  /** Edits of the start that lead to this hint: tests replay them. */
  answer: LessonEdit[] | null;
  /** Edits of the core's source that lead to it together with `answer`. */
  coreEdit: SourceEdit[];
}

/** One place of the core's source, and what is to stand there. */
export interface SourceEdit {
  /** By its path from the root of the project. */
  file: string;
  /** Stands in the file once. */
  find: string;
  put: string;
}

export interface LessonEdit {
  path: Path;
  /** undefined removes. */
  value: JsonValue | undefined;
}
