// SPDX-License-Identifier: MIT
import { openLink } from '#engine/link/open.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { clean } from '#engine/text/line.ts';
import { onlyArgument, readArgs } from '../args.ts';
import { problemText, readText } from '../files.ts';
import { HELP } from '../help.ts';
import type { Terminal } from '../terminal.ts';

const OPTIONS = { edit: { type: 'boolean' } } as const;

/** `unlink HASH-OR-URL`: prints the scenario, with --edit the edit of the core that goes along. Exit status 0, or 2 with the reason if the link is no use. */
export async function unlink(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs('unlink', args, OPTIONS);
  if (values.help) {
    terminal.out(HELP.unlink ?? '');
    return 0;
  }
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
  const { edit, text } = result.link;
  if (values.edit) {
    if (edit === undefined) return refuse(terminal, ['unlink: this link brings no edit of the core']);
    terminal.out(terminalText(edit.diff));
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
  terminal.out(text);
  if (edit !== undefined)
    terminal.err(
      `unlink: the link also brings an edit of the core of ${clean(edit.revision)}; unlink --edit prints it.\n`,
    );
  return 0;
}

/** A stranger's text as lines that a terminal takes for nothing else. */
function terminalText(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd').replace(/\n?$/, '\n');
}

function refuse(terminal: Terminal, reasons: readonly string[]): number {
  for (const reason of reasons) terminal.err(`${reason}\n`);
  return 2;
}
