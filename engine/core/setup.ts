// SPDX-License-Identifier: MIT
import type { WireMapping } from '../kernel/wire-types.ts';
import type { Numbering } from '../kernel/codes.ts';

/** What a machine is built from. Names are the scenario's; sizes in bytes. */
export interface MachineSetup {
  /** How the core's revision numbers types and op flags; left out: as the names have it. */
  numbering?: Numbering;
  config: { iomap: boolean; passthrough: boolean };
  connection: { iomap: boolean; passthrough: boolean; maxStackDepth: number };
  devices: DeviceSetup[];
  /** Open descriptors; `device` only for block special files. `access`: FMODE_* bits, left out: to read and write. */
  files: { fd: number; mode: number; stackDepth: number; device: string | null; access?: number }[];
  inodes: {
    name: string;
    nodeid: bigint;
    ino: bigint;
    blockSizeBits: number;
    sizeBytes: bigint;
    maxBytes: bigint;
    superblockDevice: string | null;
    caches: boolean;
    /** What its mapping cache holds, before a request and from its answer on. Left out or null: nothing. */
    cache?: { before: Forks; after: Forks } | null;
  }[];
}

/** What the two forks of a mapping cache hold: a mapping, nothing, or there is no such fork. */
export interface Forks {
  read: WireMapping | 'nofork' | null;
  write: WireMapping | 'nofork' | null;
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
