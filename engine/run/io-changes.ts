// SPDX-License-Identifier: MIT
import { NO_RUNS, addRun } from './sector-runs.ts';
import type { Change, FileState, IoEvent, SectorRun, SectorRuns } from './types.ts';

const SECTOR_SHIFT = 9n;

/** What an I/O step changed: the devices that it reached, and the sizes of its file. */
export function ioChanges(events: readonly IoEvent[], before: FileState, after: FileState): Change[] {
  const devices = new Map<string, { bios: number; written: SectorRuns; read: SectorRuns }>();
  for (const event of events) {
    if (event.kind !== 'bio') continue;
    const device = devices.get(event.device) ?? { bios: 0, written: NO_RUNS, read: NO_RUNS };
    devices.set(event.device, device);
    device.bios++;
    if (event.error !== 0) continue;
    const run: SectorRun = { sector: event.sector, sectors: event.lengthBytes >> SECTOR_SHIFT };
    if (event.op === 'write') device.written = addRun(device.written, run);
    else device.read = addRun(device.read, run);
  }
  const reached = [...devices].map(([device, { bios, written, read }]): Change => {
    return { kind: 'device', device, bios, written: [...written.runs], read: [...read.runs] };
  });
  const same = before.sizeBytes === after.sizeBytes && before.diskSizeBytes === after.diskSizeBytes;
  return same ? reached : [...reached, { kind: 'sizes', from: before, to: after }];
}
