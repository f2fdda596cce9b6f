// SPDX-License-Identifier: MIT
import { lessonFaults, unreplayed } from '#engine/lessons/check.ts';
import { readLesson } from '#engine/lessons/read.ts';
import { command } from '../common/command.ts';
import { checkFiles } from '../common/check-files.ts';

const MANUAL = {
  name: 'lesson',
  argument: 'FILE…',
  summary: 'check lessons: starts, solutions, hints',
  about: [
    'Reads each lesson and runs it: a start must miss its goal, a solution must meet it, and the answer that a hint ' +
      'names must lead to that hint. A folder stands for every .json file in it; - is standard input.',
  ],
  options: {},
  notes: ['Exit status: 0 nothing is wrong, 1 something is, 2 a file cannot be read as a lesson.'],
} as const;

export const lesson = command(MANUAL, ({ positionals }, terminal) =>
  checkFiles('lesson', positionals, terminal, (text, core) => {
    const { lesson: read, problems } = readLesson(text);
    if (read === null) return { problems };
    const left = unreplayed(read);
    const note =
      left.length === 0 ? '' : `; not replayed, since it takes an edited core: step ${left.join(', ')}`;
    return { faults: lessonFaults(read, core), what: `${read.steps.length} steps${note}` };
  }),
);
