// SPDX-License-Identifier: GPL-2.0-only
import { decodeLink } from '../../engine/link/codec.ts';
import { parseDocument } from '../../engine/scenario/parse.ts';
import { printScenario } from '../../engine/scenario/print.ts';
import { clean } from '../../engine/text/line.ts';
import { onlyArgument, readArgs } from '../args.ts';
import { problemText, readText } from '../files.ts';
import { HELP } from '../help.ts';
import type { Terminal } from '../terminal.ts';

/** `unlink HASH-OR-URL`: prints the scenario. Exit status 0, or 2 with the reason if the link is no use. */
export async function unlink(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs('unlink', args, {});
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
  const result = decodeLink(link);
  if (!result.ok) return refuse(terminal, [`unlink: ${clean(result.error.message)}`]);
  const text = printScenario(result.state.scenario);
  const { scenario, problems } = parseDocument(text);
  if (scenario === null) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    return refuse(
      terminal,
      errors.map((problem) => problemText('(the scenario in the link)', problem)),
    );
  }
  terminal.out(text);
  return 0;
}

function refuse(terminal: Terminal, reasons: readonly string[]): number {
  for (const reason of reasons) terminal.err(`${reason}\n`);
  return 2;
}
