// SPDX-License-Identifier: MIT
import { grouped as digits } from '../kernel/digits.ts';
import { count } from '../checks/format.ts';
import { run } from '../run/runner.ts';
import type { Execution, Run, Which } from '../run/types.ts';
import { retarget } from '../scenario/revision.ts';
import type { Revision } from '../kernel/features.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Difference } from './executions.ts';
import { rankOf, verdictText } from './executions.ts';
import { grouped } from './matrix-groups.ts';
import { compareRuns } from './runs.ts';

/** A scenario with the name that it goes by. Its own revision is ignored. */
export interface MatrixScenario {
  name: string;
  scenario: Scenario;
}

/** A column: who answers. `label` tells two cores of one revision apart (an edited one from the shipped). */
export interface MatrixColumn {
  label: string;
  revision: Revision;
  module: WebAssembly.Module;
}

/** Consecutive executions of a step with the same result. */
export interface CellVerdict {
  step: number;
  do: Execution['do'];
  /** The first of them, and how many there are. */
  repeat: number;
  times: number;
  outcome: Execution['outcome'];
  check: string | null;
  which: Which;
  ret: bigint | null;
  /** All of it in a few words, as verdictText() returns it. */
  text: string;
}

export interface MatrixCell {
  label: string;
  verdicts: CellVerdict[];
  /** Why the run stopped, if it did. */
  stopped: string | null;
  /** What a core did in place of an answer: `traps: unreachable`. Null for one that answers. */
  fault: string | null;
  /** How it differs from the row's base cell; null if it does not, and in the base cell. */
  deciding: CellDifference | null;
  /** How it differs from the cell to its left; null if it does not, and in the first column. */
  beside: CellDifference | null;
}

type CellDifference = Difference & { step: number; repeat: number };

export interface MatrixRow {
  name: string;
  /** One for each column. */
  cells: MatrixCell[];
  differs: boolean;
}

export interface Matrix {
  columns: string[];
  /** Index of the column that the others are compared with. */
  base: number;
  /**
   * Those that differ first, other verdicts before what the verdict does not tell, and those that differ alike
   * together (groupsOf()); otherwise as given.
   */
  rows: MatrixRow[];
  /** How many rows differ. */
  changed: number;
  /** `late changes 3 of 212 scenarios against v6-04`. */
  summary: string;
}

/** One row of the matrix: a scenario on every column, each cell compared with the one of column `base`. */
export function matrixRow(
  { name, scenario }: MatrixScenario,
  columns: readonly MatrixColumn[],
  base = 0,
): MatrixRow {
  const answers = columns.map(({ label, revision, module }) => ({
    label,
    run: run(module, retarget(scenario, revision)),
  }));
  return rowOfRuns(name, answers, base);
}

/** Like matrixRow(), for existing runs: one for each column, compared with that of index `base`. */
export function rowOfRuns(name: string, runs: readonly { label: string; run: Run }[], base = 0): MatrixRow {
  const cells = runs.map(({ label, run: one }, i): MatrixCell => {
    const deciding = i === base ? null : decidingOf(runs[base]!.run, one);
    const beside = i === 0 ? null : i - 1 === base ? deciding : decidingOf(runs[i - 1]!.run, one);
    return { ...cellOf(label, one), deciding, beside };
  });
  return { name, cells, differs: cells.some((cell) => cell.deciding !== null || cell.beside !== null) };
}

/** The rows put in order and counted. For a progress bar, make the rows one by one with matrixRow(). */
export function matrixOf(
  rows: readonly MatrixRow[],
  columns: readonly Pick<MatrixColumn, 'label'>[],
  base = 0,
): Matrix {
  const differing = rows.filter(({ differs }) => differs).sort((a, b) => telling(a) - telling(b));
  const labels = columns.map(({ label }) => label);
  return {
    columns: labels,
    base,
    rows: [...grouped(differing), ...rows.filter(({ differs }) => !differs)],
    changed: differing.length,
    summary: summaryOf(labels, base, differing.length, rows.length),
  };
}

/** Every scenario on every column. */
export function matrix(
  scenarios: readonly MatrixScenario[],
  columns: readonly MatrixColumn[],
  base = 0,
): Matrix {
  return matrixOf(
    scenarios.map((scenario) => matrixRow(scenario, columns, base)),
    columns,
    base,
  );
}

/** How telling a row's most telling difference is: the lower, the more. */
const telling = ({ cells }: MatrixRow): number =>
  Math.min(
    ...cells.flatMap(({ deciding, beside }) =>
      [deciding, beside].flatMap((one) => (one === null ? [] : [rankOf(one)])),
    ),
  );

function summaryOf(labels: readonly string[], baseIndex: number, changed: number, all: number): string {
  const base = labels[baseIndex] ?? '';
  const other = labels.find((_, i) => i !== baseIndex);
  const rows = `${digits(changed)} of ${count(all, 'scenario')}`;
  return labels.length === 2
    ? `${other} changes ${rows} against ${base}`
    : `${rows} ${changed === 1 ? 'is' : 'are'} not the same in all of ${labels.join(', ')}`;
}

function cellOf(label: string, result: Run): Omit<MatrixCell, 'deciding' | 'beside'> {
  return {
    label,
    verdicts: verdictsOf(result.executions),
    stopped: result.stopped?.message ?? null,
    fault: result.stopped?.trap === undefined ? null : `traps: ${result.stopped.trap}`,
  };
}

function decidingOf(base: Run, result: Run): CellDifference | null {
  const { pairs, deciding } = compareRuns(base, result);
  // Another way to the same result is not a change: a revision may make more checks on every reply.
  if (deciding === null || deciding.difference.kind === 'path') return null;
  const { step, repeat } = pairs[deciding.pair]!;
  return { step, repeat, ...deciding.difference };
}

/** The verdict of each execution; equal ones in a row are told once. */
function verdictsOf(executions: readonly Execution[]): CellVerdict[] {
  const verdicts: CellVerdict[] = [];
  for (const execution of executions) {
    const { step, repeat, outcome, decided, ret } = execution;
    const last = verdicts.at(-1);
    const check = decided?.check ?? null;
    const which = decided?.which ?? null;
    // The ids that opens give go up one by one: a row of them is told by its first.
    const alike =
      last !== undefined &&
      last.step === step &&
      last.outcome === outcome &&
      last.check === check &&
      last.which === which &&
      (last.ret === ret || outcome === 'ok');
    if (alike) last.times++;
    else {
      const text = verdictText(execution);
      verdicts.push({ step, do: execution.do, repeat, times: 1, outcome, check, which, ret, text });
    }
  }
  return verdicts;
}
