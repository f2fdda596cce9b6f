// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { lessonFaults, type EditedCore } from '#engine/lessons/check.ts';
import { startOf } from '#engine/lessons/documents.ts';
import { LESSONS } from '#engine/lessons/names.ts';
import type { Lesson } from '#engine/lessons/types.ts';
import { editedCores } from './edited-cores.ts';
import { LESSON_FILES, core, lessonOf, textOf } from './lesson-files.ts';
import {
  LEAST_EDITS,
  judgedEdits,
  leadingTo,
  metBy,
  silentEdits,
  tryStep,
  unknownWords,
  type StepTried,
} from './tried-answers.ts';

test('use no word that has no entry', () => {
  expect(LESSON_FILES.flatMap((id) => unknownWords(textOf(id)))).toEqual([]);
});

test('are numbered, each once', () => {
  expect([...LESSONS].sort()).toEqual([...LESSON_FILES].sort());
});

let hints = { all: 0, accepted: 0 };

describe.each(LESSON_FILES)('%s', (id) => {
  let lesson: Lesson;
  let tried: StepTried[];
  let edited: EditedCore;

  beforeAll(async () => {
    lesson = lessonOf(id);
    edited = await editedCores(lesson);
    tried = lesson.steps.map((step, index) => tryStep(step, startOf(lesson, index), lesson.revision, edited));
  });

  test('has solutions that meet its goals, starts that do not, and hints that come when they should', () => {
    expect(lesson.id).toBe(id);
    expect(lessonFaults(lesson, core, edited)).toEqual([]);
  });

  test('has no hint that nothing leads to', () => {
    lesson.steps.forEach((step, index) => {
      step.hints.forEach((_, i) => {
        const answers = leadingTo(tried[index]!, i);
        expect(answers.length, `hint ${i + 1} of step ${index + 1}`).toBeGreaterThan(0);
        hints.all++;
        if (answers.some(({ judgement }) => judgement!.came === 'taken')) hints.accepted++;
      });
    });
  });

  test('has a hint for each edit of one field that is no error and misses the goal', () => {
    const silent = tried.flatMap((step, index) => silentEdits(step).map((edit) => `${index + 1}: ${edit}`));
    expect(silent).toEqual([]);
  });

  test('has edits of one field in each step that are tried: their list is not empty by itself', () => {
    tried.forEach((step, index) =>
      expect(judgedEdits(step).length, `step ${index + 1}`).toBeGreaterThanOrEqual(LEAST_EDITS),
    );
  });

  test('is met by those edits of one field that were looked at', () => {
    const frozen = JSON.parse(
      readFileSync(new URL(`../data/lessons/${id}.json`, import.meta.url), 'utf8'),
    ) as Record<string, string[]>;
    const met = tried.map((step, index) => [String(index + 1), metBy(step)]);
    expect(Object.fromEntries(met)).toEqual(frozen);
  });
});

test('at least a third of all hints are for answers that the kernel took', () => {
  expect(hints.accepted * 3).toBeGreaterThanOrEqual(hints.all);
  hints = { all: 0, accepted: 0 };
});
