// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../core-module.ts';
import { runMany } from '../fsx/setups.ts';

/**
 * Random operations on a file against an array of bytes, with a server that makes no mistakes. FSX_OPS sets how
 * many for each revision, FSX_SEED where the seeds begin; a failure prints the seed that it needs.
 */
const COUNT = Number(process.env['FSX_OPS'] ?? 12_000);
const SEED = Number(process.env['FSX_SEED'] ?? 1);

test.each([
  ['v6-04', 'debug'],
  ['v6-04', 'fast'],
  ['late', 'debug'],
] as const)('%s, %s build: no byte is different', { timeout: 3_600_000 }, (revision, build) => {
  const done = runMany(loadCore(build, revision), COUNT, SEED, { faults: false, late: revision === 'late' });
  expect(done).toBeGreaterThanOrEqual(COUNT);
});
