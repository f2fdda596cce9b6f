#!/usr/bin/env node
// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { UsageError } from './common/args.ts';
import { COMMANDS } from './commands/all.ts';
import { commandHelp, overview } from './common/help.ts';
import { systemTerminal } from './common/terminal.ts';
import type { Terminal } from './common/terminal.ts';

/** Put in by the build (vite.node.config.ts): the version and a digest of the sources. */
declare const __BUILD_ID__: string;

/** Exit status: 0 all well, 1 a step failed, 2 something cannot be used. */
async function main(args: string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = args;
  try {
    const called = named(name);
    if (called) return await called.run(rest, terminal);
    if (['--version', '-V', 'version'].includes(name)) {
      terminal.out(`iomap-playground ${__BUILD_ID__}\n`);
      return 0;
    }
    if (['--help', '-h', 'help'].includes(name)) {
      const [topic] = rest;
      const about = topic === undefined ? null : named(topic);
      if (about === undefined) throw unknownCommand(topic ?? '');
      terminal.out(about === null ? overview(COMMANDS) : commandHelp(about));
      return 0;
    }
    throw unknownCommand(name);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UsageError) terminal.err(`iomap-playground: ${clean(message)}. ${error.hint}\n`);
    else
      terminal.err(
        `iomap-playground: ${clean(name)} failed, which it should not: ${clean(message)}. Please report it.\n`,
      );
    return 2;
  }
}

const named = (name: string) => COMMANDS.find((command) => command.name === name);

const unknownCommand = (name: string) =>
  new UsageError(
    name === '' ? 'a command is missing' : `there is no command '${name}'`,
    `Commands: ${COMMANDS.map((command) => command.name).join(', ')}. See --help.`,
  );

process.exitCode = await main(process.argv.slice(2), systemTerminal());
