// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { exerciseFaults } from './check.ts';
import { readExercise } from './read.ts';
import { loadCore } from '../../tests/core-module.ts';

const FILE = JSON.parse(
  readFileSync(new URL('../../exercises/the-other-disk.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const read = (changes: object) => readExercise(JSON.stringify({ ...FILE, ...changes }));
const core = (revision: Parameters<typeof loadCore>[1]) => loadCore('trace', revision);

describe('an exercise', () => {
  test('is a step with a head', () => {
    const { exercise } = read({ check: 'length-zero' });
    expect(exercise).toMatchObject({ difficulty: 1, check: 'length-zero', about: 'consequence' });
    expect(exercise!.step.goal).toHaveLength(1);
    expect(exercise!.start).toContain('"title": "The bytes of the other disk"');
  });

  test('may come without a solution', () => {
    const { exercise } = read({ solution: undefined });
    expect(exercise!.step.solution).toEqual([]);
    expect(exerciseFaults(exercise!, core)).toEqual([]);
  });

  test.each([
    ['no start', { start: 'continue' }, 'start: Expected a scenario.'],
    [
      'a start that is no scenario',
      { start: { steps: [{ do: 'x' }] } },
      'start: This is not a scenario: Expected',
    ],
    ['an unknown key', { hint: [] }, 'hint: Unknown key "hint".'],
    ['another difficulty', { difficulty: 4 }, 'difficulty: '],
    ['no such check', { check: 'lenght-zero' }, 'Did you mean "length-zero"'],
    ['a goal for a step that is not there', { goal: [{ step: 7, expect: {} }] }, 'no step with the index 7'],
  ])('with %s is not read, and says why', (_, changes, words) => {
    const { exercise, problems } = read(changes);
    expect(exercise).toBeNull();
    expect(problems.join('\n')).toContain(words);
  });

  test('is told what is wrong with it', () => {
    const { exercise } = read({ solution: [], text: ['word '.repeat(151)] });
    expect(exerciseFaults(exercise!, core)).toEqual(['The text has 151 words; at most 150 fit.']);
    const wrong = read({ solution: [{ path: '/steps/2/replies/0/read/dev', value: 3 }] });
    expect(exerciseFaults(wrong.exercise!, core)).toEqual(['The solution does not meet the goal.']);
  });
});
