// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quizOf, type QuizQuestion } from '#engine/quiz/quiz.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { loadCore } from '../core-module.ts';

const core = loadCore('trace', 'v6-04');
const seeds = fc.integer({ min: 0, max: 999_999_999 });
const runs = { numRuns: 20 };

/** The checks that refused, in the order of the questions. */
const refusals = (questions: readonly QuizQuestion[]) =>
  questions.flatMap(({ decided }) => (decided === null ? [] : [decided.check]));

test('half of a run is accepted, and no check decides twice in a row', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const questions = quizOf(core, seed);
      expect(questions).toHaveLength(10);
      const all = refusals(questions);
      expect(all).toHaveLength(5);
      all.forEach((check, i) => expect(check).not.toBe(all[i - 1]));
      expect(new Set(questions.map(({ text }) => text)).size).toBe(10);
    }),
    runs,
  );
});

test('every answer is the core’s, and among those to choose from', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const { text, decided, choices, sentence } of quizOf(core, seed)) {
        const { scenario, problems } = parseDocument(text);
        expect(problems).toEqual([]);
        const last = run(core, scenario!).executions.at(-1)!;
        expect(last.decided?.check ?? null).toBe(decided?.check ?? null);
        expect(last.outcome).toBe(decided === null ? 'ok' : 'refused');
        expect(new Set(choices).size).toBe(5);
        if (decided !== null) expect(choices).toContain(decided.check);
        expect(sentence).not.toBe('');
      }
    }),
    runs,
  );
});

test('a seed gives the same questions again, and another seed others', () => {
  expect(quizOf(core, 7)).toEqual(quizOf(core, 7));
  expect(quizOf(core, 7).map(({ text }) => text)).not.toEqual(quizOf(core, 8).map(({ text }) => text));
});

test('many checks have their turn', () => {
  const met = new Set([1, 2, 3, 4, 5, 6].flatMap((seed) => refusals(quizOf(core, seed, 20))));
  expect(met.size).toBeGreaterThanOrEqual(12);
});
