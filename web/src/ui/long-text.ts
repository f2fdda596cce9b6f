// SPDX-License-Identifier: MIT

/** A field lays out every line of its text anew with each key: beyond this the page would stand still. */
const FIELD_CHARS = 50_000;
const FIELD_LINES = 3_000;

/** How much of a long text is shown. */
const SHOWN_LINES = 9;
const SHOWN_CHARS = 200;

/** Whether a text is too long for a field. */
export function isLong(text: string): boolean {
  if (text.length > FIELD_CHARS) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines > FIELD_LINES;
}

/** The lines around one of them, counted from 1; long lines are cut. */
export function linesAround(text: string, line: number): { first: number; lines: string[] } {
  const first = Math.max(1, line - Math.floor(SHOWN_LINES / 2));
  let from = 0;
  for (let at = 1; at < first; at++) from = text.indexOf('\n', from) + 1;
  const lines: string[] = [];
  while (lines.length < SHOWN_LINES) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    lines.push(end - from > SHOWN_CHARS ? `${text.slice(from, from + SHOWN_CHARS)}…` : text.slice(from, end));
    if (found < 0) break;
    from = end + 1;
  }
  return { first, lines };
}
