// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { execution, runOf, scenarioOf } from '../testing/fixture.ts';
import { tap } from './tap.ts';

const scenario = scenarioOf({
  steps: [
    { do: 'backing_open', expect: { ret: 1 } },
    { do: 'backing_open' },
    { do: 'backing_close', times: 2, expect: { ret: 0 } },
  ],
});
const unmet = [{ execution: 3, step: 2, path: ['ret'], expected: '0', actual: '-EBUSY' }];
const good = [0, 1, 2, 2].map((step, index) => execution({ index, step }));

test('one point for each file and each step that expects something, with the reasons of those that fail', () => {
  const bad = good.map((one, index) => (index === 3 ? { ...one, unmet } : one));
  const lines = tap([
    { name: 'a.json', scenario, run: runOf(good) },
    { name: 'b #1.json', scenario, run: runOf(bad) },
    { name: 'c.json', reasons: ['c.json:1:2: error: no'] },
  ]);
  expect([...lines]).toEqual([
    'TAP version 14',
    '1..3',
    '# Subtest: a.json',
    '    ok 1 - step 1 backing_open',
    '    ok 2 - step 3 backing_close',
    '    1..2',
    'ok 1 - a.json',
    '# Subtest: b \\#1.json',
    '    ok 1 - step 1 backing_open',
    '    not ok 2 - step 3 backing_close',
    '      ---',
    '      message: "expectations not met"',
    '      reasons:',
    '        - "execution 4: ret: expected 0, got -EBUSY"',
    '      ...',
    '    1..2',
    'not ok 2 - b \\#1.json',
    'not ok 3 - c.json',
    '  ---',
    '  message: "the file cannot be used"',
    '  reasons:',
    '    - "c.json:1:2: error: no"',
    '  ...',
  ]);
});

test('a step that a stopped run did not reach is not ok', () => {
  const stopped = { execution: 1, reason: 'oops', message: 'A NULL pointer.' } as const;
  const lines = [...tap([{ name: 'a', scenario, run: runOf(good.slice(0, 1), { stopped }) }])];
  expect(lines).toContain('    ok 1 - step 1 backing_open');
  expect(lines).toContain('    not ok 2 - step 3 backing_close');
  expect(lines).toContain('not ok 1 - a');
});

test('a file that expects nothing has one test: that its run came to the end', () => {
  const silent = {
    ...scenario,
    steps: scenario.steps.map(({ expect: _, ...step }) => step),
  } as typeof scenario;
  expect([...tap([{ name: 'a', scenario: silent, run: runOf(good) }])]).toEqual([
    'TAP version 14',
    '1..1',
    '# Subtest: a',
    '    ok 1 - the run came to its end (no step expects anything)',
    '    1..1',
    'ok 1 - a',
  ]);
});
