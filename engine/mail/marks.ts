// SPDX-License-Identifier: MIT

/** A line of a mail with its quote marks: any number of `>`, each with blanks or tabs before it. */
export interface MarkedLine {
  text: string;
  /** Where the marks end; 0 without any. */
  end: number;
  /** How many marks there are. */
  depth: number;
}

/** What a walk over quote marks finds. */
export interface MarksEnd {
  end: number;
  depth: number;
  /** Where the walk ended: at the first character that is neither a mark nor a blank, or at the end of the line. */
  stop: number;
  /** Whether two blanks stand side by side before a mark. */
  wide: boolean;
}

/**
 * Walks over the quote marks of a line. A walk, not a pattern, since a pattern that repeats a group keeps a place to go
 * back to for each of a million marks.
 *
 * @param from where the walk begins: what is before is a mark, or nothing
 */
export function marksEnd(line: string, from = 0): MarksEnd {
  let [end, depth, gap, wide] = [from, 0, 0, false];
  let at = from;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === MARK) {
      wide ||= gap > 1;
      end = at + 1;
      depth++;
      gap = 0;
    } else if (code === BLANK || code === TAB) gap++;
    else break;
  }
  return { end, depth, stop: at, wide };
}

/** The lines of a text, with line ends of any kind. */
export const markedLines = (text: string): MarkedLine[] =>
  (text.indexOf('\r') >= 0 ? text.replace(/\r\n?/g, '\n') : text).split('\n').map((line) => {
    const { end, depth } = marksEnd(line);
    return { text: line, end, depth };
  });

const MARK = 0x3e;
const BLANK = 0x20;
const TAB = 0x09;
