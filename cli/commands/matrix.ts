// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import {
  matrix as matrixOf,
  type Matrix,
  type MatrixCell,
  type MatrixRow,
  type MatrixScenario,
} from '#engine/compare/matrix.ts';
import { DEFAULT_REVISION, REVISIONS, type Revision } from '#engine/kernel/features.ts';
import { toPlain } from '#engine/text/json.ts';
import { count } from '#engine/checks/format.ts';
import { groupsOf } from '#engine/compare/matrix-groups.ts';
import { clean, cleanJson } from '#engine/kernel/clean.ts';
import { marks, row } from '#engine/text/line.ts';
import type { Line, TextOptions } from '#engine/text/line.ts';
import { REVIEW_NAMES } from '#engine/view/review/names.ts';
import { REVIEW_COLUMNS, orderedCases, reviewCase } from '#engine/view/review/table.ts';
import { reviewText } from '#engine/view/review/text.ts';
import { UsageError, revisionNamed } from '../common/args.ts';
import { command } from '../common/command.ts';
import { loadCore } from '../common/core.ts';
import { inputs } from '../common/inputs.ts';
import { reviewExamples } from '../common/review.ts';
import type { Terminal } from '../common/terminal.ts';

const MANUAL = {
  name: 'matrix',
  argument: 'FILE…',
  summary: 'compare revisions of the patch series',
  about: [
    'Runs each scenario on several revisions of the patch series, whichever it names itself, and says which come out ' +
      "differently: the verdict of a step, the kernel's structs, what the server is told. Those that differ come " +
      'first. - is standard input. A FILE may also be a mail or any other text with cards, links and scenarios in ' +
      'it, whatever else import takes, or a folder: each scenario is a row.',
  ],
  options: {
    rev: {
      type: 'string',
      value: 'A,B',
      about: `the revisions, the first is what the others are compared with: ${REVISIONS.join(', ')}. If left out, all of them, compared with ${DEFAULT_REVISION}`,
    },
    json: {
      type: 'boolean',
      about:
        'the matrix as JSON: for each scenario and revision the verdict of every step, and the difference that decides',
    },
    review: {
      type: 'boolean',
      about:
        'in place of FILEs, what reviewers asked: the table of the page #/review, for a mail. Exit status 1 if a case is not as expected',
    },
    'fail-on-diff': { type: 'boolean', about: 'exit status 1 if any scenario differs' },
    ascii: { type: 'boolean', about: 'nothing but ASCII in the text' },
  },
  notes: [
    'Exit status: 0; with --fail-on-diff 1 if any differ, with --review 1 if a case is not as expected; 2 a file cannot be used (the others are still compared).',
  ],
} as const;

export const matrix = command(MANUAL, async ({ values, positionals }, terminal) => {
  if (values.review) return review(values, positionals, terminal);
  if (positionals.length === 0) throw new UsageError('matrix: no FILE was named', 'See matrix --help.');
  const revisions = values.rev === undefined ? [...REVISIONS] : revisionList(values.rev);
  const scenarios: MatrixScenario[] = [];
  let unusable = 0;
  for await (const input of inputs(positionals, terminal)) {
    if ('reasons' in input) unusable++;
    else if (input.scenario.server !== undefined)
      terminal.err(`${input.name}: left out: it has the code of a server, which matrix does not run\n`);
    else scenarios.push({ name: input.name, scenario: input.scenario });
  }
  const columns = await columnsOf(revisions);
  const base = values.rev === undefined ? REVISIONS.indexOf(DEFAULT_REVISION) : 0;
  const result = matrixOf(scenarios, columns, base);
  if (values.json)
    terminal.out(`${cleanJson(JSON.stringify(toPlain(result), null, 2))}
`);
  else
    terminal.lines(
      matrixText(result, { width: terminal.width, ascii: values.ascii ?? false, verbose: false }),
    );
  if (unusable > 0) return 2;
  return values['fail-on-diff'] && result.changed > 0 ? 1 : 0;
});

const columnsOf = (revisions: readonly Revision[]) =>
  Promise.all(
    revisions.map(async (revision) => ({
      label: revision,
      revision,
      module: await loadCore(revision, 'trace'),
    })),
  );

/** Every case of the review table on every revision that has devices, or on those that are named. */
async function review(
  values: { rev?: string | undefined; json?: boolean | undefined; 'fail-on-diff'?: boolean | undefined },
  positionals: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (positionals.length > 0 || values['fail-on-diff'])
    throw new UsageError('matrix: --review takes no FILE and no --fail-on-diff', 'See matrix --help.');
  const revisions = values.rev === undefined ? REVIEW_COLUMNS : revisionList(values.rev);
  const without = revisions.find((revision) => !REVIEW_COLUMNS.includes(revision));
  if (without !== undefined)
    throw new UsageError(
      `matrix: --review: ${without} has no devices`,
      `Columns: ${REVIEW_COLUMNS.join(', ')}.`,
    );
  const [columns, examples] = await Promise.all([columnsOf(revisions), reviewExamples()]);
  const cases = orderedCases(REVIEW_NAMES.map((name) => reviewCase(name, examples, columns)));
  if (values.json) terminal.out(`${JSON.stringify(toPlain(cases), null, 2)}\n`);
  else terminal.lines(reviewText(cases));
  return cases.every(({ asExpected }) => asExpected) ? 0 : 1;
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

/** Columns before the words over a group. */
const HEAD_INDENT = 3;

/** By what differs, a block for each scenario that does, then the summary. Columns that differ alike share a row. */
function* matrixText(result: Matrix, options: TextOptions): Generator<Line> {
  const base = result.columns[result.base] ?? '';
  for (const group of groupsOf(result.rows.filter(({ differs }) => differs))) {
    const words = `${count(group.rows.length, 'scenario')}: ${group.words}`;
    yield* row('', words.split(' '), options, 'audit', ' ', HEAD_INDENT);
    yield { text: '', tone: 'plain' };
    for (const one of group.rows) yield* rowText(one, result.base, base, options);
  }
  yield { text: result.summary, tone: result.changed > 0 ? 'fail' : 'pass' };
}

function* rowText(
  { name, cells }: MatrixRow,
  baseIndex: number,
  base: string,
  options: TextOptions,
): Generator<Line> {
  const { arrow } = marks(options);
  yield { text: name, tone: 'title' };
  const groups = new Map<string, string[]>();
  for (const cell of cells.filter((_, i) => i !== baseIndex)) {
    const words = cellText(cell, base, arrow);
    groups.set(words, [...(groups.get(words) ?? []), cell.label]);
  }
  const hang = 4 + Math.max(...[...groups.values()].map((labels) => labels.join(', ').length));
  for (const [words, labels] of groups)
    yield* row(labels.join(', '), clean(words, options.ascii).split(' '), options, 'plain', ' ', hang);
  yield { text: '', tone: 'plain' };
}

function cellText({ deciding, verdicts, stopped }: MatrixCell, base: string, arrow: string): string {
  const end = stopped === null ? '' : ` (stopped: ${stopped})`;
  if (deciding === null) return `as ${base}${end}`;
  const { step, repeat, field, left, right } = deciding;
  const name = verdicts.find((verdict) => verdict.step === step)?.do ?? '';
  const which = repeat === 0 ? '' : ` (${ordinal(repeat)})`;
  return `step ${ordinal(step)} ${name}${which}: ${field === 'verdict' ? '' : `${field} `}${left} ${arrow} ${right}${end}`;
}
