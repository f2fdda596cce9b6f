// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../../tests/core-module.ts';
import { parseDocument } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { BareRunner } from './bare-runner.ts';
import { extras } from './extras.ts';
import { needsExtras } from './needs-extras.ts';
import { run } from './runner.ts';
import type { Run } from './types.ts';

const core = loadCore();

function scenario(steps: object[]): Scenario {
  const { scenario, problems } = parseDocument(JSON.stringify({ format: 1, steps }));
  if (scenario === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return scenario;
}

const hole = { read: { type: 'HOLE', length: 4096, addr: 'NULL_ADDR' } };
const CALLS = [
  { do: 'backing_open' },
  { do: 'iomap_begin', reply: hole },
  { do: 'iomap_end' },
  { do: 'iomap_begin', reply: { read: { ...hole.read, length: 0 } } },
  { do: 'backing_close' },
];
const unlogged = (whole: Run): Run => ({
  ...whole,
  executions: whole.executions.map((execution) => ({ ...execution, log: [] })),
});

test('without extras the verdicts are those of a whole run, and nothing is logged', () => {
  const bare = new BareRunner(core).run(scenario(CALLS));
  expect(bare).toEqual(unlogged(run(core, scenario(CALLS))));
});

test('with extras a run is whole, also what was run bare before', () => {
  const runner = new BareRunner(core);
  const steps = Array.from({ length: 300 }, () => CALLS[1]!);
  runner.run(scenario(steps));
  runner.addExtras(extras);
  const again = scenario([...steps, { do: 'pread', replies: [hole] }]);
  const whole = runner.run(again);
  expect(whole).toEqual(run(core, again));
  expect(whole.executions.every(({ log, io }) => log.length > 0 || io !== null)).toBe(true);
});

test('I/O and expectations need extras, and no run of them goes on without', () => {
  expect(needsExtras(scenario(CALLS))).toBe(false);
  expect(needsExtras(scenario([...CALLS, { do: 'backing_open', expect: { ret: 2 } }]))).toBe(true);
  const io = scenario([{ do: 'fsync' }]);
  expect(needsExtras(io)).toBe(true);
  expect(() => new BareRunner(core).run(io)).toThrow('extras');
});
