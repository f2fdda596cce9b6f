// SPDX-License-Identifier: MIT
import { CAPS, READING } from '../scenario/caps.ts';

/**
 * Whether notes can be drawn as Markdown. Its parser recurses for each quote or list within another, and tries each
 * mark of emphasis with each before it in the same paragraph: notes with more of either than anybody writes are shown as
 * plain text.
 */
export function isDrawable(notes: string): boolean {
  if (notes.length > CAPS.notesChars) return false;
  let marks = 0;
  for (const line of notes.split(/\r\n?|\n/)) {
    if (containers(line) > READING.noteDepth) return false;
    if (line.trim() === '') marks = 0;
    marks += marksIn(line);
    if (marks > READING.noteMarks) return false;
  }
  return true;
}

/** Quotes and items of lists that a line begins within each other. */
function containers(line: string): number {
  let [count, at] = [0, 0];
  for (; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '>' || char === '-' || char === '+' || char === '*' || char === '.' || char === ')') count++;
    else if (char !== ' ' && char !== '\t' && !(char >= '0' && char <= '9')) break;
  }
  // A line of marks alone is a rule, or the one under a heading.
  return at === line.length && /^[-*+]+$/.test(line.replace(/[ \t]/g, '')) && line.length <= RULE_CHARS
    ? 0
    : count;
}

const RULE_CHARS = 200;

function marksIn(line: string): number {
  let count = 0;
  for (let at = 0; at < line.length; at++) if ('*_~'.includes(line.charAt(at))) count++;
  return count;
}
