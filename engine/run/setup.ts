// SPDX-License-Identifier: MIT
import type { MachineSetup } from '../core/machine.ts';
import { resolveFds, resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { fileOfKind } from './files.ts';

/** The machine that a scenario describes, before its first step. may.ts adds to it. */
export function machineSetup(scenario: Scenario): MachineSetup {
  const { FUSE_IOMAP, FUSE_PASSTHROUGH } = scenario.kernel.config;
  return {
    config: { iomap: FUSE_IOMAP, passthrough: FUSE_PASSTHROUGH },
    connection: {
      iomap: scenario.connection.iomap,
      passthrough: scenario.connection.passthrough,
      maxStackDepth: scenario.connection.maxStackDepth,
    },
    devices: Object.entries(scenario.devices).map(([name, device]) => ({
      name,
      sizeBytes: device.size,
      logicalBlockSizeBytes: device.logicalBlockSize,
      readOnly: device.readOnly,
      contents: device.contents,
      bytes: (device.bytes ?? []).map(({ at, hex }) => ({ at, data: hex })),
      faults: (device.faults ?? []).map(({ op, sector, sectors, times, error }) => ({
        operations: op,
        sector,
        sectors,
        times: times === 'always' ? null : Number(times),
        error,
      })),
      diesAfterBios: device.diesAfterBios ?? null,
    })),
    files: [...resolveFds(scenario)].flatMap(([fd, entry]) => {
      const file = fileOfKind(entry.kind);
      return file === null ? [] : [{ fd, ...file, device: 'device' in entry ? entry.device : null }];
    }),
    inodes: [...resolveInodes(scenario).values()].map((inode) => ({
      name: inode.name,
      nodeid: inode.nodeid,
      ino: inode.ino,
      blockSizeBits: Math.log2(inode.blockSize),
      sizeBytes: inode.size,
      maxBytes: scenario.superblock.maxBytes,
      superblockDevice: scenario.superblock.bdev,
      caches: inode.caches,
    })),
  };
}
