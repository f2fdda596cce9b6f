// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { loadCore } from '../core-module.ts';
import { runMany } from '../fsx/setups.ts';

/**
 * The same with devices that fail and a server that refuses. An error must be one that a device or the server caused, and a buffered
 * read's always -EIO; what a direct write or a successful fsync has promised must be on the devices at the end. FSX_OPS and
 * FSX_SEED as for the test without faults.
 */
const COUNT = Number(process.env['FSX_OPS'] ?? 10_000);
const SEED = Number(process.env['FSX_SEED'] ?? 1);

test.each(['v6-04', 'late'] as const)('%s: nothing promised is lost', { timeout: 3_600_000 }, (revision) => {
  const tally = { failed: 0, compared: 0 };
  const how = { faults: true, late: revision === 'late', tally };
  expect(runMany(loadCore('debug', revision), COUNT, SEED, how)).toBeGreaterThanOrEqual(COUNT);
  if (COUNT < 1000) return;
  expect(tally.failed).toBeGreaterThan(COUNT / 50);
  expect(tally.compared).toBeGreaterThan(COUNT * 10);
});
