// SPDX-License-Identifier: MIT
/** The catalogue's smallest scenarios, on the core. */
import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import { checkWords, explain } from '#engine/checks/words.ts';
import { run } from '#engine/run/runner.ts';
import type { JsonValue } from '#engine/scenario/json.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { revisionOf } from '#engine/scenario/revision.ts';
import { REVISIONS } from '#engine/kernel/features.ts';
import { loadCore } from '../core-module.ts';

const cores = new Map<string, WebAssembly.Module>();
beforeAll(async () => {
  for (const revision of REVISIONS) cores.set(revision, loadCore('trace', revision));
});

function last(document: JsonValue) {
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  const execution = run(cores.get(revisionOf(scenario))!, scenario).executions.at(-1);
  if (execution === undefined) throw new Error('nothing ran');
  return { execution, scenario };
}

const ALL = Object.keys(CATALOGUE) as CheckId[];
const CAN_FAIL = ALL.filter((id) => CATALOGUE[id].examples.failing !== null);

it('leaves out only one that cannot fail', () => {
  expect(ALL.filter((id) => !CAN_FAIL.includes(id))).toEqual(['open-post']);
});

it.each(ALL)('has examples of %s that run in a revision with the check', (id) => {
  const { examples, revisions = ['v6-04'] } = CATALOGUE[id];
  for (const example of [examples.passing, examples.failing]) {
    if (example !== null) expect(revisions).toContain(revisionOf(last(example).scenario));
  }
});

describe.each(CAN_FAIL)('%s', (id) => {
  it('decides in its failing example', () => {
    const { execution, scenario } = last(CATALOGUE[id].examples.failing);
    expect(execution.decided?.check).toBe(id);
    expect(execution.decided?.operands).toHaveLength(checkWords[id].operands.length);
    expect(explain(execution, scenario).where).toBe(`${id} in ${CATALOGUE[id].fn}`);
  });
});

describe.each(ALL)('%s', (id) => {
  it('passes in its passing example, which nothing refuses', () => {
    const { execution } = last(CATALOGUE[id].examples.passing);
    expect(execution.decided).toBeNull();
    expect(['ok', 'error', 'retry-cache']).toContain(execution.outcome);
    const { operands } = checkWords[id];
    expect(execution.path).toContainEqual(expect.objectContaining({ check: id, result: 'pass' }));
    for (const record of execution.path.filter(({ check }) => check === id)) {
      expect(record.operands).toHaveLength(operands.length);
    }
  });
});
