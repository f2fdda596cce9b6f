// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { execution, runOf, scenarioOf } from '../testing/fixture.ts';
import { failuresOf } from './failures.ts';
import { Junit } from './junit.ts';
import { Tap, type FileResult } from './tap.ts';

const scenario = scenarioOf({
  steps: [
    { do: 'backing_open', expect: { ret: 1 } },
    { do: 'backing_open' },
    { do: 'backing_close', times: 2, expect: { ret: 0 } },
  ],
});
const unmet = [{ execution: 3, step: 2, path: ['ret'], expected: '0', actual: '-EBUSY' }];
const good = [0, 1, 2, 2].map((step, index) =>
  execution({ index, step, repeat: index === 3 ? 1 : 0, do: step === 2 ? 'backing_close' : 'backing_open' }),
);
const resultOf = (name: string, run: ReturnType<typeof runOf>): FileResult => ({
  name,
  scenario,
  run,
  failures: failuresOf(run, scenario, {
    strict: true,
    placeOf: (path) => `${name}:${path.length}:9`,
    nearest: () => null,
  }),
});
function report(tap: Tap | Junit, ...results: FileResult[]): string[] {
  return [...tap.begin(), ...results.flatMap((result) => [...tap.file(result)]), ...tap.end()];
}

const bad = good.map((one, index) => (index === 3 ? { ...one, unmet } : one));
const unusable = { name: 'c <.json', reasons: ['c.json:1:2: error: no "x" & \u0001'] };

test('one test for each step that expects something, of all files in a row, with the reasons of those that fail', () => {
  const lines = report(
    new Tap(),
    resultOf('a.json', runOf(good)),
    resultOf('b #1.json', runOf(bad)),
    unusable,
  );
  expect(lines).toEqual([
    'TAP version 13',
    'ok 1 - a.json: step 1 backing_open',
    'ok 2 - a.json: step 3 backing_close',
    'ok 3 - b \\#1.json: step 1 backing_open',
    'not ok 4 - b \\#1.json: step 3 backing_close',
    '  ---',
    '  message: "expectations not met"',
    '  at: "b #1.json:4:9"',
    '  reason: "execution 2: ret: expected 0, got -EBUSY"',
    expect.stringMatching(/^ {2}verdict: "/),
    '  ...',
    'not ok 5 - c <.json: the file can be used',
    '  ---',
    '  message: "the file cannot be used"',
    '  reason: "c.json:1:2: error: no \\"x\\" & \\\\u{1}"',
    '  ...',
    '1..5',
  ]);
});

test('JUnit: a testsuite for each file, with counts, and text that is XML whatever is in it', () => {
  const lines = report(
    new Junit(),
    resultOf('a.json', runOf(good)),
    resultOf('b.json', runOf(bad)),
    unusable,
  );
  expect(lines.slice(0, 4)).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="iomap-playground">',
    '  <testsuite name="a.json" tests="2" failures="0" errors="0" skipped="0" time="0">',
    '    <testcase classname="a.json" name="step 1 backing_open" file="a.json" time="0"/>',
  ]);
  expect(lines).toContain(
    '  <testsuite name="b.json" tests="2" failures="1" errors="0" skipped="0" time="0">',
  );
  expect(lines).toContain(
    '    <testcase classname="b.json" name="step 3 backing_close" file="b.json" line="4" time="0">',
  );
  expect(lines).toContain('      <failure message="execution 2: ret: expected 0, got -EBUSY" type="unmet">');
  expect(lines).toContain(
    '  <testsuite name="c &lt;.json" tests="1" failures="0" errors="1" skipped="0" time="0">',
  );
  expect(lines).toContain('c.json:1:2: error: no &quot;x&quot; &amp; \\u{1}');
  expect(lines.at(-1)).toBe('</testsuites>');
});

test('a step that a stopped run did not reach is not ok, and neither is that the run came to its end', () => {
  const stopped = { execution: 1, reason: 'oops', message: 'A NULL pointer.' } as const;
  const lines = report(new Tap(), resultOf('a', runOf(good.slice(0, 1), { stopped })));
  expect(lines).toContain('ok 1 - a: step 1 backing_open');
  expect(lines).toContain('not ok 3 - a: step 3 backing_close');
  expect(lines).toContain('not ok 4 - a: the run came to its end');
  expect(lines).toContain('  reason: "A NULL pointer."');
});

test('a file that expects nothing has one test: that its run came to the end', () => {
  const silent = {
    ...scenario,
    steps: scenario.steps.map(({ expect: _, ...step }) => step),
  } as typeof scenario;
  const lines = report(new Tap(), { name: 'a', scenario: silent, run: runOf(good), failures: [] });
  expect(lines).toEqual(['TAP version 13', 'ok 1 - a: the run came to its end', '1..1']);
});
