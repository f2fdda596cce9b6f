// SPDX-License-Identifier: MIT
/** The machine beside the steps, and what steps change in it, as part of a Run: see types.ts. */

import type { TableEntry } from '../core/records.ts';
import type { WireMapping } from '../kernel/wire-types.ts';

/** The whole state beside the steps: what stateAt() returns. */
export interface MachineState {
  /** The connection lives, and with it the table. */
  mounted: boolean;
  mount: MountState;
  /** The server has /dev/fuse open. */
  devOpen: boolean;
  /** The IDR cursor: where the next search begins. */
  cursor: number;
  /** Live ids in ascending order. */
  entries: TableEntry[];
  /** Objects without an id that somebody still holds (closed while in use), by serial. */
  detached: TableEntry[];
  /** Open passthrough files: the execution that opened each, and the object it holds. */
  passthroughFiles: { execution: number; serial: number }[];
  /** Devices that I/O has reached, in the order in which it did. */
  devices: DeviceState[];
  /** Files whose sizes I/O has changed, in the order in which it did. The others are as the scenario has them. */
  files: FileState[];
  /** Where the bytes of each file are, as the scenario's extents answer; left out if it has none. */
  extents?: FileExtents[];
}

/** The extents of a file, by its name in the scenario. What no row covers is a hole. */
export interface FileExtents {
  inode: string;
  rows: ExtentRow[];
}

/** Ascending by offset. `waiting`: new blocks in place of shared ones, which wait for their data. */
export interface ExtentRow extends WireMapping {
  waiting: boolean;
}

/** What became of a device. Its bytes are not here: a view asks for them where it needs them. */
export interface DeviceState {
  device: string;
  /** Requests that it got. */
  bios: number;
  /** Sectors that were written and read, ascending, in runs that don't touch; DEVICE_RUNS_KEPT of each at most. */
  written: SectorRuns;
  read: SectorRuns;
}

export interface SectorRuns {
  runs: readonly SectorRun[];
  /** Runs that found no room in the list. */
  leftOut: number;
}

export interface SectorRun {
  sector: bigint;
  sectors: bigint;
}

/** Sizes of a file, by its name in the scenario. */
export interface FileState {
  inode: string;
  sizeBytes: bigint;
  diskSizeBytes: bigint;
}

/**
 * `there`: files can be opened. `detached`: no path leads to it any more, and open files keep it. `gone`: so are they.
 */
export type MountState = 'there' | 'detached' | 'gone';

export interface Checkpoint {
  /** The state before this execution. */
  before: number;
  state: MachineState;
}

export type Change =
  | { kind: 'opened'; entry: TableEntry }
  | { kind: 'closed'; id: number; serial: number }
  | { kind: 'refs'; serial: number; from: number; to: number }
  | { kind: 'freed'; serial: number }
  | { kind: 'cursor'; from: number; to: number }
  | { kind: 'passthrough-file'; execution: number; serial: number; open: boolean }
  /** A device got requests: how many, and which sectors were written or read by those that succeeded. */
  | {
      kind: 'device';
      device: string;
      bios: number;
      written: readonly SectorRun[];
      read: readonly SectorRun[];
    }
  | { kind: 'sizes'; from: FileState; to: FileState }
  /** The extents that a file has now. */
  | ({ kind: 'extents' } & FileExtents)
  /** Of the mount itself. */
  | { kind: 'mount'; to: Exclude<MountState, 'there'> }
  | { kind: 'dev-closed' }
  /** The connection ended, and with it the table. */
  | { kind: 'unmounted' };
