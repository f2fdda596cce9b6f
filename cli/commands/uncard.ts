// SPDX-License-Identifier: MIT
import { decodedText } from '#engine/import/patch-body.ts';
import { readCard } from '#engine/text/card.ts';
import { clean } from '#engine/text/line.ts';
import { onlyArgument, readArgs } from '../args.ts';
import { nameOf, readText } from '../files.ts';
import { HELP } from '../help.ts';
import type { Terminal } from '../terminal.ts';

/** `uncard FILE`: prints the scenario of the card in a mail. Exit status 0, or 2 with the reason. */
export async function uncard(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs('uncard', args, {});
  if (values.help) {
    terminal.out(HELP['uncard'] ?? '');
    return 0;
  }
  const path = onlyArgument('uncard', 'FILE', positionals);
  const name = nameOf(path);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    terminal.err(`uncard: ${name}: ${(error as Error).message}\n`);
    return 2;
  }
  const result = readCard(await decodedText(text));
  if (!result.ok) {
    terminal.err(`${name}:${result.line}: error: ${clean(result.message)}\n`);
    return 2;
  }
  for (const notice of result.notices) terminal.err(`${name}: note: ${clean(notice)}\n`);
  terminal.out(result.text);
  return 0;
}
