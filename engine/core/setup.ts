// SPDX-License-Identifier: MIT
/** What a machine is built from. Names are the scenario's; sizes in bytes. */
export interface MachineSetup {
  config: { iomap: boolean; passthrough: boolean };
  connection: { iomap: boolean; passthrough: boolean; maxStackDepth: number };
  devices: DeviceSetup[];
  /** Open descriptors; `device` only for block special files. */
  files: { fd: number; mode: number; stackDepth: number; device: string | null }[];
  inodes: {
    name: string;
    nodeid: bigint;
    ino: bigint;
    blockSizeBits: number;
    sizeBytes: bigint;
    maxBytes: bigint;
    superblockDevice: string | null;
    caches: boolean;
  }[];
}

/** A block device. Left out: writable, zeros, no faults. */
export interface DeviceSetup {
  name: string;
  sizeBytes: bigint;
  logicalBlockSizeBytes: number;
  readOnly?: boolean;
  /** `pattern`: every sector names its device and its number. Bytes overlay either. */
  contents?: 'zeros' | 'pattern';
  bytes?: { at: bigint; data: Uint8Array }[];
  faults?: {
    /** Which bios fail. */
    operations: 'read' | 'write' | 'both';
    sector: bigint;
    sectors: bigint;
    /** How often; null for always. */
    times: number | null;
    /** A negative errno. */
    error: number;
  }[];
  /** Every bio after this many fails; null for never. */
  diesAfterBios?: bigint | null;
}
