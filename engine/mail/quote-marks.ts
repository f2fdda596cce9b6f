// SPDX-License-Identifier: MIT
import { quoteMarksEnd } from './marks.ts';

/**
 * What some mail programs put before a quoted line in place of `> `: a name (`Jane> `, `JS> `), a bar or a colon. It
 * may follow usual marks and a blank.
 */
const ODD = /[ \t]?([A-Za-z][A-Za-z0-9._]{0,19}>|[|:])(?=[ \t]|$)/y;
/** Marks within marks: an answer to an answer to an answer. */
const ROUNDS = 4;
/** How many lines have to begin alike before it counts as a program's habit. */
const LEAST_LINES = 2;

/**
 * A text whose quoted lines begin with `> ` whatever mark their program made of it. A mark counts only where at
 * least half of the lines from its first to its last have the same: a prompt or a column of a table does not count. Line
 * numbers stay as they are.
 */
export function usualQuotes(text: string): string {
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const lines = now.split('\n');
    const marks = marksOf(lines);
    if (marks.size === 0) return now;
    now = lines
      .map((line) => {
        const match = oddMark(line);
        return match !== null && marks.has(match.mark)
          ? match.before + '>' + line.slice(match.before.length + match.mark.length)
          : line;
      })
      .join('\n');
  }
  return now;
}

function oddMark(line: string): { before: string; mark: string } | null {
  const start = quoteMarksEnd(line);
  ODD.lastIndex = start;
  const match = ODD.exec(line);
  // Marks that are indented by more than a blank belong to something else.
  if (match === null || /[ \t]{2}/.test(line.slice(0, start))) return null;
  const mark = match[1]!;
  return { before: line.slice(0, start + match[0].length - mark.length), mark };
}

function closes(line: string): boolean {
  const row = line.trimEnd();
  return row.length > 1 && row.endsWith('|');
}

function marksOf(lines: readonly string[]): Set<string> {
  const seen = new Map<string, { first: number; last: number; count: number; closed: number }>();
  const filledBefore = [0];
  lines.forEach((line, i) => {
    filledBefore.push(filledBefore[i]! + (line.trim() === '' ? 0 : 1));
    const match = oddMark(line);
    if (match === null) return;
    const one = seen.get(match.mark) ?? { first: i, last: i, count: 0, closed: 0 };
    const closed = one.closed + (closes(line) ? 1 : 0);
    seen.set(match.mark, { ...one, last: i, count: one.count + 1, closed });
  });
  const habits = [...seen].filter(
    ([mark, { first, last, count, closed }]) =>
      count >= LEAST_LINES &&
      // The rows of a table, and what strace prints, also end with a bar.
      !(mark === '|' && 2 * closed >= count) &&
      2 * count >= filledBefore[last + 1]! - filledBefore[first]!,
  );
  return new Set(habits.map(([mark]) => mark));
}
