// SPDX-License-Identifier: MIT
import type { ReviewRow } from '#engine/view/review/table.ts';
import type { App } from '../../app/app.svelte.ts';
import { openIn } from '../compare/open.ts';
import { ChosenSides } from '../compare/sides.svelte.ts';
import { exampleText } from './examples.ts';

/** The column whose answer a cell is compared with: the nearest before it with another one, or else its neighbour. */
export function otherColumn({ cells }: ReviewRow, column: number): number {
  const { text } = cells[column]!;
  const before = cells.slice(0, column).findLastIndex((cell) => cell.text !== text);
  return before >= 0 ? before : column > 0 ? column - 1 : Math.min(1, cells.length - 1);
}

/** Shows a cell and the one that it is compared with side by side, at the step that decides. */
export function openSideBySide(app: App, row: ReviewRow, column: number): void {
  const { example: name, step } = row.part;
  const source = { kind: 'text', name, text: exampleText(name), step } as const;
  const chosen = app.of(ChosenSides);
  for (const [side, at] of [
    [0, otherColumn(row, column)],
    [1, column],
  ] as const) {
    chosen.setSource(side, source);
    chosen.setRevision(side, row.cells[at]!.revision);
  }
  chosen.show('sides');
  app.tools.open('compare');
}

/** Opens a cell's example as the scenario, answered by its revision: one change, which can be undone. */
export function openCell(app: App, { part, cells }: ReviewRow, column: number): void {
  app.tools.close('review');
  openIn(app, exampleText(part.example), cells[column]!.revision, part.step);
}
