// SPDX-License-Identifier: MIT
import { IoMachine } from '../core/io-machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Looks } from './expect-io.ts';
import { machineSetup } from './setup.ts';

/** What the expectations of a step may look at: the bytes it read, the devices as they are and as they were. */
export function looksAt(
  module: WebAssembly.Module,
  scenario: Scenario,
  machine: IoMachine,
  data: Uint8Array | null,
): Looks {
  return {
    data,
    peek: (device, at, lengthBytes) => machine.peek(device, at, lengthBytes),
    // Made for the few that ask.
    initial: (device, at, lengthBytes) =>
      new IoMachine(module, machineSetup(scenario)).peek(device, at, lengthBytes),
  };
}
