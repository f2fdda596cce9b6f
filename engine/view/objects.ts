// SPDX-License-Identifier: MIT
import type { MachineState, TableEntry } from '../run/types.ts';

/** The object with a serial, in the first state that knows it, with an id or without. */
function objectOf(serial: number, ...states: MachineState[]): TableEntry | undefined {
  for (const { entries, detached } of states) {
    const entry = [...entries, ...detached].find((each) => each.serial === serial);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** What an entry stands for: its device, or the descriptor of a file that is not a device. */
export const entryTarget = (entry: TableEntry) => entry.device ?? `file of fd ${entry.fd}`;

/** `id 1 (vda)`. */
export function objectName(serial: number, ...states: MachineState[]): string {
  const entry = objectOf(serial, ...states);
  return entry === undefined ? `object #${serial}` : `id ${entry.id} (${entryTarget(entry)})`;
}
