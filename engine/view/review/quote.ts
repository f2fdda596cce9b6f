// SPDX-License-Identifier: MIT
import type { Trust } from '../../run/types.ts';
import type { ReviewName } from './names.ts';
import type { ReviewCell, ReviewRow } from './table.ts';

/** Columns of a line in a mail. */
export const QUOTE_COLUMNS = 72;

/** How far an answer can be trusted, short and in ASCII. */
export const TRUST_SHORT: Readonly<Record<Trust, string>> = {
  running: 'running kernel',
  golden: 'compiled kernel C',
  reading: 'source reading',
  edited: 'edited core',
};

/** The wider of the names that there are, and two blanks. */
const REVISION_COLUMNS = 15;

/**
 * A cell as a line for a mail: revision, question, answer, trust. At most 72 columns of ASCII; where they do not fit,
 * the answer has a line of its own.
 */
export function quoteLines({ part }: ReviewRow, { revision, text, trust }: ReviewCell): string[] {
  const head = revision.padEnd(REVISION_COLUMNS);
  const end = `[${TRUST_SHORT[trust]}]`;
  const words = `${head}${part.asks}: ${text}`;
  if (words.length + 2 + end.length <= QUOTE_COLUMNS) return [rightAligned(words, end)];
  return [`${head}${part.asks}:`, rightAligned(`${' '.repeat(REVISION_COLUMNS)}${text}`, end)];
}

const rightAligned = (words: string, end: string) =>
  words + ' '.repeat(Math.max(2, QUOTE_COLUMNS - words.length - end.length)) + end;

/**
 * What to paste in a mail about a cell: the answer before it, where that was another, the cell's own, and the link.
 *
 * @param base the address of the page without `#`; '' leaves the place alone
 */
export function quoteOf(name: ReviewName, row: ReviewRow, column: number, base: string): string {
  const cell = row.cells[column]!;
  const before = row.cells.slice(0, column).findLast(({ text }) => text !== cell.text);
  const lines = [...(before ? quoteLines(row, before) : []), ...quoteLines(row, cell)];
  return [...lines, `${base}#/review/${name}`, ''].join('\n');
}
