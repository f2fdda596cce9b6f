// SPDX-License-Identifier: MIT
import { writeSync } from 'node:fs';
import { clean, cleanLines } from '#engine/kernel/clean.ts';
import type { Line, Tone } from '#engine/text/line.ts';

/** Where a command writes, and what it may assume of the place. */
export interface Terminal {
  /** Text as it is, line ends included. */
  out(text: string): void;
  err(text: string): void;
  /** Lines in their colours, if there are any. */
  lines(lines: Iterable<Line>): void;
  /** Columns to fill, 80 at most: what is read in a terminal is also pasted into mails. */
  width: number;
}

/** SGR codes; none says anything that the words do not say. */
const COLOUR: Readonly<Record<Tone, string>> = {
  plain: '',
  title: '1',
  pass: '32',
  fail: '31',
  audit: '33',
  quiet: '2',
};

/** Colour is for people: not in a pipe, not on a dumb terminal, not where NO_COLOR asks for none. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** The process's own standard streams. */
export function systemTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const colour = wantsColour(stdout, env);
  const out = writer(stdout);
  const err = writer(stderr);
  return {
    out,
    // Names of files and words of scenarios are cleaned where they are written; what was forgotten does no harm.
    err: (text) => err(cleanLines(text)),
    lines(lines) {
      for (const line of lines) {
        const { tone } = line;
        const text = cleanLines(line.text);
        out(colour && COLOUR[tone] !== '' ? `\x1b[${COLOUR[tone]}m${text}\x1b[0m\n` : `${text}\n`);
      }
    },
    width: Math.max(40, Math.min(80, stdout.columns || 80)),
  };
}

/**
 * Writes to a stream until its reader is gone (`… | head`). The command goes on without an audience, so that
 * its exit status is still the right one. A stream that can't be written to ends the command with status 2.
 */
function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code === 'EPIPE') return;
    // Partial output counts as none: its exit status must not be taken for that of a run.
    const why = error.code === 'ENOSPC' ? 'there is no space left' : clean(error.message);
    writeSync(2, `iomap-playground: the output can't be written: ${why}\n`);
    process.exit(2);
  });
  return (text) => {
    if (!gone) stream.write(text);
  };
}
