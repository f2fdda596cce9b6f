// SPDX-License-Identifier: MIT
import { usualLines, withAnyEnds } from '../mail/quote-marks.ts';

/** `*** 40,42 ****`: above the old lines of each hunk of a context diff, as `diff -c` writes it. */
const CONTEXT_HUNK = /[ \t]?\*\*\* \d{1,9}(?:,\d{1,9})? \*\*\*\*[ \t]*$/y;
/** A line of C with a mark of a unified diff before it. */
const MARKED = /[ \t]?[+-] ?\t+\S/y;
/** So many of them are not a list with dashes. */
const MARKED_LINES = 2;

/** Whether a text, quoted or not, has a context diff in it. */
export function hasContextDiff(text: string): boolean {
  return countLines(text, CONTEXT_HUNK, 1) === 1;
}

/**
 * What a text that is not a unified diff has of a patch, and what to paste: for a context diff, and for lines with the
 * marks of a patch but without the "@@" line above them. Null if it has neither.
 */
export function otherPatch(text: string): string | null {
  if (hasContextDiff(text))
    return 'This is a context diff ("***" and "---" above each hunk, as diff -c writes it). Paste the same change as a unified diff: the output of git diff, git format-patch or diff -u.';
  if (countLines(text, MARKED, MARKED_LINES) === MARKED_LINES)
    return 'Lines with the "+" and "-" of a patch are here, but no "@@ -1,2 +1,3 @@" line above them: without it no line can be placed. Paste the hunk with its "@@" line.';
  return null;
}

/** How many lines begin so after their quote marks, up to `most`. */
function countLines(text: string, begins: RegExp, most: number): number {
  let count = 0;
  for (const { text: line, end } of withAnyEnds(usualLines(text))) {
    begins.lastIndex = end;
    if (begins.test(line) && ++count === most) break;
  }
  return count;
}
