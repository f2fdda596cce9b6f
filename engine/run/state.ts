// SPDX-License-Identifier: MIT
import { RunList } from './sector-runs.ts';
import type {
  Change,
  DeviceState,
  FileExtents,
  FileState,
  MachineState,
  MountState,
  Run,
  TableEntry,
} from './types.ts';

/** What I/O has done to a device so far. */
interface Reached {
  device: string;
  bios: number;
  written: RunList;
  read: RunList;
}

/**
 * The machine's state, updated change by change. Entries are replaced and never mutated, so copies of the state
 * can share them.
 */
export class Tracker {
  #mounted = true;
  #mount: MountState = 'there';
  #devOpen = true;
  #cursor = 0;
  #byId = new Map<number, TableEntry>();
  #bySerial = new Map<number, TableEntry>();
  #passthroughFiles = new Map<number, number>();
  #devices = new Map<string, Reached>();
  #files = new Map<string, FileState>();
  #extents = new Map<string, FileExtents>();

  static from(state: MachineState): Tracker {
    const tracker = new Tracker();
    tracker.#mounted = state.mounted;
    tracker.#mount = state.mount;
    tracker.#devOpen = state.devOpen;
    tracker.#cursor = state.cursor;
    for (const entry of state.entries) {
      tracker.#byId.set(entry.id, entry);
      tracker.#bySerial.set(entry.serial, entry);
    }
    for (const entry of state.detached) tracker.#bySerial.set(entry.serial, entry);
    for (const { device, bios, written, read } of state.devices) {
      const reached = { device, bios, written: RunList.from(written), read: RunList.from(read) };
      tracker.#devices.set(device, reached);
    }
    for (const file of state.files) tracker.#files.set(file.inode, file);
    for (const file of state.extents ?? []) tracker.#extents.set(file.inode, file);
    for (const file of state.passthroughFiles) tracker.#passthroughFiles.set(file.execution, file.serial);
    return tracker;
  }

  get mounted(): boolean {
    return this.#mounted;
  }

  get mount(): MountState {
    return this.#mount;
  }

  /** The server has /dev/fuse open. */
  get devOpen(): boolean {
    return this.#devOpen;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Number of live ids. */
  get live(): number {
    return this.#byId.size;
  }

  entry(id: number): TableEntry | undefined {
    return this.#byId.get(id);
  }

  object(serial: number): TableEntry | undefined {
    return this.#bySerial.get(serial);
  }

  /** The object that an open passthrough file holds. */
  passthroughFile(execution: number): number | undefined {
    return this.#passthroughFiles.get(execution);
  }

  /** The executions that opened the passthrough files that are open still. */
  get passthroughFiles(): number[] {
    return [...this.#passthroughFiles.keys()];
  }

  /** The passthrough_open that happened last among those still open. */
  get lastPassthroughFile(): number | undefined {
    return [...this.#passthroughFiles.keys()].at(-1);
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'opened':
        this.#byId.set(change.entry.id, change.entry);
        this.#bySerial.set(change.entry.serial, change.entry);
        break;
      case 'closed':
        this.#byId.delete(change.id);
        break;
      case 'refs':
        this.#setRefs(change.serial, change.to);
        break;
      case 'freed':
        this.#bySerial.delete(change.serial);
        break;
      case 'cursor':
        this.#cursor = change.to;
        break;
      case 'passthrough-file':
        if (change.open) this.#passthroughFiles.set(change.execution, change.serial);
        else this.#passthroughFiles.delete(change.execution);
        break;
      case 'device':
        this.#reach(change);
        break;
      case 'sizes':
        this.#files.set(change.to.inode, change.to);
        break;
      case 'extents':
        this.#extents.set(change.inode, { inode: change.inode, rows: change.rows });
        break;
      case 'mount':
        this.#mount = change.to;
        break;
      case 'dev-closed':
        this.#devOpen = false;
        break;
      case 'unmounted':
        this.#mounted = false;
        this.#mount = 'gone';
        this.#devOpen = false;
        for (const entry of this.#byId.values()) this.#bySerial.delete(entry.serial);
        this.#byId.clear();
        break;
    }
  }

  #reach({ device, bios, written, read }: Extract<Change, { kind: 'device' }>): void {
    let reached = this.#devices.get(device);
    if (reached === undefined) {
      reached = { device, bios: 0, written: new RunList(), read: new RunList() };
      this.#devices.set(device, reached);
    }
    reached.bios += bios;
    for (const run of written) reached.written.add(run);
    for (const run of read) reached.read.add(run);
  }

  #setRefs(serial: number, refs: number): void {
    const old = this.#bySerial.get(serial);
    if (old === undefined) return;
    const entry = { ...old, refs };
    this.#bySerial.set(serial, entry);
    if (this.#byId.get(old.id)?.serial === serial) this.#byId.set(old.id, entry);
  }

  snapshot(): MachineState {
    return {
      mounted: this.#mounted,
      mount: this.#mount,
      devOpen: this.#devOpen,
      cursor: this.#cursor,
      entries: [...this.#byId.values()].sort((a, b) => a.id - b.id),
      // Sorted, since a tracker that began at a checkpoint did not meet them in the order of their serials.
      detached: [...this.#bySerial.values()]
        .filter((entry) => this.#byId.get(entry.id)?.serial !== entry.serial)
        .sort((a, b) => a.serial - b.serial),
      passthroughFiles: [...this.#passthroughFiles].map(([execution, serial]) => ({ execution, serial })),
      devices: [...this.#devices.values()].map(stateOf),
      files: [...this.#files.values()],
      ...(this.#extents.size === 0 ? {} : { extents: [...this.#extents.values()] }),
    };
  }
}

function stateOf({ device, bios, written, read }: Reached): DeviceState {
  return { device, bios, written: written.listed(), read: read.listed() };
}

/**
 * The whole state after an execution; -1 is the machine before the first. Folds the changes from the nearest
 * checkpoint, so its cost does not depend on how long the scenario is.
 */
export function stateAt(run: Run, execution: number): MachineState {
  const last = Math.min(execution, run.executions.length - 1);
  let checkpoint = run.checkpoints[0];
  for (const candidate of run.checkpoints) if (candidate.before <= last + 1) checkpoint = candidate;
  const tracker = checkpoint === undefined ? new Tracker() : Tracker.from(checkpoint.state);
  for (let i = checkpoint?.before ?? 0; i <= last; i++) {
    for (const change of run.executions[i]?.changes ?? []) tracker.apply(change);
  }
  return tracker.snapshot();
}
