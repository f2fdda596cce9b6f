// SPDX-License-Identifier: MIT
import {
  matrix as matrixOf,
  type Matrix,
  type MatrixCell,
  type MatrixScenario,
} from '#engine/compare/matrix.ts';
import { REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { toPlain } from '#engine/text/json.ts';
import { clean, marks, row } from '#engine/text/line.ts';
import type { Line, TextOptions } from '#engine/text/line.ts';
import { UsageError, readArgs, revisionNamed } from '../args.ts';
import { loadCore } from '../core.ts';
import { loadEvery } from '../files.ts';
import { HELP } from '../help.ts';
import type { Terminal } from '../terminal.ts';

const OPTIONS = {
  rev: { type: 'string' },
  json: { type: 'boolean' },
  'fail-on-diff': { type: 'boolean' },
  ascii: { type: 'boolean' },
} as const;

/**
 * `matrix FILE… [--rev A,B]`: every scenario on every revision. Exit status 0; 1 if any differ and --fail-on-diff
 * was given; 2 if a file cannot be used (the others are compared).
 */
export async function matrix(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs('matrix', args, OPTIONS);
  if (values.help) {
    terminal.out(HELP.matrix ?? '');
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('matrix: no FILE was named', 'See matrix --help.');
  const revisions = values.rev === undefined ? [...REVISIONS] : revisionList(values.rev);
  const scenarios: MatrixScenario[] = [];
  let unusable = 0;
  for (const path of positionals) {
    const found = await loadEvery(path, terminal);
    unusable += found.unusable;
    scenarios.push(...found.scenarios);
  }
  const columns = await Promise.all(
    revisions.map(async (revision) => ({
      label: revision,
      revision,
      module: await loadCore(revision, 'trace'),
    })),
  );
  const result = matrixOf(scenarios, columns);
  if (values.json) terminal.out(`${JSON.stringify(toPlain(result), null, 2)}\n`);
  else
    terminal.lines(
      matrixText(result, { width: terminal.width, ascii: values.ascii ?? false, verbose: false }),
    );
  if (unusable > 0) return 2;
  return values['fail-on-diff'] && result.changed > 0 ? 1 : 0;
}

/** `v6-04,late`: two or more names, each once. */
function revisionList(text: string): Revision[] {
  const names = text.split(',').map((name) => name.trim());
  const revisions = names.map((name) => revisionNamed('matrix', name));
  if (names.length < 2 || new Set(names).size < names.length)
    throw new UsageError(
      `matrix: --rev ${text}: two or more different revisions are expected`,
      'For example --rev v6-04,late.',
    );
  return revisions;
}

/** A block for each scenario that differs, then the summary. Columns that differ alike share a row. */
function* matrixText(result: Matrix, options: TextOptions): Generator<Line> {
  const { arrow } = marks(options);
  const [base = ''] = result.columns;
  for (const { name, cells, differs } of result.rows) {
    if (!differs) break;
    yield { text: name, tone: 'title' };
    const groups = new Map<string, string[]>();
    for (const cell of cells.slice(1)) {
      const words = cellText(cell, base, arrow);
      groups.set(words, [...(groups.get(words) ?? []), cell.label]);
    }
    const hang = 4 + Math.max(...[...groups.values()].map((labels) => labels.join(', ').length));
    for (const [words, labels] of groups)
      yield* row(labels.join(', '), clean(words, options.ascii).split(' '), options, 'plain', ' ', hang);
    yield { text: '', tone: 'plain' };
  }
  yield { text: result.summary, tone: result.changed > 0 ? 'fail' : 'pass' };
}

function cellText({ deciding, verdicts, stopped }: MatrixCell, base: string, arrow: string): string {
  const end = stopped === null ? '' : ` (stopped: ${stopped})`;
  if (deciding === null) return `as ${base}${end}`;
  const { step, repeat, field, left, right } = deciding;
  const name = verdicts.find((verdict) => verdict.step === step)?.do ?? '';
  const which = repeat === 0 ? '' : ` (${repeat + 1})`;
  return `step ${step + 1} ${name}${which}: ${field === 'verdict' ? '' : `${field} `}${left} ${arrow} ${right}${end}`;
}
