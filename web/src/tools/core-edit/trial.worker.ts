// SPDX-License-Identifier: MIT
/** Runs the edited core, which may do anything: the page ends this worker when nothing comes from it any more. */
import { rowOfRuns, type MatrixRow } from '#engine/compare/matrix.ts';
import { asEdited } from '#engine/core-edit/edited-run.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { failedRow } from './failed-row.ts';
import { EDITED, type TrialAnswer, type TrialQuestion } from './trial-protocol.ts';
import { tellAlive } from '../../workers/alive.ts';

tellAlive();

/** An answer without the number of its question, which is always the last one. */
type Said = TrialAnswer extends infer A ? (A extends TrialAnswer ? Omit<A, 'seq'> : never) : never;

let seq = 0;
const say = (answer: Said) => postMessage({ seq, ...answer });

onmessage = ({ data }: MessageEvent<TrialQuestion & { seq: number }>) => {
  seq = data.seq;
  for (let index = data.first; index < data.scenarios.length; index++) one(data, index);
  say({ kind: 'end' });
};

function one({ revision, shipped, edited, scenarios }: TrialQuestion, index: number): void {
  const { name, text } = scenarios[index]!;
  const { scenario, problems } = parseDocument(text);
  if (scenario === null)
    return say({ kind: 'refused', index, why: problems[0]?.message ?? 'not a scenario' });
  const own = retarget(scenario, revision);
  const base = { label: revision, run: run(shipped, own) };
  const row = rowOfRuns(name, [base]);
  say({ kind: 'shipped', index, row });
  let found: MatrixRow;
  try {
    found = rowOfRuns(name, [base, { label: EDITED, run: asEdited(run(edited, own)) }]);
  } catch (error) {
    // What the engine cannot handle: a missing export, an unknown check, an endless recursion.
    found = failedRow(row, `breaks: ${error instanceof Error ? error.message : String(error)}`);
  }
  say({ kind: 'row', index, row: found });
}
