// SPDX-License-Identifier: MIT
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { readCore } from './core.ts';
import { ioStepsDocument } from './io-steps.ts';
import { median, table } from './table.ts';

const REPETITIONS = 5;
/** Executions in one sample, about. */
const SAMPLE_EXECUTIONS = 10_000;

/** A scenario with one device and `count` steps: begins that are accepted and refused, and ends. */
export function mixedDocument(count: number): object {
  const steps: object[] = [{ do: 'backing_open' }];
  for (let index = 1; index < count; index++) steps.push(step(index, 1));
  return { format: 1, steps };
}

/** The table filled with 1,024 iomap devices, then 1,000 steps that look them up. */
function fullTable(): Scenario {
  const steps: object[] = [{ do: 'backing_open', times: 1024 }];
  for (let index = 1; index <= 1000; index++) steps.push(step(index, (index % 1024) + 1));
  return scenario({ format: 1, steps });
}

/** One page is written, then read back, again and again: through the cache and past it. */
export function pagesDocument(count: number): object {
  const steps: object[] = [{ do: 'backing_open' }];
  const replies = [{ read: { type: 'MAPPED', length: '16M', dev: 1 } }];
  for (let index = 1; index < count; index++) {
    const [name, direct] = index % 2 === 0 ? ['pread', false] : ['pwrite', index % 4 === 1];
    steps.push({ do: name, offset: (index >> 1) * 4096, direct, replies });
  }
  return { format: 1, inodes: { a: { size: '16M' } }, steps };
}

function step(index: number, dev: number): object {
  const pos = index * 4096;
  const mapped = { type: 'MAPPED', offset: pos, length: 4096, addr: pos, dev };
  if (index % 4 === 3) return { do: 'iomap_end' };
  if (index % 4 === 1) return { do: 'iomap_begin', pos, reply: { read: { ...mapped, length: 4095 } } };
  return { do: 'iomap_begin', pos, op: ['WRITE'], reply: { read: mapped } };
}

function scenario(value: object): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify(value));
  if (scenario === null) throw new Error(`the bench's own scenario is refused: ${problems[0]?.message}`);
  return scenario;
}

interface Case {
  name: string;
  scenario: Scenario;
  executions: number;
  /** Runs in one sample: a small scenario is run often, so that every sample is of the same length. */
  runs: number;
}

/** Time and memory of run() for each execution, as scenarios grow: both should stay flat. */
export function benchScale(): void {
  const core = readCore('v6-04', 'trace');
  const cases: Case[] = [
    ...[100, 1000, 10_000].map((count) => ({
      name: `${count} steps`,
      scenario: scenario(mixedDocument(count)),
    })),
    { name: '1,024 devices and 1,000 steps', scenario: fullTable() },
    { name: '2,000 I/O steps of a page', scenario: scenario(pagesDocument(2000)) },
    { name: '10,000 I/O steps', scenario: scenario(ioStepsDocument(10_000)) },
  ].map(({ name, scenario }) => {
    // Warm-up too.
    const executions = run(core, scenario).executions.length;
    return { name, scenario, executions, runs: Math.max(1, Math.round(SAMPLE_EXECUTIONS / executions)) };
  });
  const micros = cases.map((): number[] => []);
  for (let repetition = 0; repetition < REPETITIONS; repetition++)
    cases.forEach((one, index) => micros[index]?.push(microsEach(core, one)));

  const results = cases.map((one, index) => ({
    ...one,
    micros: median(micros[index] ?? []),
    bytes: bytesEach(core, one),
  }));
  const [, base] = results;
  if (base === undefined) return;
  console.log(
    table(
      ['run() of', 'executions', 'µs each', '/ 1,000', 'bytes kept each', '/ 1,000'],
      results.map(({ name, executions, micros, bytes }) => [
        name,
        String(executions),
        micros.toFixed(2),
        (micros / base.micros).toFixed(2),
        bytes.toFixed(0),
        (bytes / base.bytes).toFixed(2),
      ]),
    ),
  );
}

function microsEach(core: WebAssembly.Module, { scenario, executions, runs }: Case): number {
  const start = performance.now();
  for (let count = 0; count < runs; count++) run(core, scenario);
  return ((performance.now() - start) * 1000) / (runs * executions);
}

/** Bytes for each execution that a Run keeps alive, on the heap and in buffers. */
function bytesEach(core: WebAssembly.Module, { scenario, executions, runs }: Case): number {
  const kept: unknown[] = [];
  const before = usedBytes();
  for (let count = 0; count < runs; count++) kept.push(run(core, scenario));
  const after = usedBytes();
  // `kept` is read after the measurement, so that nothing in it could be collected before.
  return (after - before) / (kept.length * executions);
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
