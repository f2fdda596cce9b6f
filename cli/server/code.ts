// SPDX-License-Identifier: MIT
/** The code of a server that a scenario has in it: runs it in a process of its own, and returns what it said. */
import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Scenario } from '#engine/scenario/schema.ts';
import { CALLBACKS, type RecordedFault, type ServerRecord } from '#engine/scenario/server-record.ts';
import { Collector } from '#engine/server-code/collect.ts';
import { packageFile } from '../common/package-file.ts';
import type { Settings } from '../common/running.ts';
import { builtFile } from './behind.ts';
import type { CodeChildJob } from './code-job.ts';
import { MEMORY_MB, endWords, watchMemory } from './memory.ts';

/** Of what it writes to its standard error the end is kept. */
const HEARD_CHARS = 20_000;
/** How many answers' time a whole run may take. */
const RUN_LIMITS = 12;

/** What help says of the dangers. */
export const CODE_NOTE =
  `--run-server runs code that came with a scenario in a process of its own, with ${MEMORY_MB} MB of memory, the time ` +
  'limit, and no right to files or to other programs. The network is not kept from it: for code of strangers the page ' +
  'is the safer place, where it reaches nothing.';

/** The option that lets such code run, wherever a command takes it. */
export const RUN_SERVER_OPTION = {
  'run-server': {
    type: 'boolean',
    about: 'runs the code of a server that a scenario has in it; without this such a scenario is not run',
  },
} as const;

/** Why a scenario can't be run with these settings, in words; null if it can. */
export function needsPermission(scenario: Scenario, { behind, play }: Settings): string | null {
  if (scenario.server === undefined || behind || play) return null;
  return 'it has the code of a server, which only --run-server runs: read it first (run --help says what it may do)';
}

/** Runs the code until it ends, is silent for longer than the limit, or dies. */
export async function playInChild(scenario: Scenario, limitMs: number): Promise<ServerRecord> {
  const collector = new Collector();
  // Most runs need no reader of TypeScript, which is larger than all else of the command line.
  const { transpile } = await import('#engine/server-code/transpile.ts');
  const made = transpile(scenario.server ?? '');
  if ('message' in made) {
    const line = made.line === null ? '' : ` (line ${made.line} of the server)`;
    return broken(`it can't be read: ${made.message}${line}`);
  }
  const core = await coreBytes(scenario.kernel.revision);
  const { server: _, ...rest } = scenario;
  const ended = await ask({ core, scenario: rest, code: made.code }, collector, limitMs);
  return collector.broken === null ? collector.record(ended) : broken(collector.broken);
}

/** A server that did not start: the run says so, and none of its requests has an answer. */
const broken = (message: string): ServerRecord => ({
  start: { has: CALLBACKS, did: [], fault: { kind: 'threw', message } },
  calls: [],
  ended: { kind: 'died', message: 'it had not started' },
});

function ask(job: CodeChildJob, collector: Collector, limitMs: number): Promise<RecordedFault | null> {
  const program = builtFile('server-code.js');
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${MEMORY_MB}`, ...rights(dirname(program))],
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-HEARD_CHARS)));
  return new Promise((resolve) => {
    let step: NodeJS.Timeout;
    const end = (fault: RecordedFault | null) => {
      clearTimeout(step);
      clearTimeout(whole);
      unwatch();
      child.kill('SIGKILL');
      resolve(fault);
    };
    const late = (ms: number, what: string) =>
      setTimeout(() => end({ kind: 'timeout', message: `${what} within ${ms} ms; it was stopped` }), ms);
    const unwatch = watchMemory(child.pid, (message) => end({ kind: 'too-much', message }));
    const whole = late(limitMs * RUN_LIMITS, 'the run did not end');
    step = late(limitMs, 'it gave no answer');
    let steps = -1;
    child.on('message', (batch) => {
      if (!collector.hear(batch)) return end({ kind: 'too-much', message: 'it said more than a server can' });
      if (collector.done) return end(null);
      if (collector.steps === steps) return;
      steps = collector.steps;
      clearTimeout(step);
      step = late(limitMs, 'it gave no answer');
    });
    child.on('error', ({ message }) => end({ kind: 'died', message }));
    // What it said last is read by then.
    child.on('close', (status, signal) => {
      if (!collector.done) end({ kind: 'died', message: endWords(status, signal, said, MEMORY_MB) });
    });
    child.send(job);
  });
}

/** Options that keep files, programs and threads from the process, but for the reading of this program. */
function rights(folder: string): string[] {
  const name = ['--permission', '--experimental-permission'].find((one) =>
    process.allowedNodeEnvironmentFlags.has(one),
  );
  return name === undefined ? [] : [name, `--allow-fs-read=${folder}/*`, '--no-warnings'];
}

async function coreBytes(revision: string): Promise<Uint8Array> {
  const file = `build/core/${revision}.trace.wasm`;
  const path = packageFile(file);
  if (path === null) throw new Error(`${file} is missing. In a clone, npm run build:core makes it.`);
  return readFile(path);
}
