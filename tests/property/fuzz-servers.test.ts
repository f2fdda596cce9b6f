// SPDX-License-Identifier: MIT
// The example servers under random operations: the right ones pass, each wrong one is found. FUZZ_OPS sets how many for each
// right one, FUZZ_SEED where the seeds begin.
import { describe, expect, test } from 'vitest';
import { fuzz, replay } from '#engine/fuzz/fuzz.ts';
import type { FuseServer } from '#engine/server/fuse-server.ts';
import { documentOf } from '#engine/scenario/plain-json.ts';
import { CopyOnWrite } from '../../examples/servers/copy-on-write.ts';
import { Extents } from '../../examples/servers/extents.ts';
import { Linear } from '../../examples/servers/linear.ts';
import { Striped } from '../../examples/servers/striped.ts';
import { DirectCopyOnWrite } from '../../examples/servers/wrong-direct-copy-on-write.ts';
import { EndOfFile } from '../../examples/servers/wrong-end-of-file.ts';
import { NewForgotten } from '../../examples/servers/wrong-new-forgotten.ts';
import { OnePlace } from '../../examples/servers/wrong-one-place.ts';
import { ZeroedWriteSlot } from '../../examples/servers/wrong-zeroed-write-slot.ts';
import { loadCore } from '../core-module.ts';

// Each wrong server below is found within 250 operations, with this seed and with others.
const OPS = Number(process.env['FUZZ_OPS'] ?? 500);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const machine = (revision: string) =>
  documentOf({
    format: 1,
    kernel: { revision },
    devices: {
      vda: { size: '2M', contents: 'pattern' },
      vdb: { size: '2M', contents: 'pattern' },
    },
    inodes: { a: { size: 50_000 }, b: { size: 50_000 } },
    steps: [],
  }).value;

const run = (make: () => FuseServer, revision: string, ops: number, faults = false) =>
  fuzz(loadCore('trace', revision as never), machine(revision), make, { ops, seed: SEED, faults });

/** Without the document of a failure, which is long: FUZZ_SEED with the seed that is told makes it again. */
const passes = ({ done, failure }: ReturnType<typeof run>, ops: number) =>
  expect({ done, problem: failure?.problem, seed: failure?.seed }).toEqual({ done: ops });

describe.each(['v6-04', 'late'])('%s: right servers', (revision) => {
  test.each<[string, () => FuseServer]>([
    ['linear', () => new Linear()],
    ['extents', () => new Extents()],
    ['striped', () => new Striped()],
    ['copy-on-write', () => new CopyOnWrite()],
  ])('%s: no byte is different', { timeout: 600_000 }, (_, make) => {
    passes(run(make, revision, OPS), OPS);
  });
});

test.each<[string, () => FuseServer]>([
  ['linear', () => new Linear()],
  ['extents', () => new Extents()],
])('%s, on devices that fail: nothing promised is lost', { timeout: 600_000 }, (_, make) => {
  passes(run(make, 'v6-04', 2 * OPS, true), 2 * OPS);
});

describe('each wrong server is found within 2,000 operations, in a short run', () => {
  test.each<[string, () => FuseServer, RegExp]>([
    ['zeroed write slot', () => new ZeroedWriteSlot(), /length-zero \(write\)/],
    ['F_NEW forgotten', () => new NewForgotten(), /byte \d+ is \d+, expected \d+/],
    ['end of file', () => new EndOfFile(), /byte \d+ is \d+, expected \d+/],
    ['two files on one place', () => new OnePlace(), /byte \d+ is \d+, expected \d+/],
    ['direct copy-on-write', () => new DirectCopyOnWrite(), /byte \d+ is \d+, expected \d+/],
  ])('%s', { timeout: 600_000 }, (_, make, problem) => {
    const { done, failure } = run(make, 'v6-04', 2_000);
    expect(failure?.problem).toMatch(problem);
    expect(done).toBeLessThanOrEqual(2_000);
    expect(failure!.steps).toBeLessThanOrEqual(12);
    // As a scenario it goes wrong again, and with a server that is right it does not.
    const core = loadCore('trace', 'v6-04');
    expect(replay(core, failure!.document, make)).toEqual({
      at: failure!.steps - 1,
      problem: failure!.problem,
    });
  });
});
