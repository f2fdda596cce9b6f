// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Machine } from '#engine/core/machine.ts';
import { DEFAULT_REVISION, REVISIONS as ALL, type Revision } from '#engine/kernel/features.ts';
import { run } from '#engine/run/runner.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { minifyScenario } from '#engine/scenario/print.ts';
import { retarget } from '#engine/scenario/revision.ts';
import { BUILDS } from '../../scripts/core-settings.mjs';
import { newMachine, openPassthrough } from '../core-machine.ts';
import { coreBytes, loadCore } from '../core-module.ts';
import { scenarioDocument } from '../property/scenario-arbitrary.ts';

const REVISIONS = BUILDS.find(({ name }) => name === 'debug')!.revisions as Revision[];
const EXAMPLES = new URL('../../examples/', import.meta.url);
const RANDOM = 60;

/** Drops a reference that is not held, which no scenario can do. */
function putTooOften(machine: Machine): void {
  const { handle } = machine.passthroughOpen(openPassthrough(machine));
  for (let i = 0; i < 3; i++) machine.passthroughRelease(handle!);
}

test('there are debug builds of the default, of what I/O was compared with, and of all since', () => {
  const since = ALL.slice(ALL.indexOf('late'));
  expect(REVISIONS).toEqual([DEFAULT_REVISION, ...since]);
});

test.each(REVISIONS)(
  'a debug build of %s tells an invariant that does not hold, with its place',
  (revision) => {
    const machine = newMachine(loadCore('debug', revision));
    putTooOften(machine);
    expect(() => openPassthrough(machine)).toThrow(
      /^assembly\/mm\/slab\.ts:\d+:\d+: it does not hold that no object is written to after it was freed$/,
    );
  },
);

test.each(REVISIONS)('every invariant of %s holds in the examples and in random scenarios', (revision) => {
  const core = loadCore('debug', revision);
  // What an assert says ends the run with an Error.
  const runs = (text: string) => {
    const { scenario } = parseDocument(text);
    if (scenario !== null) run(core, retarget(scenario, revision));
    return scenario !== null;
  };
  const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));
  expect(examples.length).toBeGreaterThan(0);
  for (const name of examples) expect(runs(readFileSync(new URL(name, EXAMPLES), 'utf8')), name).toBe(true);
  fc.assert(
    fc.property(scenarioDocument(), (document) => runs(minifyScenario(document))),
    { numRuns: RANDOM },
  );
});

test('what is shipped asserts nothing, and imports nothing for it', () => {
  for (const build of ['fast', 'trace'] as const) {
    const machine = newMachine(loadCore(build));
    putTooOften(machine);
    expect(openPassthrough(machine)).toBeGreaterThan(0);
    const modules = WebAssembly.Module.imports(new WebAssembly.Module(coreBytes(build))).map(
      ({ module }) => module,
    );
    expect(modules).not.toContain('env');
  }
});

test('to hear the asserts of a debug build changes nothing for any other module', () => {
  loadCore('debug');
  const other = new WebAssembly.Module(coreBytes('debug'));
  expect(WebAssembly.Module.imports(other).map(({ name }) => name)).toContain('abort');
  expect(
    () =>
      new WebAssembly.Instance(other, { dev: { fuse_request: () => 0 }, trace: { trace_flush: () => {} } }),
  ).toThrow('module="env"');
});
