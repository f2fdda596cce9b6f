// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { readCore } from './core.ts';
import { ioStepsDocument } from './io-steps.ts';

test('each step of the I/O bench does all of its I/O, and is the same every time', () => {
  const { scenario } = parseDocument(JSON.stringify(ioStepsDocument(500)));
  expect(parseDocument(JSON.stringify(ioStepsDocument(500))).scenario).toEqual(scenario);
  const { executions } = run(readCore('v6-04', 'trace'), scenario!);
  expect(executions.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  for (const { step, ret } of executions) {
    const asked = scenario!.steps[step]!;
    if (asked.do === 'pread' || asked.do === 'pwrite') expect(ret).toBe(BigInt(asked.length!));
  }
  const made = (name: string) => executions.filter((execution) => execution.do === name).length;
  expect([executions.length, made('pwrite'), made('pread'), made('fsync')]).toEqual([500, 250, 200, 49]);
});
