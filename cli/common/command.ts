// SPDX-License-Identifier: MIT
import { parseArgs } from 'node:util';
import { UsageError } from './args.ts';
import { commandHelp } from './help.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command, as parseArgs() reads it and as help tells of it. */
export interface Option {
  type: 'boolean' | 'string';
  short?: string;
  /** What stands for the value of a string in help: `NAME`. */
  value?: string;
  /** What it does, and what holds without it. Help breaks the lines. */
  about: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What the command line and its help know of a command. */
export interface Manual {
  name: string;
  /** What it takes beside its options: `FILE…`. */
  argument: string;
  /** A line in the list of commands. */
  summary: string;
  /** What it does, in paragraphs. Help breaks the lines. */
  about: readonly string[];
  options: Options;
  /** What stands below the options: the last says what the exit status means. */
  notes: readonly string[];
}

export interface Command extends Manual {
  /** Reads the arguments and does the work. Returns the exit status; throws a UsageError for a call it does not know. */
  run(args: string[], terminal: Terminal): Promise<number>;
}

type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/** A command by its manual and its work. --help of it is done here. */
export function command<T extends Options>(
  manual: Manual & { options: T },
  work: (parsed: Parsed<T>, terminal: Terminal) => Promise<number>,
): Command {
  return {
    ...manual,
    async run(args, terminal) {
      const { help, parsed } = readArgs(manual.name, args, manual.options);
      if (!help) return work(parsed, terminal);
      terminal.out(commandHelp(manual));
      return 0;
    },
  };
}

const HELP_OPTION = { help: { type: 'boolean', short: 'h' } } as const;

function readArgs<T extends Options>(name: string, args: string[], options: T) {
  try {
    const joined = withDashes(args, options);
    const parsed = parseArgs({
      args: joined,
      options: { ...options, ...HELP_OPTION },
      allowPositionals: true,
    });
    // parseArgs() can't tell the type of a record that is spread into another.
    return {
      help: (parsed.values as { help?: boolean }).help ?? false,
      parsed: parsed as unknown as Parsed<T>,
    };
  } catch (error) {
    // The first sentence says what is wrong; what follows is advice on `--`.
    const words = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new UsageError(`${name}: ${words.replace(/\.$/, '')}`, `See ${name} --help.`);
  }
}

/** A number below 0, or an errno. */
export const DASHED = /^-(?:\d|E[A-Z0-9]+$)/;

/** `--error -ENOSPC` as `--error=-ENOSPC`: what looks like an option is a value where nothing else can be meant. */
function withDashes(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') return [...joined, ...args.slice(i)];
    const next = args[i + 1] ?? '';
    const takes = arg.startsWith('--') && options[arg.slice(2)]?.type === 'string' && DASHED.test(next);
    joined.push(takes ? `${arg}=${next}` : arg);
    if (takes) i++;
  }
  return joined;
}
