// SPDX-License-Identifier: MIT

/**
 * Where the quote marks at the beginning of a line end: any number of `>`, each with blanks or tabs before it. A walk,
 * not a pattern, since a pattern that repeats a group keeps a place to go back to for each of a million marks.
 */
export function quoteMarksEnd(line: string): number {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === MARK) end = at + 1;
    else if (code !== BLANK && code !== TAB) break;
  }
  return end;
}

/** How many quote marks stand before a place in a line. */
export function quoteDepth(line: string, end: number): number {
  let depth = 0;
  for (let at = 0; at < end; at++) if (line.charCodeAt(at) === MARK) depth++;
  return depth;
}

const MARK = 0x3e;
const BLANK = 0x20;
const TAB = 0x09;
