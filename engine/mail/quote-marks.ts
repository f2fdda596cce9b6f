// SPDX-License-Identifier: MIT
import { markedLines, marksEnd, type MarkedLine } from './marks.ts';

/** Marks within marks: an answer to an answer to an answer. */
const ROUNDS = 4;
/** How many lines have to begin alike before it counts as a program's habit. */
const LEAST_LINES = 2;
/** The longest name in a mark. */
const NAME_CHARS = 20;

/** A text as lines with usual quote marks. */
export interface UsualLines {
  /** Split at line feeds alone. */
  lines: readonly MarkedLine[];
  /** Whether there is nothing but ASCII. */
  ascii: boolean;
  /** Where carriage returns stand: nowhere, before line feeds alone, or elsewhere too. */
  returns: 'none' | 'paired' | 'lone';
  /** Whether there were marks other than `>`. */
  odd: boolean;
  /** Whether colons were taken for marks, beside others. */
  colons: boolean;
}

/**
 * A text whose quoted lines begin with `> ` whatever mark their program made of it. A mark counts only where at
 * least half of the lines from its first to its last have the same: a prompt or a column of a table does not count. Line
 * numbers stay as they are.
 */
export function usualQuotes(text: string): string {
  const { lines, odd } = usual(text);
  return odd ? joined(lines) : text;
}

/**
 * The same as lines; each character of the text is looked at once, and those that lines begin with once more.
 *
 * @param not a mark that does not count: a text that was wrapped may have colons where its lines begin
 */
export const usualLines = (text: string, not?: ':'): UsualLines => usual(text, not);

/** The same lines, split at line ends of any kind. */
export function withAnyEnds({ lines, returns }: UsualLines): readonly MarkedLine[] {
  if (returns === 'none') return lines;
  if (returns === 'lone') return markedLines(joined(lines));
  return lines.map(({ text, end, depth }) => ({
    text: text.endsWith('\r') ? text.slice(0, -1) : text,
    end,
    depth,
  }));
}

/** Lines as one text. */
export const joined = (lines: readonly { text: string }[]): string =>
  lines.map(({ text }) => text).join('\n');

function usual(text: string, not?: ':'): UsualLines & { lines: readonly Line[] } {
  const { lines, ...about } = split(text);
  let [odd, colons, others] = [false, false, false];
  for (let round = 0; round < ROUNDS; round++) {
    const marks = marksOf(lines);
    if (not !== undefined) marks.delete(not);
    if (marks.size === 0) break;
    odd = true;
    colons ||= marks.has(':');
    others ||= marks.size > (marks.has(':') ? 1 : 0);
    for (const line of lines) if (line.odd !== null && marks.has(line.odd)) line.turn();
  }
  return { lines, ...about, odd, colons: colons && others };
}

/** A line that may begin with what some programs put in place of `> `. */
class Line implements MarkedLine {
  text: string;
  end = 0;
  depth = 0;
  /** What stands there in place of a mark: a name (`Jane>`, `JS>`), a bar or a colon; it may follow usual marks and a blank. */
  odd: string | null = null;
  #stop = 0;
  /** Marks that are indented by more than a blank belong to something else. */
  #wide = false;
  #closed: boolean | null = null;

  constructor(text: string) {
    this.text = text;
    this.#walk();
  }

  /** Makes a usual mark of the odd one. */
  turn(): void {
    const { text } = this;
    this.text = `${text.slice(0, this.#stop)}>${text.slice(this.#stop + this.odd!.length)}`;
    this.end = this.#stop + 1;
    this.depth++;
    this.#walk();
  }

  /** Where the odd mark ends. */
  get oddEnd(): number {
    return this.#stop + (this.odd?.length ?? 0);
  }

  get filled(): boolean {
    return this.depth > 0 || this.text.trim() !== '';
  }

  /** Whether a bar stands at its end as well: the rows of a table, and what strace prints. */
  get closed(): boolean {
    if (this.#closed === null) {
      const row = this.text.trimEnd();
      this.#closed = row.length > 1 && row.endsWith('|');
    }
    return this.#closed;
  }

  #walk(): void {
    const { end, depth, stop, wide } = marksEnd(this.text, this.end);
    this.end = end;
    this.depth += depth;
    this.#stop = stop;
    this.#wide ||= wide;
    this.odd = this.#wide || stop - end > 1 ? null : oddMark(this.text, stop);
  }
}

/** The odd mark at a place of a line, which a blank or the end of the line follows. */
function oddMark(line: string, at: number): string | null {
  if (at >= line.length) return null;
  let code = line.charCodeAt(at);
  let end = at + 1;
  if (isLetter(code)) {
    for (; end < line.length; end++) {
      code = line.charCodeAt(end);
      if (!isLetter(code) && !isNameChar(code)) break;
      if (end - at >= NAME_CHARS) return null;
    }
    if (end++ >= line.length || code !== MARK) return null;
  } else if (code !== BAR && code !== COLON) return null;
  if (end < line.length && !isBlank(line.charCodeAt(end))) return null;
  return line.slice(at, end);
}

function marksOf(lines: readonly Line[]): Set<string> {
  const seen = new Map<
    string,
    { first: number; last: number; count: number; closed: number; full: number }
  >();
  lines.forEach((line, i) => {
    if (line.odd === null) return;
    const one = seen.get(line.odd) ?? { first: i, last: i, count: 0, closed: 0, full: 0 };
    one.last = i;
    one.count++;
    if (line.text.length > line.oddEnd) one.full++;
    if (line.odd === '|' && line.closed) one.closed++;
    seen.set(line.odd, one);
  });
  // A mark with nothing after it on any line quotes nothing: a wrapped text may leave a colon alone.
  const often = [...seen].filter(([, { full }]) => full >= LEAST_LINES);
  if (often.length === 0) return new Set();
  const filledBefore = [0];
  for (const line of lines) filledBefore.push(filledBefore.at(-1)! + (line.filled ? 1 : 0));
  const habits = often.filter(
    ([, { first, last, count, closed }]) =>
      2 * closed < count && 2 * count >= filledBefore[last + 1]! - filledBefore[first]!,
  );
  return new Set(habits.map(([mark]) => mark));
}

/** One walk for the line ends and for what else is not usual. */
function split(text: string): Omit<UsualLines, 'lines' | 'odd' | 'colons'> & { lines: Line[] } {
  const lines: Line[] = [];
  let start = 0;
  let ascii = true;
  let before = 0;
  let [paired, lone] = [false, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) {
      lines.push(new Line(text.slice(start, at)));
      start = at + 1;
      paired ||= before === RETURN;
    } else lone ||= before === RETURN;
    if (code > 0x7f) ascii = false;
    before = code;
  }
  lone ||= before === RETURN;
  lines.push(new Line(text.slice(start)));
  return { lines, ascii, returns: lone ? 'lone' : paired ? 'paired' : 'none' };
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const isNameChar = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x5f;
const MARK = 0x3e;
const BAR = 0x7c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
