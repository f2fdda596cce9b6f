// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import { checksOf } from '#engine/checks/of-revision.ts';
import { exerciseFaults } from '#engine/exercises/check.ts';
import { EXERCISES } from '#engine/exercises/names.ts';
import type { Exercise } from '#engine/exercises/types.ts';
import { EXERCISE_FILES, exerciseOf, exerciseText } from './exercise-files.ts';
import { core } from './lesson-files.ts';
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

/** The checks that can decide on v6-04: those that a smallest scenario is refused by. */
const DECIDING = checksOf('v6-04').filter((check) => CATALOGUE[check].examples.failing !== null);

test('use no word that has no entry', () => {
  expect(EXERCISE_FILES.flatMap((id) => unknownWords(exerciseText(id)))).toEqual([]);
});

test('are named, each once', () => {
  expect([...EXERCISES].sort()).toEqual([...EXERCISE_FILES].sort());
});

test('are about each check that can decide on v6-04 once, and at least 16 about consequences', () => {
  const all = EXERCISE_FILES.map(exerciseOf);
  const checks = all.flatMap(({ check, about }) => (check === null || about !== null ? [] : [check]));
  expect(checks.sort()).toEqual([...DECIDING].sort());
  expect(all.filter(({ about }) => about === 'consequence').length).toBeGreaterThanOrEqual(16);
});

let hints = { all: 0, accepted: 0 };

describe.each(EXERCISE_FILES)('%s', (id) => {
  let exercise: Exercise;
  let tried: StepTried;

  beforeAll(() => {
    exercise = exerciseOf(id);
    tried = tryStep(exercise.step, exercise.start, exercise.revision);
  });

  test('has a solution that meets its goal, a start that does not, and hints that come when they should', () => {
    expect(exercise.id).toBe(id);
    expect(exerciseFaults(exercise, core)).toEqual([]);
    expect(exercise.step.solution.length).toBeGreaterThan(0);
  });

  test('has no hint that nothing leads to', () => {
    exercise.step.hints.forEach((_, i) => {
      const answers = leadingTo(tried, i);
      expect(answers.length, `hint ${i + 1}`).toBeGreaterThan(0);
      hints.all++;
      if (answers.some(({ judgement }) => judgement!.came === 'taken')) hints.accepted++;
    });
  });

  test('has a hint for each edit of one field that is no error and misses the goal', () => {
    expect(silentEdits(tried)).toEqual([]);
  });

  test('has edits of one field that are tried: their list is not empty by itself', () => {
    expect(judgedEdits(tried).length).toBeGreaterThanOrEqual(LEAST_EDITS);
  });

  test('is met by those edits of one field that were looked at', () => {
    const frozen: unknown = JSON.parse(
      readFileSync(new URL(`../data/exercises/${id}.json`, import.meta.url), 'utf8'),
    );
    expect(metBy(tried)).toEqual(frozen);
  });
});

test('at least a third of all hints are for answers that the kernel took', () => {
  expect(hints.accepted * 3).toBeGreaterThanOrEqual(hints.all);
  hints = { all: 0, accepted: 0 };
});
