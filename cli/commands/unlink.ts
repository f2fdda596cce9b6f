// SPDX-License-Identifier: MIT
import { openLink } from '#engine/link/open.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { clean, cleanJson, cleanLines } from '#engine/kernel/clean.ts';
import { onlyArgument } from '../common/args.ts';
import { command } from '../common/command.ts';
import { problemText, readText } from '../common/files.ts';
import type { Terminal } from '../common/terminal.ts';

const MANUAL = {
  name: 'unlink',
  argument: 'HASH-OR-URL',
  summary: 'print the scenario of a share link',
  about: [
    'Prints the scenario that a share link carries. Put the link in quotes: a shell takes # for a comment. - reads it ' +
      'from standard input; line breaks, quote marks and percent-encoding that a mail program added do not matter.',
  ],
  options: {
    edit: {
      type: 'boolean',
      about:
        'prints the edit of the core that the link brings, as a unified diff: git apply and patch -p1 take it. The ' +
        'scenario is not printed',
    },
  },
  notes: ['Exit status: 0, or 2 if the link cannot be used; then the reason is printed.'],
} as const;

export const unlink = command(MANUAL, async ({ values, positionals }, terminal) => {
  const argument = onlyArgument('unlink', 'HASH-OR-URL', positionals);
  let link = argument;
  if (argument === '-') {
    try {
      link = await readText('-');
    } catch (error) {
      return refuse(terminal, [`unlink: (standard input): ${(error as Error).message}`]);
    }
  }
  const result = openLink(link);
  if (!result.ok) return refuse(terminal, [`unlink: ${clean(result.error.message)}`]);
  const { edit, text, recordTrouble } = result.link;
  if (values.edit) {
    if (edit === undefined) return refuse(terminal, ['unlink: this link brings no edit of the core']);
    terminal.out(cleanLines(edit.diff).replace(/\n?$/, '\n'));
    return 0;
  }
  const { scenario, problems } = parseDocument(text);
  if (scenario === null) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    return refuse(
      terminal,
      errors.map((problem) => problemText('(the scenario in the link)', problem)),
    );
  }
  terminal.out(cleanJson(text));
  if (recordTrouble !== null) terminal.err(`unlink: ${recordTrouble}\n`);
  if (edit !== undefined)
    terminal.err(
      `unlink: the link also brings an edit of the core of ${clean(edit.revision)}; unlink --edit prints it.\n`,
    );
  return 0;
});

function refuse(terminal: Terminal, reasons: readonly string[]): number {
  for (const reason of reasons) terminal.err(`${reason}\n`);
  return 2;
}
