// SPDX-License-Identifier: MIT
import { CAPS, READING } from '../scenario/caps.ts';

/**
 * Whether notes can be drawn as Markdown. Its parser recurses for each quote or list within another, goes on to the end
 * of the paragraph from each mark where a line of text may stop and from each underline, and reads a list again for each
 * of its items: notes with more of one than anybody writes are shown as plain text.
 */
export function isDrawable(notes: string): boolean {
  if (notes.length > CAPS.notesChars) return false;
  /** The columns of the lists that are open. */
  const open: number[] = [];
  let [marks, items] = [0, 0];
  for (const line of notes.split(/\r\n?|\n/)) {
    const { quotes, lists } = containers(line);
    if (lists.length > 0) while (open.length > 0 && open.at(-1)! >= lists[0]!) open.pop();
    // A line without a list of its own may go on with those before it, so they stay open.
    for (const column of lists) open.push(column);
    if (open.length + quotes > READING.noteDepth) return false;
    if (lists.length > 0) items++;
    if (line.trim() === '') marks = 0;
    marks += isUnderline(line) ? UNDERLINE_MARKS : marksIn(line);
    if (Math.max(marks, items) > READING.noteMarks) return false;
  }
  return true;
}

/** Each underline of a heading or of a table's head makes the parser look at all lines of the paragraph again. */
const UNDERLINE_MARKS = 10;
const isUnderline = (line: string): boolean => /^[ \t>]*[-=|:][-=|: \t]*$/.test(line);

/** Quotes that a line begins with, and the columns at which it begins items of lists. */
function containers(line: string): { quotes: number; lists: number[] } {
  const lists: number[] = [];
  let [quotes, column, at] = [0, 0, 0];
  for (; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '>') quotes++;
    else if (char === '-' || char === '+' || char === '*' || char === '.' || char === ')') lists.push(column);
    else if (char !== ' ' && char !== '\t' && !(char >= '0' && char <= '9')) break;
    column += char === '\t' ? TAB - (column % TAB) : 1;
  }
  // A line of marks alone is a rule, or the one under a heading.
  const isRule =
    at === line.length && line.length <= RULE_CHARS && /^[-*+]+$/.test(line.replace(/[ \t]/g, ''));
  return isRule ? { quotes: 0, lists: [] } : { quotes, lists };
}

const TAB = 4;
const RULE_CHARS = 200;

/** Where the parser's reading of plain text stops to try something else. */
const MARK = /[*_~!<@]|http|www\./gi;
const marksIn = (line: string): number => line.match(MARK)?.length ?? 0;
