// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { markOf, type Answer } from '#engine/exercises/grade.ts';
import { openLinked } from '#engine/exercises/link.ts';
import { EXERCISES, isLinked } from '#engine/exercises/names.ts';
import { readExercise, type ReadExercise } from '#engine/exercises/read.ts';
import { clean } from '#engine/kernel/clean.ts';
import { meantBy } from '#engine/scenario/advice.ts';
import { tapText } from '#engine/text/tap.ts';
import { UsageError } from '../common/args.ts';
import { allCores } from '../common/check-files.ts';
import { command } from '../common/command.ts';
import { importText, nameOf, readText, type Input } from '../common/files.ts';
import { inputs } from '../common/inputs.ts';
import { packageFile } from '../common/package-file.ts';
import type { Terminal } from '../common/terminal.ts';

const MANUAL = {
  name: 'grade',
  argument: 'EXERCISE ANSWER…',
  summary: 'judge the answers of a class to an exercise',
  about: [
    'Prints a TAP version 13 report with a test for each answer: whether it meets the goal of the exercise, and if not, ' +
      'the hint that fits, and what was edited beyond what may be edited.',
    'EXERCISE is the name of an exercise of the playground, its file, or the link that a teacher sent. An ANSWER is a ' +
      'scenario in JSON, a folder (every .json file in it), a text with links, cards and scenarios in it, or a link; ' +
      '- is standard input.',
  ],
  options: {},
  notes: [
    'Exit status: 0 all answers meet the goal, 1 some do not, 2 the exercise or an answer cannot be used (the other ' +
      'answers are still judged).',
  ],
} as const;

/** A share link as an argument, with its address or without. */
const isLink = (text: string) => /^\S*#[0-9]+\./.test(text);

export const grade = command(MANUAL, async ({ positionals: [name, ...answers] }, terminal) => {
  if (name === undefined) throw new UsageError('grade: no EXERCISE was named', 'See grade --help.');
  if (answers.length === 0) throw new UsageError('grade: no ANSWER was named', 'See grade --help.');
  const { exercise, problems } = await exerciseNamed(name);
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  for (const problem of problems) terminal.err(`${nameOf(shown)}: ${clean(problem)}\n`);
  if (exercise === null) return 2;
  const core = await allCores();
  terminal.out(`TAP version 13\n# ${tapText(exercise.title)}\n`);
  let [count, status] = [0, 0];
  for await (const answer of answersOf(answers, terminal)) {
    const { met, unusable, lines } = markOf(exercise, answer, ++count, core);
    terminal.out(`${lines.join('\n')}\n`);
    status = Math.max(status, unusable ? 2 : met ? 0 : 1);
  }
  terminal.out(`1..${count}\n`);
  return status;
});

async function exerciseNamed(name: string): Promise<ReadExercise> {
  if (name.includes('#/exercise/') || (isLinked(name) && !name.endsWith('.json'))) {
    const own = /#\/exercise\/([a-z][a-z0-9-]*)$/.exec(name)?.[1];
    return own === undefined ? openLinked(name) : exerciseNamed(own);
  }
  const folder = EXERCISES.includes(name) ? packageFile('exercises') : null;
  try {
    return readExercise(
      folder === null ? await readText(name) : await readFile(join(folder, `${name}.json`), 'utf8'),
    );
  } catch (error) {
    const meant = /[./]/.test(name) ? '' : meantBy(name, EXERCISES).replace(/^ /, '. ');
    return { exercise: null, problems: [`${(error as Error).message}${meant}`] };
  }
}

async function* answersOf(names: readonly string[], terminal: Terminal): AsyncGenerator<Answer> {
  // What can't be used is told in the report.
  const quiet: Terminal = { ...terminal, err: () => undefined };
  for (const name of names) {
    if (!isLink(name)) {
      for await (const one of inputs([name], quiet)) yield answerOf(one);
      continue;
    }
    const found = await importText('the link', name, quiet);
    yield 'reasons' in found ? found : { name: 'the link', text: found.text };
  }
}

const answerOf = (one: Input): Answer => ('reasons' in one ? one : { name: one.name, text: one.text });
