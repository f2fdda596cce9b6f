// SPDX-License-Identifier: MIT
import { parseDocument, type ParsedDocument } from '#engine/scenario/parse.ts';
import { reparse } from '#engine/scenario/reparse.ts';
import { mixedDocument, pagesDocument } from './scale.ts';
import { median, table } from './table.ts';

const EDITS = 41;

/** What a key costs: parsing a long document after one step was edited, compared with parsing all of it. */
export function benchEdits(): void {
  const rows = [
    { name: '2,000 I/O steps', document: pagesDocument(2000) },
    { name: '10,000 steps', document: mixedDocument(10_000) },
  ].flatMap(({ name, document }) => {
    const before = parseDocument(JSON.stringify(document, null, 2));
    const count = before.scenario?.steps.length ?? 0;
    const places = { first: 0, middle: count >> 1, last: count - 1 };
    return Object.entries(places).map(([place, step]) => {
      const { whole, edit } = timesOf(before, step);
      const share = `1 / ${Math.round(whole / edit)}`;
      return [`${name}, the ${place} edited`, whole.toFixed(1), edit.toFixed(2), share];
    });
  });
  console.log(table(['parse of', 'ms whole', 'ms after an edit', 'ratio'], rows));
}

/** The median of some edits of a step, each on the one before, and of parsing each of the texts anew. */
function timesOf(first: ParsedDocument, step: number): { whole: number; edit: number } {
  let before = first;
  const wholes: number[] = [];
  const edits: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const { end } = before.locate(['steps', step, 'do'])!;
    // One key: the spaces after a value.
    const text = `${before.text.slice(0, end)} ${before.text.slice(end)}`;
    const start = performance.now();
    before = reparse(before, text);
    edits.push(performance.now() - start);
    if (i % 8 > 0) continue;
    const again = performance.now();
    parseDocument(text);
    wholes.push(performance.now() - again);
  }
  return { whole: median(wholes), edit: median(edits) };
}
