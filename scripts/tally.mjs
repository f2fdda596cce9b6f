// SPDX-License-Identifier: MIT
// How many tests of a suite passed and failed. A suite that ran none, that left no report, or that ended with
// an error although no test failed, counts as one failure: silence is never success.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const ROOT = `${import.meta.dirname}/..`;

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 * @property {boolean} [counted] whether the stage has tests of its own
 * @property {string} [remark]
 * @property {number} [wavered] how many of the passed ones needed a second try
 * @property {string[]} [failures] what failed: a name and, on lines of their own, the beginning of what it said
 */

/**
 * `N passed, M failed`, and what was skipped if anything was.
 * @param {Pick<Tally, 'passed' | 'failed' | 'skipped'>} tally
 */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

/**
 * A stage without tests: it is well or it is one failure.
 * @param {number} status exit status
 * @returns {Tally}
 */
export function stageTally(status) {
  return { passed: 0, failed: status === 0 ? 0 : 1 };
}

/**
 * A program whose last line says `N passed, M failed`.
 * @param {number} status
 * @param {string} output
 * @returns {Tally}
 */
export function lastTally(status, output) {
  const match = /^(\d+) passed, (\d+) failed$/.exec(output.trimEnd().split('\n').at(-1) ?? '');
  if (match === null) return broken('it did not end with `N passed, M failed`');
  return sound(status, { passed: Number(match[1]), failed: Number(match[2]), skipped: 0 });
}

/** How many tests of a run, of all its suites, may need a second try. More are not chance. */
const MAY_WAVER = 2;

/**
 * A test that failed and then passed is a passed one as long as there are few, and named in any case: it wants
 * mending. Those of one suite alone are judged here, those of all suites by `waveringInAll`.
 * @param {{ title: string }[]} again
 * @param {(counts: { passed: number, failed: number, skipped: number }) => Tally} tallyOf
 * @param {{ passed: number, failed: number, skipped: number }} others the counts without those tests
 * @returns {Tally}
 */
function wavering(again, tallyOf, { passed, failed, skipped }) {
  const tooMany = again.length > MAY_WAVER;
  const tally = tallyOf({
    passed: passed + (tooMany ? 0 : again.length),
    failed: failed + (tooMany ? again.length : 0),
    skipped,
  });
  const remarks = again.map(({ title }) => `at the second try: ${title}`);
  if (tooMany) remarks.unshift(`more than ${MAY_WAVER} tests needed a second try`);
  if (remarks.length > 0) tally.remark = [tally.remark, ...remarks].filter(Boolean).join('; ');
  if (again.length > 0 && !tooMany) tally.wavered = again.length;
  return tally;
}

/**
 * Suites that are each below the limit can pass it together: then those tests count as failed in all of them.
 * @param {readonly Tally[]} tallies
 * @returns {Tally[]}
 */
export function waveringInAll(tallies) {
  const all = tallies.reduce((sum, { wavered = 0 }) => sum + wavered, 0);
  if (all <= MAY_WAVER) return [...tallies];
  return tallies.map((tally) => {
    const { wavered = 0, passed, failed, remark } = tally;
    if (wavered === 0) return tally;
    const why = `more than ${MAY_WAVER} tests of this run needed a second try`;
    return { ...tally, passed: passed - wavered, failed: failed + wavered, remark: `${why}; ${remark}` };
  });
}

/** How many lines of what a failed test said are told again at the end. */
const TOLD_LINES = 12;

/** @param {string} title @param {string | undefined} message */
function said(title, message) {
  // Where in the test runner it was thrown helps nobody.
  const lines = (message ?? '')
    .trim()
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules/.test(line));
  return [title, ...lines.slice(0, TOLD_LINES)].join('\n    ').trimEnd();
}

/**
 * Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure. A test that failed
 * and then passed has failure messages although it passed; the rule of `wavering` holds for it.
 * @param {number} status
 * @param {string} path
 * @param {boolean} [maySkipAll] whether skipping every test is not a failure
 * @returns {Tally}
 */
export function vitestTally(status, path, maySkipAll = false) {
  const report = read(path);
  if (report === null) return broken(`no report in ${path}`);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report;
  /** @type {VitestFile[]} */
  const files = testResults;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  const named = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, title: `${relative(ROOT, name)}: ${test.fullName}` })),
  );
  const skipped = numPendingTests + numTodoTests;
  if (maySkipAll && status === 0 && numPassedTests + numFailedTests + brokenFiles.length === 0 && skipped > 0)
    return { passed: 0, failed: 0, skipped, counted: true };
  const again = named.filter((test) => test.status === 'passed' && test.failureMessages?.length > 0);
  const tally = wavering(again, (counts) => sound(status, counts), {
    passed: numPassedTests - again.length,
    failed: numFailedTests + brokenFiles.length,
    skipped,
  });
  const failures = [
    ...brokenFiles.map(({ name, message }) => ({ title: relative(ROOT, name), failureMessages: [message] })),
    ...named.filter((test) => test.status === 'failed'),
    ...again,
  ];
  if (failures.length > 0)
    tally.failures = failures.map(({ title, failureMessages = [] }) => said(title, failureMessages[0]));
  return tally;
}

/**
 * @typedef {object} VitestFile
 * @property {string} name
 * @property {string} status
 * @property {string} message
 * @property {{ fullName: string, status: string, failureMessages: string[] }[]} assertionResults
 */

/**
 * Playwright's JSON report; for tests that needed a second try see `wavering`.
 * @param {number} status
 * @param {string} path
 * @returns {Tally}
 */
export function playwrightTally(status, path) {
  const report = read(path);
  if (report === null) return broken(`no report in ${path}`);
  const { expected, unexpected, skipped } = report.stats;
  const again = testsThat('flaky', report);
  const tally = wavering(again, (counts) => sound(status, counts), {
    passed: expected,
    failed: unexpected,
    skipped,
  });
  const failures = [...testsThat('unexpected', report), ...again];
  if (failures.length > 0) tally.failures = failures.map(({ title, message }) => said(title, message));
  return tally;
}

/**
 * @typedef {object} Suite
 * @property {Suite[]} [suites]
 * @property {Spec[]} [specs]
 *
 * @typedef {object} Spec
 * @property {string} title
 * @property {string} file
 * @property {number} line
 * @property {{ status: string, results?: { error?: { message?: string } }[] }[]} tests
 */

/**
 * The places and titles of the tests that came out so, and what the first try said.
 * @param {'flaky' | 'unexpected'} outcome
 * @param {Suite} suite
 * @returns {{ title: string, message: string | undefined }[]}
 */
function testsThat(outcome, { suites = [], specs = [] }) {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === outcome)
      .map(({ results }) => ({ title: `${file}:${line} ${title}`, message: results?.[0]?.error?.message })),
  );
  return [...own, ...suites.flatMap((suite) => testsThat(outcome, suite))];
}

/**
 * @param {number} status
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @returns {Tally}
 */
function sound(status, counts) {
  if (counts.passed + counts.failed === 0) return broken('it ran no test');
  if (status !== 0 && counts.failed === 0)
    return { ...counts, failed: 1, counted: true, remark: `no test failed, but it exited with ${status}` };
  return { ...counts, counted: true };
}

/** @param {string} remark @returns {Tally} */
function broken(remark) {
  return { passed: 0, failed: 1, counted: true, remark };
}

/** @param {string} path */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
