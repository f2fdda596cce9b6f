// SPDX-License-Identifier: MIT
/** The thread in which the engine runs when its server is a process: it waits where the main thread must not. */
import { parentPort, workerData } from 'node:worker_threads';
import { fuzz, replay } from '#engine/fuzz/fuzz.ts';
import { foreseeAll } from '#engine/run/foresee-calls.ts';
import { Runner } from '#engine/run/runner.ts';
import { lineServer } from '#engine/server/lines.ts';
import { askAndWait } from './channel.ts';
import type { Job, JobResult } from './jobs.ts';

const { job, channel } = workerData as { job: Job; channel: SharedArrayBuffer };
const port = parentPort!;
const server = lineServer((line) => askAndWait(channel, port, line));

function work(): JobResult {
  if (job.kind === 'fuzz') {
    const { core, value, replay: again } = job;
    return again ? { replayed: replay(core, value, server) } : { fuzzed: fuzz(core, value, server, job) };
  }
  return { run: new Runner(job.core, job.foresee ? foreseeAll : undefined, server).run(job.scenario) };
}

port.postMessage({ done: work() });
