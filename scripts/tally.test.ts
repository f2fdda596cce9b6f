// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countsLine, lastTally, playwrightTally, stageTally, vitestTally, waveringInAll } from './tally.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tally-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function report(value: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}

describe('a program that counts for itself', () => {
  test('is taken at its last line', () => {
    const output = 'skipped: 3 rows of rev late\n1 passed, 9 failed\n8 passed, 2 failed\n';
    expect(lastTally(1, output)).toMatchObject({ passed: 8, failed: 2 });
  });

  test('fails if it ends otherwise, ran nothing, or exits badly', () => {
    expect(lastTally(0, '8 passed, 0 failed\nand more').failed).toBe(1);
    expect(lastTally(0, '').failed).toBe(1);
    expect(lastTally(0, '0 passed, 0 failed').failed).toBe(1);
    expect(lastTally(1, '8 passed, 0 failed')).toMatchObject({ passed: 8, failed: 1 });
  });
});

describe("Vitest's report", () => {
  const file = (status: string, ...tests: string[]) => ({
    ...{ status, name: 'a.test.ts', message: '' },
    assertionResults: tests.map((status) => ({ status })),
  });
  const counts = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };

  test('is summed', () => {
    const path = report({ ...counts, testResults: [file('passed', 'passed')] });
    expect(vitestTally(0, path)).toMatchObject({ passed: 5, failed: 0, skipped: 3 });
  });

  test('counts a file that could not be loaded, and not twice one with failed tests', () => {
    const testResults = [file('failed'), file('failed', 'passed', 'failed')];
    expect(vitestTally(1, report({ ...counts, numFailedTests: 1, testResults })).failed).toBe(2);
  });

  test('may have skipped everything only where that is said, and not if it ended with an error', () => {
    const path = report({ ...counts, numPassedTests: 0, testResults: [file('passed', 'skipped')] });
    expect(vitestTally(0, path).failed).toBe(1);
    expect(vitestTally(0, path, true)).toEqual({ passed: 0, failed: 0, skipped: 3, counted: true });
    expect(vitestTally(1, path, true).failed).toBe(1);
    const none = {
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [],
    };
    expect(vitestTally(0, report(none), true).failed).toBe(1);
  });

  describe('of tests that passed at the second try', () => {
    const again = (count: number) => ({
      name: `${import.meta.dirname}/a.test.ts`,
      status: 'passed',
      assertionResults: [
        { fullName: 'is fine', status: 'passed', failureMessages: [] },
        ...Array.from({ length: count }, (_, i) => ({
          fullName: `wavers ${i}`,
          status: 'passed',
          failureMessages: ['Error: late\n    at file:///x/node_modules/a.js:1:1\n    at a.test.ts:3:4'],
        })),
      ],
    });

    test('names each, with what it said', () => {
      const tally = vitestTally(0, report({ ...counts, testResults: [again(2)] }));
      expect(tally).toMatchObject({ passed: 5, failed: 0 });
      expect(tally.remark).toBe(
        'at the second try: scripts/a.test.ts: wavers 0; at the second try: scripts/a.test.ts: wavers 1',
      );
      expect(tally.failures?.[0]).toBe(
        'scripts/a.test.ts: wavers 0\n    Error: late\n        at a.test.ts:3:4',
      );
    });

    test('fails if there are more than two', () => {
      const tally = vitestTally(0, report({ ...counts, testResults: [again(3)] }));
      expect(tally).toMatchObject({ passed: 2, failed: 3 });
    });
  });

  test('tells again what failed, files that could not be loaded too', () => {
    const testResults = [
      { ...file('failed'), name: `${import.meta.dirname}/b.test.ts`, message: 'no such module' },
      {
        ...file('failed'),
        name: `${import.meta.dirname}/c.test.ts`,
        assertionResults: [{ fullName: 'breaks', status: 'failed', failureMessages: ['Error: 1\nmore'] }],
      },
    ];
    expect(vitestTally(1, report({ ...counts, numFailedTests: 1, testResults })).failures).toEqual([
      'scripts/b.test.ts\n    no such module',
      'scripts/c.test.ts: breaks\n    Error: 1\n    more',
    ]);
  });

  test('must be there and hold tests', () => {
    expect(vitestTally(0, join(folder, 'none.json')).failed).toBe(1);
    expect(vitestTally(0, report({ ...counts, numPassedTests: 0, testResults: [] })).failed).toBe(1);
  });
});

describe("Playwright's report", () => {
  const spec = (title: string, status: string) => ({
    ...{ title, file: 'a.spec.ts', line: 7 },
    tests: [{ status }],
  });

  test('counts what failed at every try', () => {
    const path = report({ stats: { expected: 4, unexpected: 1, flaky: 0, skipped: 2 }, suites: [] });
    expect(playwrightTally(1, path)).toEqual({ passed: 4, failed: 1, skipped: 2, counted: true });
  });

  test('names a test that passed at the second try', () => {
    const suites = [
      { specs: [spec('is fine', 'expected')], suites: [{ specs: [spec('wavers', 'flaky')] }] },
      { specs: [spec('wavers, too', 'flaky')] },
    ];
    const path = report({ stats: { expected: 4, unexpected: 0, flaky: 2, skipped: 0 }, suites });
    const remark = 'at the second try: a.spec.ts:7 wavers; at the second try: a.spec.ts:7 wavers, too';
    expect(playwrightTally(0, path)).toMatchObject({ passed: 6, failed: 0, remark });
  });

  test('fails, with each of them named, if more than two needed a second try', () => {
    const titles = ['one', 'two', 'three'];
    const suites = [{ specs: titles.map((title) => spec(title, 'flaky')) }];
    const path = report({ stats: { expected: 4, unexpected: 1, flaky: 3, skipped: 0 }, suites });
    const tally = playwrightTally(0, path);
    expect(tally).toMatchObject({ passed: 4, failed: 4 });
    expect(tally.remark).toContain('more than 2 tests needed a second try');
    for (const title of titles) expect(tally.remark).toContain(`at the second try: a.spec.ts:7 ${title}`);
  });

  test('must hold tests', () => {
    const path = report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } });
    expect(playwrightTally(0, path).failed).toBe(1);
  });
});

describe('tests that needed a second try, in several suites', () => {
  const suite = (wavered: number, failed = 0) => ({
    ...{ passed: 9, failed, skipped: 0, counted: true },
    ...(wavered > 0 ? { wavered, remark: 'at the second try: one' } : {}),
  });
  const wavering = (title: string) => ({ title, file: 'a.spec.ts', line: 7, tests: [{ status: 'flaky' }] });
  const vitest = () =>
    vitestTally(
      0,
      report({
        ...{ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
        testResults: [
          {
            ...{ name: `${import.meta.dirname}/a.test.ts`, status: 'passed', message: '' },
            assertionResults: [{ fullName: 'wavers', status: 'passed', failureMessages: ['late'] }],
          },
        ],
      }),
    );
  const playwright = (count: number) =>
    playwrightTally(
      0,
      report({
        stats: { expected: 4, unexpected: 0, flaky: count, skipped: 0 },
        suites: [{ specs: Array.from({ length: count }, (_, i) => wavering(`wavers ${i}`)) }],
      }),
    );

  test('pass if they are two in all', () => {
    const tallies = [vitest(), playwright(1)];
    expect(waveringInAll(tallies)).toEqual(tallies);
  });

  test('fail in each suite if they are more than two in all, although no suite has so many', () => {
    const [a, b] = waveringInAll([vitest(), playwright(2)]);
    expect(a).toMatchObject({ passed: 4, failed: 1 });
    expect(b).toMatchObject({ passed: 4, failed: 2 });
    expect(a!.remark).toContain('more than 2 tests of this run needed a second try; at the second try: ');
    expect(b!.remark).toContain('wavers 1');
  });

  test('are not counted twice where a suite alone had too many', () => {
    const alone = playwright(3);
    expect(waveringInAll([suite(2), alone, suite(0, 1)])).toEqual([suite(2), alone, suite(0, 1)]);
  });
});

test('a stage without tests of its own is well or one failure', () => {
  expect([stageTally(0).failed, stageTally(3).failed]).toEqual([0, 1]);
});

test('a line of counts names what was skipped only if anything was', () => {
  expect(countsLine({ passed: 3, failed: 1, skipped: 0 })).toBe('3 passed, 1 failed');
  expect(countsLine({ passed: 0, failed: 0, skipped: 4 })).toBe('0 passed, 0 failed, 4 skipped');
});
