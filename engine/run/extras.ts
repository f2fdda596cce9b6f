// SPDX-License-Identifier: MIT
import { answersOf, withoutServer } from './answers.ts';
import { MayMachine } from '../core/may-machine.ts';
import type { MachineSetup } from '../core/setup.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { ObservedBytes } from './expect-io.ts';
import { checkExpectation } from './expect.ts';
import { afterRelease, endConnection, unreachable } from './connection-end.ts';
import { executeIo } from './io-step.ts';
import { beforeIoctl, serverOf, setupOf } from './may.ts';
import { CacheMap } from './origins.ts';
import { logLines } from './tracepoints.ts';

/**
 * What a run does beside the verdicts of begins, ends and the backing table: I/O, expectations, log lines. A BareRunner
 * is handed it, so that the page can load it after its first verdict.
 */
export const extras = {
  newMachine: (module: WebAssembly.Module, setup: MachineSetup) => new MayMachine(module, setup),
  newCaches: () => new CacheMap(),
  executeIo,
  unreachable,
  endConnection,
  afterRelease,
  beforeIoctl,
  serverOf,
  answersOf,
  withoutServer,
  setupOf,
  checkExpectation,
  looksAt,
  logLines,
};

export type Extras = typeof extras;

/** What the expectations of a step may look at: the bytes it read, the devices as they are and as they were. */
function looksAt(
  module: WebAssembly.Module,
  scenario: Scenario,
  machine: MayMachine,
  data: Uint8Array | null,
): ObservedBytes {
  let unused: MayMachine | null = null;
  return {
    data,
    peek: (device, at, lengthBytes) => machine.peek(device, at, lengthBytes),
    // Made for the few that ask.
    initial: (device, at, lengthBytes) =>
      (unused ??= new MayMachine(module, setupOf(scenario))).peek(device, at, lengthBytes),
  };
}
