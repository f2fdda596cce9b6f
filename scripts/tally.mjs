// SPDX-License-Identifier: MIT
// How many tests of a suite passed and failed. A suite that ran none, that left no report, or that ended with
// an error although no test failed, counts as one failure: silence is never success.
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 * @property {boolean} [counted] whether the stage has tests of its own
 * @property {string} [remark]
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

/**
 * Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure.
 * @param {number} status
 * @param {string} path
 * @param {boolean} [maySkipAll] whether skipping every test is not a failure
 * @returns {Tally}
 */
export function vitestTally(status, path, maySkipAll = false) {
  const report = read(path);
  if (report === null) return broken(`no report in ${path}`);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report;
  const brokenFiles = testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
  const passed = numPassedTests;
  const failed = numFailedTests + brokenFiles;
  const skipped = numPendingTests + numTodoTests;
  if (maySkipAll && status === 0 && passed + failed === 0 && skipped > 0)
    return { passed, failed, skipped, counted: true };
  return sound(status, { passed, failed, skipped });
}

/** How many tests of a run may need a second try. More are not chance, and all of them count as failed. */
const MAY_WAVER = 2;

/**
 * Playwright's JSON report. A test that failed and then passed is a passed one as long as there are few, and
 * named in any case: it wants mending.
 * @param {number} status
 * @param {string} path
 * @returns {Tally}
 */
export function playwrightTally(status, path) {
  const report = read(path);
  if (report === null) return broken(`no report in ${path}`);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const tooMany = flaky > MAY_WAVER;
  const tally = sound(status, {
    passed: expected + (tooMany ? 0 : flaky),
    failed: unexpected + (tooMany ? flaky : 0),
    skipped,
  });
  const again = flakyTests(report).map((name) => `at the second try: ${name}`);
  if (tooMany) again.unshift(`more than ${MAY_WAVER} tests needed a second try`);
  if (again.length > 0) tally.remark = [tally.remark, ...again].filter(Boolean).join('; ');
  return tally;
}

/**
 * @typedef {object} Suite
 * @property {Suite[]} [suites]
 * @property {{ title: string, file: string, line: number, tests: { status: string }[] }[]} [specs]
 */

/**
 * The places and titles of the tests that needed more than one try.
 * @param {Suite} suite
 * @returns {string[]}
 */
function flakyTests({ suites = [], specs = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'));
  return [
    ...own.map(({ file, line, title }) => `${file}:${line} ${title}`),
    ...suites.flatMap((suite) => flakyTests(suite)),
  ];
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
