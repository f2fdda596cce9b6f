// SPDX-License-Identifier: MIT
import { row, type Line, type TextOptions } from '../../text/line.ts';
import { REVIEW_CASES } from './cases.ts';
import { QUOTE_COLUMNS, TRUST_SHORT } from './quote.ts';
import { runsOf, type ReviewRow, type ReviewedCase } from './table.ts';

const OPTIONS: TextOptions = { width: QUOTE_COLUMNS, ascii: true, verbose: false };

/** One sign for each level of trust, which the last line spells out. */
const TRUST_SIGNS = { running: 'K', golden: 'C', reading: 'r', edited: 'e' } as const;

/** How many cases came out as expected: `16 of 16 cases as expected`. */
export const reviewSummary = (cases: readonly ReviewedCase[]): string =>
  `${cases.filter(({ asExpected }) => asExpected).length} of ${cases.length} cases as expected`;

/** The review table for a mail: ASCII, at most 72 columns. Columns with the same answer share a row. */
export function* reviewText(cases: readonly ReviewedCase[]): Generator<Line> {
  for (const { name, rows, asExpected } of cases) {
    const found = REVIEW_CASES[name].foundHere ? ' (found here, not posted)' : '';
    yield { text: `${name}${found}`, tone: 'title' };
    for (const one of rows) yield* rowText(one);
    if (!asExpected) yield { text: '  X not as expected', tone: 'fail' };
    yield { text: '', tone: 'plain' };
  }
  const used = new Set(cases.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map((c) => c.trust))));
  const signs = [...used].map((trust) => `${TRUST_SIGNS[trust]}: ${TRUST_SHORT[trust]}`);
  yield { text: signs.join(', '), tone: 'quiet' };
  const good = cases.every(({ asExpected }) => asExpected);
  yield { text: reviewSummary(cases), tone: good ? 'pass' : 'fail' };
}

function* rowText({ part, cells }: ReviewRow): Generator<Line> {
  yield { text: `  ${part.asks}`, tone: 'plain' };
  const runs = runsOf(cells);
  const hang = 6 + Math.max(...runs.map(({ cell }) => cell.text.length));
  for (const { at, width, cell } of runs) {
    const columns = cells
      .slice(at, at + width)
      .map(({ revision, trust }) => `${revision} ${TRUST_SIGNS[trust]}`);
    yield* row(`  ${cell.text}`, columns, OPTIONS, 'plain', ', ', hang);
  }
  for (const { revision, unmet } of cells)
    for (const words of unmet) yield* row(`X ${revision}`, words.split(' '), OPTIONS, 'fail', ' ');
}
