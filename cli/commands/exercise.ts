// SPDX-License-Identifier: MIT
import { exerciseFaults } from '#engine/exercises/check.ts';
import { readExercise } from '#engine/exercises/read.ts';
import { command } from '../common/command.ts';
import { checkFiles } from '../common/check-files.ts';

const MANUAL = {
  name: 'exercise',
  argument: 'FILE…',
  summary: 'check exercises: start, solution, hints',
  about: [
    'Reads each exercise and runs it: its start must miss the goal, its solution must meet it, and the answer that a ' +
      'hint names must lead to that hint. A folder stands for every .json file in it; - is standard input.',
  ],
  options: {},
  notes: ['Exit status: 0 nothing is wrong, 1 something is, 2 a file cannot be read as an exercise.'],
} as const;

export const exercise = command(MANUAL, ({ positionals }, terminal) =>
  checkFiles('exercise', positionals, terminal, (text, core) => {
    const { exercise: read, problems } = readExercise(text);
    if (read === null) return { problems };
    const { difficulty, step } = read;
    const solved = step.solution.length > 0 ? '' : ', without a solution';
    return { faults: exerciseFaults(read, core), what: `difficulty ${difficulty}${solved}` };
  }),
);
