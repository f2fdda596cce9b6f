// SPDX-License-Identifier: MIT
import type { MachineSetup } from '#engine/core/machine.ts';
import type { MayMachine as Machine } from '#engine/core/may-machine.ts';
import { encodeBackingId, encodeBackingMap } from '#engine/kernel/ioctl.ts';
import { FUSE_DEV_IOC } from '#engine/kernel/names.ts';
import { QuietMachine } from './quiet.ts';

/** How a descriptor was opened, as FMODE_* bits. */
export const ACCESS = { none: 0, r: 1, w: 2, rw: 3 } as const;

/** A live entry of the backing table; `device` names its block device, null for passthrough. */
export interface Live {
  id: number;
  device: string | null;
  access: keyof typeof ACCESS;
}

/** What has to stand before the call of a row can be made. */
export interface Scene {
  live: Live[];
  /** Block devices beside those of the table. */
  devices: string[];
  inode: Pick<
    MachineSetup['inodes'][number],
    'ino' | 'blockSizeBits' | 'maxBytes' | 'superblockDevice' | 'caches'
  >;
}

const REGULAR_FD = 2;
const FIRST_DEVICE_FD = 3;
const S_IFREG = 0x8000;
const S_IFBLK = 0x6000;

/** The same text for scenes whose tables are the same. */
export const tableKey = ({ live }: Scene): string => JSON.stringify(live);

/** The name of a scene's inode: the same for inodes that are the same. */
export function inodeName({ inode }: Scene): string {
  const { ino, blockSizeBits, maxBytes, superblockDevice, caches } = inode;
  return [ino, blockSizeBits, maxBytes, superblockDevice, caches].join(' ');
}

/**
 * Sets up one machine for scenes that have the same table. Each call of the returned function returns it as it
 * was just then, with the table and every scene's inode and devices.
 */
export function machineWithTable(module: WebAssembly.Module, scenes: readonly Scene[]): () => Machine {
  const live = scenes[0]?.live ?? [];
  const names = [
    ...new Set([...live.flatMap((entry) => entry.device ?? []), ...scenes.flatMap(({ devices }) => devices)]),
  ];
  // A device opened in two ways has two descriptors; the rows name each device once.
  const fdOf = new Map(names.map((name, i) => [name, FIRST_DEVICE_FD + i]));
  const accessOf = new Map(live.map(({ device, access }) => [device, ACCESS[access]]));
  const inodes = new Map(scenes.map((scene) => [inodeName(scene), scene.inode]));
  const machine = new QuietMachine(module, {
    config: { iomap: true, passthrough: true },
    connection: { iomap: true, passthrough: true, maxStackDepth: 2 },
    devices: names.map((name) => ({ name, sizeBytes: 1n << 30n, logicalBlockSizeBytes: 512 })),
    files: [
      { fd: REGULAR_FD, mode: S_IFREG, stackDepth: 0, device: null },
      ...names.map((name) => {
        const access = accessOf.get(name) ?? ACCESS.rw;
        return { fd: fdOf.get(name)!, mode: S_IFBLK, stackDepth: 0, device: name, access };
      }),
    ],
    inodes: [...inodes].map(([name, inode]) => ({ name, nodeid: 1n, sizeBytes: 0n, ...inode })),
  });
  machine.setCapabilities(['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO']);
  fillTable(machine, live, fdOf);
  machine.quiet = false;
  const ready = machine.snapshot();
  return () => {
    machine.restore(ready);
    return machine;
  };
}

const CLOSING: Uint8Array[] = [];
const closing = (id: number): Uint8Array => (CLOSING[id] ??= encodeBackingId(id));

/**
 * Makes the table hold exactly these ids, by real opens and closes: ids that are missing were passthrough entries
 * for a while, which leaves their holes and moves the cursor.
 */
function fillTable(machine: Machine, live: readonly Live[], fdOf: ReadonlyMap<string, number>): void {
  const byId = new Map(live.map((entry) => [entry.id, entry]));
  const passthrough = encodeBackingMap(REGULAR_FD, 0, 0n);
  const last = Math.max(0, ...byId.keys());
  for (let id = 1; id <= last; id++) {
    const device = byId.get(id)?.device ?? null;
    const arg = device === null ? passthrough : encodeBackingMap(fdOf.get(device)!, 1, 0n);
    const { ret } = machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN, arg);
    if (ret !== id) throw new Error(`the table could not be set up: open gave ${ret} where ${id} was due`);
  }
  for (let id = 1; id <= last; id++) {
    if (!byId.has(id)) machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_CLOSE, closing(id));
  }
}
