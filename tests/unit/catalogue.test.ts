// SPDX-License-Identifier: GPL-2.0-only
import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../engine/checks/catalogue.ts';
import type { CataloguedCheck } from '../../engine/checks/catalogue.ts';
import { checkWords, explain } from '../../engine/checks/words.ts';
import { run } from '../../engine/run.ts';
import type { JsonValue } from '../../engine/scenario/json.ts';
import { parseDocument } from '../../engine/scenario/parse.ts';
import { traceCore } from './core-module.ts';

/** The catalogue's smallest scenarios, on the core. */

let core: WebAssembly.Module;
beforeAll(async () => {
  core = await traceCore();
});

function last(document: JsonValue) {
  const { scenario, problems } = parseDocument(JSON.stringify(document));
  if (scenario === null) throw new Error(problems[0]?.message);
  const execution = run(core, scenario).executions.at(-1);
  if (execution === undefined) throw new Error('nothing ran');
  return { execution, scenario };
}

const BUILT = (Object.keys(CATALOGUE) as CataloguedCheck[]).filter(
  (id) => CATALOGUE[id].revisions === undefined,
);
const CAN_FAIL = BUILT.filter((id) => CATALOGUE[id].examples.failing !== null);

it('leaves out only the checks of other revisions, and one that cannot fail', () => {
  expect(Object.keys(CATALOGUE).filter((id) => !BUILT.includes(id as CataloguedCheck))).toEqual([
    'dev-unsupported',
    'cache-unavailable',
    'nocache-on-begin',
  ]);
  expect(BUILT.filter((id) => !CAN_FAIL.includes(id))).toEqual(['open-post']);
});

describe.each(CAN_FAIL)('%s', (id) => {
  it('decides in its failing example', () => {
    const { execution, scenario } = last(CATALOGUE[id].examples.failing);
    expect(execution.decided?.check).toBe(id);
    expect(execution.decided?.operands).toHaveLength(checkWords[id].operands.length);
    expect(explain(execution, scenario).where).toBe(`${id} in ${CATALOGUE[id].fn}`);
  });
});

describe.each(BUILT)('%s', (id) => {
  it('passes in its passing example, which nothing refuses', () => {
    const { execution } = last(CATALOGUE[id].examples.passing);
    expect(execution.decided).toBeNull();
    expect(['ok', 'error']).toContain(execution.outcome);
    const { operands } = checkWords[id];
    expect(execution.path).toContainEqual(expect.objectContaining({ check: id, result: 'pass' }));
    for (const record of execution.path.filter(({ check }) => check === id)) {
      expect(record.operands).toHaveLength(operands.length);
    }
  });
});
