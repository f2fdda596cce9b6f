// SPDX-License-Identifier: MIT
// `npm test`: checks, build, conformance, unit and property tests, browser tests. Each suite shows its own
// output; the last line is `N passed, M failed`, the sum of conformance rows, Vitest and Playwright tests, and
// `, K skipped` after it if any were.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { countsLine, lastTally, playwrightTally, stageTally, vitestTally, waveringInAll } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = `${ROOT}build/test`;

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} command
 * @property {Record<string, string>} [env]
 * @property {boolean} [needed] whether nothing that follows makes sense without it
 * @property {boolean} [beside] runs beside the stage before it: each of the two keeps one processor busy
 * @property {(status: number, output: string) => Tally} tally
 */

/** @type {Stage[]} */
const STAGES = [
  { name: 'types', command: ['npm', 'run', '-s', 'check:types'], tally: stageTally },
  { name: 'lint', command: ['npm', 'run', '-s', 'check:lint'], beside: true, tally: stageTally },
  { name: 'format', command: ['npm', 'run', '-s', 'check:format'], tally: stageTally },
  {
    name: 'build',
    command: ['npm', 'run', '-s', 'build'],
    needed: true,
    beside: true,
    tally: stageTally,
  },
  { name: 'conformance', command: ['npm', 'run', '-s', 'conformance'], tally: lastTally },
  {
    name: 'firefox',
    beside: true,
    command: [
      'sh',
      '-c',
      'node scripts/ensure-firefox.mjs && npx vitest run --config vitest.firefox.config.ts ' +
        `--reporter=default --reporter=json --outputFile.json='${REPORTS}/firefox.json'`,
    ],
    // The one stage that may be left out: a Firefox is not to be had everywhere.
    tally: (status) => vitestTally(status, `${REPORTS}/firefox.json`, true),
  },
  {
    name: 'vitest',
    command: [
      ...['npx', 'vitest', 'run', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${REPORTS}/vitest.json`,
    ],
    tally: (status) => vitestTally(status, `${REPORTS}/vitest.json`),
  },
  {
    name: 'playwright',
    command: ['sh', '-c', 'node scripts/ensure-chromium.mjs && npx playwright test --reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: `${REPORTS}/playwright.json` },
    tally: (status) => playwrightTally(status, `${REPORTS}/playwright.json`),
  },
];

/**
 * Starts a command and keeps what it writes. `shown` is called when its turn comes to show its output: what there
 * is, and from then on as it comes. `ended` resolves to the status and the stdout.
 * @param {Stage} stage
 * @returns {{ shown: () => void, ended: Promise<{ status: number, output: string }> }}
 */
function start({ command: [program = '', ...args], env }) {
  let [output, held, turn] = ['', '', false];
  /** @param {string} text */
  const show = (text) => (turn ? void process.stdout.write(text) : void (held += text));
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    show(text);
  });
  child.stderr.setEncoding('utf8').on('data', show);
  return {
    shown() {
      turn = true;
      process.stdout.write(held);
    },
    ended: new Promise((resolve) => {
      child.on('error', (error) => {
        show(`${error.message}\n`);
        resolve({ status: 127, output });
      });
      child.on('close', (code) => resolve({ status: code ?? 1, output }));
    }),
  };
}

/**
 * The stages that run at the same time, in their order.
 * @param {Stage[]} stages
 */
function groups(stages) {
  /** @type {Stage[][]} */
  const made = [];
  for (const stage of stages) {
    const last = made.at(-1);
    if (stage.beside && last?.length === 1) last.push(stage);
    else made.push([stage]);
  }
  return made;
}

async function main() {
  // A report that an earlier run left behind must not be taken for this one's.
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const only = process.argv.slice(2);
  const unknown = only.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`test: no stage ${unknown.join(', ')}; there are ${STAGES.map((s) => s.name).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  /** @type {{ name: string, tally: Tally }[]} */
  const results = [];
  const wanted = STAGES.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const group of groups(wanted)) {
    let broken = false;
    for (const [stage, started] of group.map((stage) => /** @type {const} */ ([stage, start(stage)]))) {
      console.log(`\n=== ${stage.name}`);
      started.shown();
      const { status, output } = await started.ended;
      const tally = stage.tally(status, output);
      results.push({ name: stage.name, tally });
      if (!stage.needed || tally.failed === 0) continue;
      tally.remark = 'nothing after it was run';
      broken = true;
    }
    if (broken) break;
  }
  report(results);
}

/** @param {{ name: string, tally: Tally }[]} stages */
function report(stages) {
  const tallies = waveringInAll(stages.map(({ tally }) => tally));
  const results = stages.map(({ name, tally }, i) => ({ name, tally: tallies[i] ?? tally }));
  console.log('');
  // Said again here: whoever is shown the end of a long log only must see what failed.
  for (const { name, tally } of results)
    for (const failure of tally.failures ?? [])
      console.log(`${name}: ${stripVTControlCharacters(failure)}\n`);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, tally } of results) {
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.skipped += tally.skipped ?? 0;
    const words = tally.counted ? countsLine(tally) : tally.failed > 0 ? 'failed' : 'ok';
    console.log(`${name.padEnd(12)} ${words}${tally.remark ? ` (${tally.remark})` : ''}`);
  }
  console.log(countsLine(sum));
  process.exitCode = sum.failed > 0 ? 1 : 0;
}

await main();
