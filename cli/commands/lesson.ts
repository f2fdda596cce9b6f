// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { lessonFaults } from '#engine/lessons/check.ts';
import { readLesson } from '#engine/lessons/read.ts';
import { UsageError } from '../common/args.ts';
import { command } from '../common/command.ts';
import { loadCore } from '../common/core.ts';
import { nameOf, readText } from '../common/files.ts';

const MANUAL = {
  name: 'lesson',
  argument: 'FILE…',
  summary: 'check lessons: starts, solutions, hints',
  about: [
    'Reads each lesson and runs it: a start must miss its goal, a solution must meet it, and the answer that a hint ' +
      'names must lead to that hint. - is standard input.',
  ],
  options: {},
  notes: ['Exit status: 0 nothing is wrong, 1 something is, 2 a file cannot be read as a lesson.'],
} as const;

export const lesson = command(MANUAL, async ({ positionals }, terminal) => {
  if (positionals.length === 0) throw new UsageError('lesson: no FILE was named', 'See lesson --help.');
  const cores = new Map<Revision, WebAssembly.Module>();
  for (const revision of REVISIONS) cores.set(revision, await loadCore(revision, 'trace'));
  let status = 0;
  for (const path of positionals) {
    const name = nameOf(path);
    const tell = (words: string) => terminal.err(`${name}: ${clean(words)}\n`);
    let text: string;
    try {
      text = await readText(path);
    } catch (error) {
      tell((error as Error).message);
      status = 2;
      continue;
    }
    const { lesson: read, problems } = readLesson(text);
    problems.forEach(tell);
    if (read === null) status = 2;
    if (read === null) continue;
    const faults = lessonFaults(read, (revision) => cores.get(revision)!);
    faults.forEach(tell);
    if (faults.length > 0) status = Math.max(status, 1);
    else terminal.out(`${name}: ok, ${read.steps.length} steps\n`);
  }
  return status;
});
