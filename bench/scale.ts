// SPDX-License-Identifier: GPL-2.0-only
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { run } from '../engine/run.ts';
import { parseDocument } from '../engine/scenario/parse.ts';
import type { Scenario } from '../engine/scenario/schema.ts';
import { readCore } from './core.ts';
import { median, table } from './table.ts';

const REPETITIONS = 5;

/** A scenario with one device and `count` steps: begins that are accepted and refused, and ends. */
function mixed(count: number): Scenario {
  const steps: object[] = [{ do: 'backing_open' }];
  for (let index = 1; index < count; index++) steps.push(step(index, 1));
  return scenario({ format: 1, steps });
}

/** The table filled with 1,024 iomap devices, then 1,000 steps that look them up. */
function fullTable(): Scenario {
  const steps: object[] = [{ do: 'backing_open', times: 1024 }];
  for (let index = 1; index <= 1000; index++) steps.push(step(index, (index % 1024) + 1));
  return scenario({ format: 1, steps });
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

/** Time and memory of run() for each execution, as scenarios grow: both should stay flat. */
export function benchScale(): void {
  const core = readCore('v6-04', 'trace');
  const cases = [
    ...[100, 1000, 10_000].map((count) => ({ name: `${count} steps`, scenario: mixed(count) })),
    { name: '1,024 devices and 1,000 steps', scenario: fullTable() },
  ];
  // Warm-up, with all there is.
  for (const { scenario } of cases) run(core, scenario);

  const results = cases.map(({ name, scenario }) => {
    const executions = run(core, scenario).executions.length;
    const micros = median(
      Array.from({ length: REPETITIONS }, () => {
        const start = performance.now();
        run(core, scenario);
        return ((performance.now() - start) * 1000) / executions;
      }),
    );
    return { name, executions, micros, bytes: retained(() => run(core, scenario)) / executions };
  });
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

/** Bytes that the result of `make` keeps alive, on the heap and in buffers. */
function retained(make: () => unknown): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const used = () => {
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const kept: unknown[] = [make()];
  const after = used();
  // Read after the measurement, so that nothing could be collected before it.
  if (kept.length !== 1) throw new Error('unreachable');
  return after - before;
}
