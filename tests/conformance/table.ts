// SPDX-License-Identifier: MIT
import { Machine, type MachineSetup } from '#engine/core/machine.ts';
import { encodeBackingId, encodeBackingMap } from '#engine/kernel/ioctl.ts';
import { FUSE_DEV_IOC } from '#engine/kernel/names.ts';

/** A live entry of the backing table; `device` names its block device, null for passthrough. */
export interface Live {
  id: number;
  device: string | null;
}

const REGULAR_FD = 2;
const FIRST_DEVICE_FD = 3;
const S_IFREG = 0x8000;
const S_IFBLK = 0x6000;

/**
 * A machine whose table holds exactly these ids, by real opens and closes: ids that are missing were passthrough
 * entries for a while, which leaves their holes and moves the cursor.
 */
export function machineWithTable(
  module: WebAssembly.Module,
  live: Live[],
  otherDevices: string[],
  inode: Pick<
    MachineSetup['inodes'][number],
    'ino' | 'blockSizeBits' | 'maxBytes' | 'superblockDevice' | 'caches'
  >,
): Machine {
  const names = [...new Set([...live.flatMap((entry) => entry.device ?? []), ...otherDevices])];
  const fdOf = new Map(names.map((name, i) => [name, FIRST_DEVICE_FD + i]));
  const machine = new Machine(module, {
    config: { iomap: true, passthrough: true },
    connection: { iomap: true, passthrough: true, maxStackDepth: 2 },
    devices: names.map((name) => ({ name, sizeBytes: 1n << 30n, logicalBlockSizeBytes: 512 })),
    files: [
      { fd: REGULAR_FD, mode: S_IFREG, stackDepth: 0, device: null },
      ...names.map((name) => ({ fd: fdOf.get(name)!, mode: S_IFBLK, stackDepth: 0, device: name })),
    ],
    inodes: [{ name: 'a', nodeid: 1n, sizeBytes: 0n, ...inode }],
  });
  machine.setCapabilities(['CAP_SYS_ADMIN', 'CAP_SYS_RAWIO']);

  const byId = new Map(live.map((entry) => [entry.id, entry]));
  const last = Math.max(0, ...byId.keys());
  for (let id = 1; id <= last; id++) {
    const device = byId.get(id)?.device ?? null;
    const arg =
      device === null ? encodeBackingMap(REGULAR_FD, 0, 0n) : encodeBackingMap(fdOf.get(device)!, 1, 0n);
    const { ret } = machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_OPEN, arg);
    if (ret !== id) throw new Error(`the table could not be set up: open gave ${ret} where ${id} was due`);
  }
  for (let id = 1; id <= last; id++) {
    if (!byId.has(id)) machine.ioctl(FUSE_DEV_IOC.FUSE_DEV_IOC_BACKING_CLOSE, encodeBackingId(id));
  }
  return machine;
}
