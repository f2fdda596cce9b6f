// SPDX-License-Identifier: MIT
import { decodeTrouble, decodedText } from '#engine/import/patch-body.ts';
import { readCard } from '#engine/text/card.ts';
import { clean, cleanJson } from '#engine/kernel/clean.ts';
import { onlyArgument } from '../common/args.ts';
import { command } from '../common/command.ts';
import { nameOf, readText } from '../common/files.ts';

const MANUAL = {
  name: 'uncard',
  argument: 'FILE',
  summary: 'print the scenario of a card in a mail',
  about: [
    'Prints the scenario of the first text card in a mail. Quote marks, wrapped lines and whatever stands around the ' +
      'card do not matter. - is standard input.',
  ],
  options: {},
  notes: [
    'Exit status: 0, or 2 if there is no card that can be used; then the reason and the line are printed.',
  ],
} as const;

export const uncard = command(MANUAL, async ({ positionals }, terminal) => {
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
    terminal.err(`${name}:${result.line}: error: ${clean(decodeTrouble(text) ?? result.message)}\n`);
    return 2;
  }
  for (const notice of result.notices) terminal.err(`${name}: note: ${clean(notice)}\n`);
  terminal.out(cleanJson(result.text));
  return 0;
});
