// SPDX-License-Identifier: MIT
import { cleanJson } from '#engine/kernel/clean.ts';
import { printScenario } from '#engine/scenario/print.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { onlyArgument } from '../common/args.ts';
import { command } from '../common/command.ts';
import { importText, nameOf, readText } from '../common/files.ts';

const MANUAL = {
  name: 'import',
  argument: 'FILE',
  summary: 'make a scenario of a dump, a trace, C or a mail',
  about: [
    'Prints the scenario that a text becomes: a share link, a text card, a scenario, lines of the tracepoints, a ' +
      'hexdump or an strace of an answer or of its request, C that fills in the two structs, what gdb prints of ' +
      'them; also quoted in a mail. - is standard input. What it was taken for goes to standard error, and a sentence ' +
      'for all that the text does not say and that was assumed.',
  ],
  options: {},
  notes: [
    "Exit status: 0, or 2 if nothing is known of the text, or it can't be used; then the reason is printed.",
  ],
} as const;

export const importCommand = command(MANUAL, async ({ positionals }, terminal) => {
  const path = onlyArgument('import', 'FILE', positionals);
  const name = nameOf(path);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    terminal.err(`import: ${name}: ${(error as Error).message}\n`);
    return 2;
  }
  const imported = await importText(name, text, terminal);
  if ('reasons' in imported) return 2;
  terminal.out(cleanJson(printScenario(parseDocument(imported.text).value)));
  return 0;
});
