// SPDX-License-Identifier: MIT
import type { CoreExports } from './exports.ts';
import { checked } from './memory.ts';
import type { DeviceSetup, MachineSetup } from './setup.ts';

/** Handles of a machine's parts (addresses in the core's memory), by the scenario's names. */
export interface Built {
  connection: number;
  inodes: ReadonlyMap<string, number>;
  devices: ReadonlyMap<string, number>;
  /** By the number that a bdev carries; 0 is none. */
  deviceNames: readonly (string | null)[];
}

const ALWAYS = 0xffff_ffff;
const NEVER = 0xffff_ffff_ffff_ffffn;
const NAME_CHARS = 12;
/** FMODE_READ and FMODE_WRITE. */
const READ_WRITE = 3;

/** Builds a machine in an empty core. Throws OutOfMemoryError if it does not fit. */
export function build(core: CoreExports, setup: MachineSetup): Built {
  const { iomap, passthrough, maxStackDepth } = setup.connection;
  const connection = checked(core.conn_new(Number(iomap), Number(passthrough), maxStackDepth));
  core.conn_set_config(connection, Number(setup.config.iomap), Number(setup.config.passthrough));
  const devices = new Map<string, number>();
  setup.devices.forEach((device, i) => devices.set(device.name, addDevice(core, device, i + 1)));
  const deviceNamed = (name: string | null) => (name === null ? 0 : (devices.get(name) ?? 0));
  for (const { fd, mode, stackDepth, device, access } of setup.files)
    checked(core.file_install(fd, mode, stackDepth, deviceNamed(device), access ?? READ_WRITE));
  const inodes = new Map<string, number>();
  for (const inode of setup.inodes) {
    const { nodeid, ino, blockSizeBits, sizeBytes, maxBytes, superblockDevice, caches } = inode;
    const bdev = deviceNamed(superblockDevice);
    const handle = checked(core.inode_new(connection, nodeid, ino, blockSizeBits, sizeBytes, maxBytes, bdev));
    core.inode_set_caches(handle, Number(caches));
    inodes.set(inode.name, handle);
  }
  return { connection, inodes, devices, deviceNames: [null, ...setup.devices.map(({ name }) => name)] };
}

function addDevice(core: CoreExports, device: DeviceSetup, number: number): number {
  const handle = checked(core.device_new(number, device.sizeBytes, device.logicalBlockSizeBytes));
  const name = new TextEncoder().encode(device.name.padEnd(NAME_CHARS).slice(0, NAME_CHARS));
  const words = new DataView(name.buffer);
  core.device_setup(
    handle,
    device.contents === 'pattern' ? 1 : 0,
    Number(device.readOnly ?? false),
    device.diesAfterBios ?? NEVER,
    words.getUint32(0, true),
    words.getUint32(4, true),
    words.getUint32(8, true),
  );
  for (const { at, data } of device.bytes ?? []) {
    const buffer = checked(core.io_buffer(Math.max(data.length, 1))) >>> 0;
    new Uint8Array(core.memory.buffer).set(data, buffer);
    checked(core.device_poke(handle, at, data.length));
  }
  for (const fault of device.faults ?? []) {
    const operations = { read: 1, write: 2, both: 3 }[fault.operations];
    const times = fault.times ?? ALWAYS;
    checked(core.device_add_fault(handle, operations, fault.sector, fault.sectors, times, fault.error));
  }
  return handle;
}
