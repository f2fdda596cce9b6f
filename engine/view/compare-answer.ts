// SPDX-License-Identifier: MIT
/** The worker's side of comparisons: loaded with the first of them. */

import { isSilent } from '../checks/silent.ts';
import { asEdited } from '../core-edit/edited-run.ts';
import { verdictText } from '../compare/executions.ts';
import { matrixOf, matrixRow, type MatrixColumn, type MatrixRow } from '../compare/matrix.ts';
import { compareSides, statesOf, type SidesComparison } from '../compare/sides.ts';
import { parseDocument } from '../scenario/parse.ts';
import { retarget } from '../scenario/revision.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Execution } from '../run/types.ts';
import { printScenario } from '../scenario/print.ts';
import type { Revision } from '../kernel/features.ts';
import type { FindProgress } from '../search/find.ts';
import {
  PLAIN_QUESTION,
  searchDifference,
  searchOnlyCheck,
  type FoundScenario,
  type Question,
  type Side,
} from '../search/difference.ts';
import { at } from '../scenario/path.ts';
import { follow, type Follows } from './follow.ts';
import { mappingWords } from './mapping-words.ts';
import type {
  Asked,
  AskedColumn,
  CompareQuestion,
  Found,
  NamedText,
  PairAnswer,
  PairLine,
  SearchAnswer,
} from './search-protocol.ts';
import { isDoubtful } from './tone.ts';

/** What the worker provides. */
interface Means {
  moduleOf: (revision: Revision) => Promise<WebAssembly.Module>;
  say: (answer: SearchAnswer) => void;
  /** Drives a generator in stretches; returns undefined if a newer question arrived meanwhile. */
  drive: <P, R>(
    seq: number,
    search: Generator<P, R>,
    report: (progress: P) => void,
  ) => Promise<R | undefined>;
}

/** The comparison that `pair` may ask about: the newest, by the number of its question; and what each side ran. */
let shown: { seq: number; comparison: SidesComparison; ran: readonly Ran[] } | null = null;

interface Ran {
  scenario: Scenario;
  module: WebAssembly.Module;
}

type Of<K extends CompareQuestion['kind']> = Extract<CompareQuestion, { kind: K }>;

export async function answerComparison(question: CompareQuestion, means: Means): Promise<void> {
  switch (question.kind) {
    case 'sides':
      return sides(question, means);
    case 'pair':
      return pair(question, means);
    case 'matrix':
      return matrix(question, means);
    case 'difference': {
      const both = await Promise.all(question.revisions.map((revision) => sideOf(revision, means)));
      const search = searchDifference(both[0]!, both[1]!, questionOf(question.asked), {
        skip: question.skip,
      });
      return find(question.seq, search, question.revisions, means);
    }
    case 'only-check': {
      const side = await sideOf(question.revision, means);
      const search = searchOnlyCheck(side, question.check, questionOf(question.asked));
      return find(question.seq, search, [question.revision], means);
    }
  }
}

const columnOf = async <C extends AskedColumn>(column: C, { moduleOf }: Means) => ({
  ...column,
  module: column.module ?? (await moduleOf(column.revision)),
});

async function sides({ seq, sides: asked }: Of<'sides'>, means: Means): Promise<void> {
  const [left, right] = await Promise.all([columnOf(asked[0], means), columnOf(asked[1], means)]);
  const comparison = compareSides(left, right);
  // A core that is not part of the build is one that somebody edited.
  for (const [i, { module }] of asked.entries()) if (module) asEdited(comparison.runs[i]!);
  // Cores load in any order: an older question may end after a newer one, and must not take its place.
  const ran = [left, right].map(({ scenario, revision, module }) => ({
    scenario: retarget(scenario, revision),
    module,
  }));
  if (shown === null || shown.seq < seq) shown = { seq, comparison, ran };
  const [a, b] = comparison.runs;
  const pairs = comparison.pairs.map(({ differences, ...pair }): PairLine => ({
    step: pair.step,
    steps: pair.steps,
    repeat: pair.repeat,
    do: (pair.left ?? pair.right)!.do,
    left: pair.left && verdictText(pair.left),
    right: pair.right && verdictText(pair.right),
    differs: differences[0]?.kind ?? null,
  }));
  means.say({
    kind: 'sides',
    seq,
    pairs,
    deciding: comparison.deciding?.pair ?? null,
    stopped: [a.stopped?.message ?? null, b.stopped?.message ?? null],
  });
}

function pair({ seq, of, pair: index }: Of<'pair'>, { say }: Means): void {
  const comparison = shown?.seq === of ? shown.comparison : undefined;
  const found = comparison?.pairs[index];
  const answer: PairAnswer =
    comparison === undefined || found === undefined
      ? { left: null, right: null, differences: [], states: [null, null], follows: [null, null] }
      : {
          left: found.left,
          right: found.right,
          differences: found.differences,
          states: statesOf(comparison, found),
          follows: [followsOf(0, found.left), followsOf(1, found.right)],
        };
  say({ kind: 'pair', seq, ...answer });
}

/** What follows from an execution of a side of what is shown. */
function followsOf(side: 0 | 1, execution: Execution | null): Follows | null {
  const run = shown?.comparison.runs[side];
  const ran = shown?.ran[side];
  if (!run || !ran || !execution || isSilent(execution, ran.scenario) || !isDoubtful(execution)) return null;
  return follow(run, ran.scenario, ran.module, { execution: execution.index, call: null });
}

/** Row by row, so that a matrix can be cancelled, and reports its progress. */
async function matrix({ seq, documents, columns: asked, base }: Of<'matrix'>, means: Means): Promise<void> {
  const { say, drive } = means;
  const columns: MatrixColumn[] = await Promise.all(asked.map((column) => columnOf(column, means)));
  const refused: NamedText[] = [];
  const rows = await drive(seq, rowsOf(documents, columns, base, refused), (done) =>
    say({ kind: 'progress', seq, done, of: documents.length, words: 'scenarios' }),
  );
  if (rows !== undefined) say({ kind: 'matrix', seq, matrix: matrixOf(rows, columns, base), refused });
}

function* rowsOf(
  documents: readonly NamedText[],
  columns: readonly MatrixColumn[],
  base: number,
  refused: NamedText[],
): Generator<number, MatrixRow[]> {
  const rows: MatrixRow[] = [];
  for (const [i, { name, text }] of documents.entries()) {
    const { scenario, problems } = parseDocument(text);
    if (scenario === null) refused.push({ name, text: problems[0]?.message ?? 'not a scenario' });
    else rows.push(matrixRow({ name, scenario }, columns, base));
    yield i + 1;
  }
  return rows;
}

async function find(
  seq: number,
  search: Generator<FindProgress, FoundScenario | null>,
  labels: readonly string[],
  { say, drive }: Means,
): Promise<void> {
  let evaluations = 0;
  const found = await drive(seq, search, (progress) => {
    ({ evaluations } = progress);
    const words = progress.stage === 'shrink' ? 'replies tried, making it smaller' : 'replies tried';
    say({ kind: 'progress', seq, done: evaluations, of: null, words });
  });
  if (found === undefined) return;
  evaluations = found?.evaluations ?? evaluations;
  say({ kind: 'found', seq, found: found && foundOf(found, labels), evaluations });
}

function foundOf({ document, step, verdicts, difference }: FoundScenario, labels: readonly string[]): Found {
  const title = at(document, ['title']);
  // Where only the ends differ, the reply is that of the begin before.
  const begin = at(document, ['steps', step, 'do']) === 'iomap_begin' ? step : step - 1;
  const reply = (['read', 'write'] as const).map((which) => ({
    which,
    text: mappingWords(at(document, ['steps', begin, 'reply', which])),
  }));
  const told = verdicts.map(({ outcome, ret, decided }, i) => ({
    label: labels[i] ?? '',
    text: verdictText({ outcome, ret: outcome === 'retry-cache' ? null : BigInt(ret), decided }),
  }));
  const text = printScenario(document);
  return { text, step, title: typeof title === 'string' ? title : '', reply, verdicts: told, difference };
}

async function sideOf(revision: Revision, { moduleOf }: Means): Promise<Side> {
  return { label: revision, revision, module: await moduleOf(revision) };
}

function questionOf(asked: Asked | null): Question {
  const value = asked && parseDocument(asked.text).value;
  return asked === null || value === null ? PLAIN_QUESTION : { document: value, step: asked.step };
}
