// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import type { Machine } from '#engine/core/machine.ts';
import { newMachine, openPassthrough } from '../core-machine.ts';
import { coreBytes, loadCore } from '../core-module.ts';

/** Drops a reference that is not held, which no scenario can do. */
function putTooOften(machine: Machine): void {
  const { handle } = machine.passthroughOpen(openPassthrough(machine));
  for (let i = 0; i < 3; i++) machine.passthroughRelease(handle!);
}

test('a debug build tells an invariant that does not hold, with its place', () => {
  const machine = newMachine(loadCore('debug'));
  putTooOften(machine);
  expect(() => openPassthrough(machine)).toThrow(
    /^assembly\/mm\/slab\.ts:\d+:\d+: it does not hold that no object is written to after it was freed$/,
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
