// SPDX-License-Identifier: MIT
import { RunList } from './sector-runs.ts';
import type { Change, FileState, IoEvent } from './types.ts';

const SECTOR_SHIFT = 9n;

/** What an I/O step changed: the devices that it reached, and the sizes of its file. */
export function ioChanges(events: readonly IoEvent[], before: FileState, after: FileState): Change[] {
  // Few devices: a list of them is searched faster than a map is made.
  const devices: { device: string; bios: number; written: RunList; read: RunList }[] = [];
  for (const event of events) {
    if (event.kind !== 'bio') continue;
    let reached = devices.find(({ device }) => device === event.device);
    if (reached === undefined) {
      reached = { device: event.device, bios: 0, written: new RunList(), read: new RunList() };
      devices.push(reached);
    }
    reached.bios++;
    if (event.error !== 0) continue;
    const run = { sector: event.sector, sectors: event.lengthBytes >> SECTOR_SHIFT };
    (event.op === 'write' ? reached.written : reached.read).add(run);
  }
  const changes = devices.map(({ device, bios, written, read }): Change => {
    return { kind: 'device', device, bios, written: written.listed().runs, read: read.listed().runs };
  });
  const same = before.sizeBytes === after.sizeBytes && before.diskSizeBytes === after.diskSizeBytes;
  if (!same) changes.push({ kind: 'sizes', from: before, to: after });
  return changes;
}
