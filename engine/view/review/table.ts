// SPDX-License-Identifier: MIT
import { placeText } from '../../kernel/ordinal.ts';
import { REVISIONS, type Revision } from '../../kernel/features.ts';
import { has } from '../../kernel/has-feature.ts';
import { run } from '../../run/runner.ts';
import { stoppedShort } from '../../run/stopped-short.ts';
import type { Execution, Run, Trust } from '../../run/types.ts';
import { retarget } from '../../scenario/revision.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { REVIEW_CASES, type ReviewPart } from './cases.ts';
import { cellWords, type CellWords } from './cell.ts';
import { REVIEW_NAMES, type ReviewName } from './names.ts';

/**
 * The columns: every revision that has devices. The stage before them differs from the others at the first step of
 * each case, which tells nothing.
 */
export const REVIEW_COLUMNS: readonly Revision[] = REVISIONS.filter((revision) =>
  has(revision, 'HAS_IOMAP_DEVICES'),
);

/** The revisions that are not a column, by name. */
export const NO_COLUMNS: readonly Revision[] = REVISIONS.filter(
  (revision) => !REVIEW_COLUMNS.includes(revision),
);

export interface ReviewCell extends CellWords {
  revision: Revision;
  trust: Trust;
  /** What the example expects of this step and did not come of it, in words: `ret: expected 3, got 1`. */
  unmet: string[];
}

export interface ReviewRow {
  part: ReviewPart;
  cells: ReviewCell[];
}

export interface ReviewedCase {
  name: ReviewName;
  rows: ReviewRow[];
  /** Whether some row has two answers. */
  changes: boolean;
  /** Whether every example of it came out as it expects, in all of its steps and on every revision. */
  asExpected: boolean;
}

export interface ReviewColumn {
  revision: Revision;
  module: WebAssembly.Module;
}

/** Runs the examples of one case on every column. Throws if an example is missing. */
export function reviewCase(
  name: ReviewName,
  examples: ReadonlyMap<string, Scenario>,
  columns: readonly ReviewColumn[],
): ReviewedCase {
  const { parts } = REVIEW_CASES[name];
  const runs = new Map<string, Run[]>();
  let asExpected = true;
  for (const { example } of parts) {
    if (runs.has(example)) continue;
    const scenario = examples.get(example);
    if (scenario === undefined) throw new Error(`There is no example ${example}.`);
    const own = columns.map(({ revision, module }) => run(module, retarget(scenario, revision)));
    runs.set(example, own);
    if (own.some((one) => one.expectations.unmet.length > 0 || stoppedShort(one, scenario)))
      asExpected = false;
  }
  const rows = parts.map((part) => ({
    part,
    cells: runs.get(part.example)!.map((one) => cellOf(one, part)),
  }));
  const changes = rows.some(({ cells }) => runsOf(cells).length > 1);
  return { name, rows, changes, asExpected };
}

/** The cases in the order of the table: those that changed first, then those that are the same everywhere. */
export const orderedCases = (cases: readonly ReviewedCase[]): ReviewedCase[] =>
  [...cases].sort(
    (a, b) =>
      Number(b.changes) - Number(a.changes) || REVIEW_NAMES.indexOf(a.name) - REVIEW_NAMES.indexOf(b.name),
  );

/** Neighbours with the same answer, as one: where each begins and how many columns it is wide. */
export function runsOf(cells: readonly ReviewCell[]): { at: number; width: number; cell: ReviewCell }[] {
  const runs: { at: number; width: number; cell: ReviewCell }[] = [];
  for (const [at, cell] of cells.entries()) {
    const last = runs.at(-1);
    if (last && last.cell.text === cell.text && last.cell.tone === cell.tone) last.width++;
    else runs.push({ at, width: 1, cell });
  }
  return runs;
}

function cellOf({ revision, executions, stopped }: Run, { step, field }: ReviewPart): ReviewCell {
  const execution: Execution | undefined = executions.findLast((one) => one.step === step);
  if (execution === undefined) {
    const unmet = [`not run: ${stopped?.message ?? 'there is no such step'}`];
    return { revision, text: 'not run', tone: 'warn', trust: 'reading', unmet };
  }
  const unmet = execution.unmet.map(
    ({ path, expected, actual }) => `${placeText(path)}: expected ${expected}, got ${actual}`,
  );
  return { revision, ...cellWords(execution, field), trust: execution.trust, unmet };
}
