// SPDX-License-Identifier: MIT
import type { RecordedFault } from '../scenario/server-record.ts';
import { ServerFault } from '../server/fuse-server.ts';
import { MESSAGE_CHARS } from './messages.ts';

/** Where the lines of a server's code stand in the text that is run. */
export interface CodePlace {
  /** The line before its first, in that text. */
  linesBefore: number;
  lines: number;
}

/** What code threw, in words that name the line of the code where that is known. Whatever was thrown, this throws nothing. */
export function faultOf(error: unknown, place: CodePlace): RecordedFault {
  if (isServerFault(error)) return { kind: error.kind, message: error.message };
  const words = tried(() => String(error), 'something that has no words').slice(0, MESSAGE_CHARS);
  const line = tried(() => (isErrorLike(error) ? lineOf(error.stack, place) : null), null);
  return {
    kind: 'threw',
    message: `it threw ${words}${line === null ? '' : ` (line ${line} of the server)`}`,
  };
}

/** What is thrown may answer every question about itself with code of its own. */
function tried<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

const isServerFault = (error: unknown): error is ServerFault =>
  tried(() => error instanceof ServerFault, false);

const isErrorLike = (error: unknown): error is { stack: string } =>
  typeof error === 'object' && error !== null && 'stack' in error && typeof error.stack === 'string';

/** The line of the code, from 1, in the innermost frame of a stack that lies in it. */
function lineOf(stack: string, place: CodePlace): number | null {
  for (const [, line] of stack.slice(0, 20_000).matchAll(/:(\d{1,7}):\d{1,7}\)?$/gm)) {
    const own = ownLine(Number(line), place);
    if (own !== null) return own;
  }
  return null;
}

/** A line of the text that is run, as the line of the code; null if it is not in it. */
export function ownLine(line: number, { linesBefore, lines }: CodePlace): number | null {
  const own = line - linesBefore;
  return own >= 1 && own <= lines ? own : null;
}
