#!/usr/bin/env node
// SPDX-License-Identifier: MIT
import { card } from './commands/card.ts';
import { link } from './commands/link.ts';
import { matrix } from './commands/matrix.ts';
import { run } from './commands/run.ts';
import { uncard } from './commands/uncard.ts';
import { unlink } from './commands/unlink.ts';
import { clean } from '#engine/text/line.ts';
import { UsageError } from './args.ts';
import { HELP } from './help.ts';
import { systemTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Put in by the build (vite.node.config.ts): the version and a digest of the sources. */
declare const __BUILD_ID__: string;

/** A command: takes its arguments, gives the exit status. */
type Command = (args: string[], terminal: Terminal) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = { run, matrix, link, unlink, card, uncard };

/** Exit status: 0 all well, 1 some expectation not met, 2 something cannot be used. */
async function main(args: string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = args;
  try {
    if (Object.hasOwn(COMMANDS, name)) return (await COMMANDS[name]?.(rest, terminal)) ?? 2;
    if (['--version', '-V', 'version'].includes(name)) {
      terminal.out(`iomap-playground ${__BUILD_ID__}\n`);
      return 0;
    }
    if (['--help', '-h', 'help'].includes(name)) {
      const [topic] = rest;
      if (topic !== undefined && !Object.hasOwn(COMMANDS, topic)) throw unknownCommand(topic);
      terminal.out((topic === undefined ? undefined : HELP[topic]) ?? HELP.all);
      return 0;
    }
    throw unknownCommand(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`iomap-playground: ${error.message}. ${error.hint}\n`);
    return 2;
  }
}

const unknownCommand = (name: string) =>
  new UsageError(
    name === '' ? 'a command is missing' : `there is no command '${clean(name)}'`,
    `Commands: ${Object.keys(COMMANDS).join(', ')}. See --help.`,
  );

process.exitCode = await main(process.argv.slice(2), systemTerminal());
