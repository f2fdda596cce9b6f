// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import type { Revision } from '../kernel/features.ts';
import { expectedPath } from '../scenario/expected.ts';
import { parseDocument } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { retarget } from '../scenario/revision.ts';
import type { Scenario } from '../scenario/schema.ts';
import { failuresOf } from '../text/failures.ts';
import { testPoints } from '../text/tap.ts';
import { run } from './runner.ts';

const steps = (...own: object[]) => JSON.stringify({ format: 1, steps: own });
const read = (text: string): Scenario => parseDocument(text).scenario!;
const problems = (text: string) => parseDocument(text).problems.map(({ message }) => message);
const runOn = (scenario: Scenario, revision: Revision) =>
  run(loadCore('trace', revision), retarget(scenario, revision));

/** The first id, and on v7-04 something that it is not. */
const open = { do: 'backing_open', expect: { ret: 1, check: null }, expectOn: { 'v7-04': { ret: 9 } } };

test('takes the place of all that is in expect, on the revision that it names alone', () => {
  const scenario = read(steps(open));
  expect(runOn(scenario, 'v6-04').expectations).toEqual({ met: 2, unmet: [] });
  const { met, unmet } = runOn(scenario, 'v7-04').expectations;
  expect(met).toBe(0);
  expect(unmet).toMatchObject([{ path: ['ret'], expected: '9', actual: '1' }]);
});

test('of nothing, on a revision, says that nothing matters there', () => {
  const scenario = read(steps({ ...open, expectOn: { late: {} }, expect: { ret: 7 } }));
  expect(runOn(scenario, 'late').expectations).toEqual({ met: 0, unmet: [] });
  expect(runOn(scenario, 'v6-04').expectations.unmet).toHaveLength(1);
});

test('is a test point where a step has no other expectation', () => {
  const scenario = read(steps({ do: 'backing_open', expectOn: { late: { ret: 2 } } }));
  const points = (revision: Revision) => {
    const run = runOn(scenario, revision);
    return testPoints({ name: 'a', scenario, run, failures: failuresOf(run, scenario) });
  };
  expect(points('late')).toMatchObject([{ name: 'step 1 backing_open', failure: { kind: 'unmet' } }]);
  expect(points('v6-04')).toMatchObject([{ name: 'the run came to its end', failure: null }]);
});

test('prints as it was read, with its values in their canonical spelling', () => {
  const text = steps({ do: 'backing_open', expectOn: { late: { ret: '0x1' } } });
  expect(printScenario(parseDocument(text).value!)).toContain('"expectOn": { "late": { "ret": 1 } }');
});

test('of a revision that is none is an error, with the one that was meant', () => {
  const text = (name: string) => steps({ do: 'backing_open', expectOn: { [name]: {} } });
  expect(problems(text('v6-4'))).toEqual([
    expect.stringMatching(/^Expected one of v6-03, .*, found "v6-4"\. Did you mean "v6-04"\?$/),
  ]);
  expect(problems(text('mainline'))[0]).toMatch(/^Expected one of v6-03, .*, found "mainline"\.$/);
});

test('names devices that must be there', () => {
  const text = steps({ do: 'iomap_begin', expectOn: { late: { iomap: { bdev: 'vdx' } } } });
  expect(problems(text)).toEqual([expect.stringContaining('No device has the name "vdx"')]);
});

test('has its place in the document where a revision has its own', () => {
  expect(expectedPath(open, 'v7-04')).toEqual(['expectOn', 'v7-04']);
  expect(expectedPath(open, 'late')).toEqual(['expect']);
});
