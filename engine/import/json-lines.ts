// SPDX-License-Identifier: MIT

/**
 * Where the JSON documents of a text end: for each line that one begins at, the index of the line after it. A document
 * begins with a brace at the beginning of a line, its braces close, and it has the key of a scenario within.
 *
 * A line with an opening brace may be the first of a document whatever precedes it. The text is not searched again for
 * each such line: whether a character is within a string depends on what came before, but there are only two
 * answers, so one walk with two states, each with the braces that are open, decides for every line.
 */
export function documentEnds(lines: readonly string[]): Map<number, number> {
  if (!lines.some((line) => BEGINS.test(line))) return new Map();
  const keys = keysFrom(lines);
  const closed = closingLines(lines);
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
 * What one of the two answers makes of a text: whether the walk is within a string, whether the next character is
 * escaped, and the braces that are open: the line that begins with one, or -1.
 */
class State {
  quoted: boolean;
  escaped = false;
  start = -1;
  readonly open: number[] = [];

  constructor(quoted: boolean) {
    this.quoted = quoted;
  }

  /** @returns the line that begins with the brace which this character closes, or -1 */
  take(code: number): number {
    if (this.escaped) this.escaped = false;
    else if (this.quoted) {
      if (code === BACKSLASH) this.escaped = true;
      else if (code === QUOTE) this.quoted = false;
    } else if (code === QUOTE) this.quoted = true;
    else if (code === OPEN) {
      this.open.push(this.start);
      this.start = -1;
    } else if (code === CLOSE) return this.open.pop() ?? -1;
    return -1;
  }
}

/**
 * For each line that begins with a brace the index of the line in which it closes, where it does. What follows from a
 * text that begins within a string counts where both say something.
 */
function closingLines(lines: readonly string[]): Map<number, number> {
  const states = [new State(false), new State(true)];
  const closed = states.map(() => new Map<number, number>());
  for (const [at, line] of lines.entries()) {
    const begins = BEGINS.test(line);
    for (const state of states) {
      state.escaped = false;
      state.start = !state.quoted && begins ? at : -1;
    }
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i);
      if (code !== QUOTE && code !== BACKSLASH && code !== OPEN && code !== CLOSE) {
        for (const state of states) state.escaped = false;
        continue;
      }
      for (const [n, state] of states.entries()) {
        const begun = state.take(code);
        if (begun >= 0) closed[n]!.set(begun, at);
      }
    }
  }
  return new Map([...closed[0]!, ...closed[1]!]);
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];
