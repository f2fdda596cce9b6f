// SPDX-License-Identifier: MIT

/**
 * Where the JSON documents of a text end: for each line that one begins at, the index of the line after it. A document
 * begins with a brace at the beginning of a line, its braces close, and it has the key of a scenario within.
 *
 * A line with an opening brace may be the first of a document whatever precedes it. The text is not searched again for
 * each such line: whether a character is within a string depends on what came before, but there are only two
 * answers, so two walks over the text, each with the braces that are open, decide for every line.
 */
export function documentEnds(lines: readonly string[]): Map<number, number> {
  const keys = keysFrom(lines);
  const closed = new Map([...closingLines(lines, false), ...closingLines(lines, true)]);
  const ends = new Map<number, number>();
  for (const [start, last] of closed) if (keys[start]! <= last) ends.set(start, last + 1);
  // The first of a text may have lost its end: it is reported as a document if it looks like one.
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first >= 0 && BEGINS.test(lines[first]!) && !closed.has(first) && keys[first]! < lines.length)
    ends.set(first, lines.length);
  return ends;
}

const BEGINS = /^\s*\{/;
const KEY = /"(?:steps|format)"/;

/** For each line the index of the first one from there on that has a scenario's key in it; the count of lines for none. */
function keysFrom(lines: readonly string[]): number[] {
  const keys: number[] = [];
  let next = lines.length;
  for (let at = lines.length - 1; at >= 0; at--) keys[at] = next = KEY.test(lines[at]!) ? at : next;
  return keys;
}

/**
 * For each line that begins with a brace the index of the line in which it closes, where it does.
 *
 * @param quoted whether the text begins within a string. Lines that begin within one are left out.
 */
function* closingLines(lines: readonly string[], quoted: boolean): Generator<[number, number]> {
  /** The braces that are open: the line that begins with one, or -1. */
  const open: number[] = [];
  for (const [at, line] of lines.entries()) {
    let start = !quoted && BEGINS.test(line) ? at : -1;
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i);
      if (quoted) {
        if (code === BACKSLASH) i++;
        else if (code === QUOTE) quoted = false;
      } else if (code === QUOTE) quoted = true;
      else if (code === OPEN) {
        open.push(start);
        start = -1;
      } else if (code === CLOSE) {
        const begun = open.pop() ?? -1;
        if (begun >= 0) yield [begun, at];
      }
    }
  }
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];
