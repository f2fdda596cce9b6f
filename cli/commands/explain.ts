// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import { CHECKS, type CheckId } from '#engine/kernel/checks.ts';
import { meantBy } from '#engine/scenario/advice.ts';
import { findWord, suggestWords } from '#engine/words/find.ts';
import { WORDS, type Word } from '#engine/words/glossary.ts';
import { checksOf } from '#engine/words/uses.ts';
import { UsageError } from '../common/args.ts';
import { DASHED, command, type Command } from '../common/command.ts';
import { wrap } from '../common/help.ts';
import { examplesWith, lessonsWith } from '../common/told-in.ts';

const MANUAL = {
  name: 'explain',
  argument: 'WORD',
  summary: 'say what a word means',
  about: [
    'Prints the entry of the glossary for a field, a type, a flag, an op flag, a struct, a step, an errno or a word of ' +
      'the field. Names of the kernel are found, and other words for the same thing: explain cow. An errno ' +
      'may have its minus sign: explain -117.',
    'The name of a check, as run prints it, is told with what it refuses, why, and how to mend the server: explain ' +
      'length-zero.',
  ],
  options: {},
  notes: ['Exit status: 0, or 2 if there is no such word; then the nearest ones are printed.'],
} as const;

/** An entry as plain text. */
async function entryText(word: Word): Promise<string> {
  const [checks, lessons, examples] = [checksOf(word), await lessonsWith(word), await examplesWith(word)];
  return told(
    `${word.title} (${word.kind})`,
    [word.sentence, word.more],
    [
      ['On the wire', word.wire],
      ['In the kernel', word.kernel],
      ['Also', word.also.join(', ')],
      ['Checks', checks.join(', ')],
      ['Lessons', lessons.join('; ')],
      ['Examples', examples.join(', ')],
      ['See also', word.see.map((id) => WORDS[id].title).join(', ')],
    ],
  );
}

/** A check as its page has it. */
function checkText(id: CheckId): string {
  const { title, refuses, why, fix, fn, file, since, revisions } = CATALOGUE[id];
  return told(
    `${id} (check)`,
    [title, refuses, why],
    [
      ['To mend the server', fix],
      ['In the kernel', `${fn}() in ${file}`],
      ['From', [since.subject, since.note].filter((text) => text !== undefined).join('. ')],
      ['Mail', since.url ?? ''],
      ['Revisions', revisions?.join(', ') ?? ''],
    ],
  );
}

function told(head: string, paragraphs: readonly string[], lines: readonly [label: string, text: string][]) {
  return [
    head,
    ...paragraphs.map((text) => wrap(text)),
    lines
      .filter(([, text]) => text !== '')
      .map(([label, text]) => wrap(`${label}: ${text}`, 2))
      .join('\n'),
  ].join('\n\n');
}

const byName = command(MANUAL, async ({ positionals }, terminal) => {
  const text = positionals.join(' ');
  if (text === '') throw new UsageError('explain: WORD is missing', 'See explain --help.');
  const word = findWord(text);
  if (word !== undefined) {
    terminal.out(`${await entryText(word)}\n`);
    return 0;
  }
  const wanted = text.toLowerCase().replace(/[_ ]/g, '-');
  const check = CHECKS.find((id) => id === wanted);
  if (check !== undefined) {
    terminal.out(`${checkText(check)}\n`);
    return 0;
  }
  terminal.err(`explain: there is no word '${clean(text)}'\n`);
  const near = suggestWords(text);
  if (near.length > 0) terminal.err(`Did you mean ${near.map(({ title }) => title).join(', ')}?\n`);
  const checks = meantBy(wanted, CHECKS).trim();
  if (checks !== '') terminal.err(`Of the checks: ${checks}\n`);
  return 2;
});

/** An errno is the same word with its minus sign, which would else begin an option. */
export const explain: Command = {
  ...byName,
  run: (args, terminal) =>
    byName.run(
      args.map((arg) => (DASHED.test(arg) ? arg.slice(1) : arg)),
      terminal,
    ),
};
