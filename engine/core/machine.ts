// SPDX-License-Identifier: MIT
import type { Capability } from '../scenario/schema.ts';
import type { Iomap } from '../kernel/wire-types.ts';
import type { TableEntry } from './records.ts';
import type { Server } from '../server/server.ts';
import { build, type Built } from './build.ts';
import { Instance, type Call } from './instance.ts';
import { IOMAP_BYTES, readIomap, writeIomap } from './layout.ts';
import type { MachineSetup } from './setup.ts';

export type { Call } from './instance.ts';
export type { DeviceSetup, MachineSetup } from './setup.ts';

/** Not errnos: see assembly/include/linux/errno.ts. */
export const EWAITING = -1_000_001;
export const ERETRYCACHE = -1_000_002;

/** Which structs of a begin hold a buffer of inline data. */
export interface Buffers {
  iomap: boolean;
  srcmap: boolean;
}

const CAP_BIT: Readonly<Record<Capability, number>> = { CAP_SYS_RAWIO: 1 << 17, CAP_SYS_ADMIN: 1 << 21 };

/** One wasm instance: one kernel with one FUSE connection. */
export class Machine extends Instance {
  protected readonly built: Built;

  constructor(module: WebAssembly.Module, setup: MachineSetup) {
    super(module, setup.numbering);
    this.built = build(this.core, setup);
  }

  /** Turns the audit on or off (it starts on). When off, a refusal ends the evaluation, as in a kernel. */
  setAudit(on: boolean): void {
    this.core.trace_set_audit(Number(on));
  }

  setCapabilities(capabilities: readonly Capability[]): void {
    this.core.set_capabilities(capabilities.reduce((bits, name) => bits | CAP_BIT[name], 0));
  }

  /** ioctl(2) on /dev/fuse. `arg` is the memory at the argument pointer; what lies after it faults. */
  ioctl(
    cmd: number,
    arg: Uint8Array,
    options: { connection?: boolean; failAllocation?: boolean } = {},
  ): Call {
    const mapped = arg.subarray(0, 16);
    new Uint8Array(this.core.memory.buffer).set(mapped, this.core.ioctl_arg_address());
    // Set or cleared for each call: a refusal before the allocation leaves no failure armed.
    this.core.heap_fail_next(Number(options.failAllocation ?? false));
    return this.call(() =>
      this.core.ioctl(this.built.connection, Number(options.connection ?? true), cmd, mapped.length),
    );
  }

  /**
   * fuse_passthrough_open(). `handle` stands for the reference that the open file holds; null if refused. A file
   * without an inode is the only one of its own.
   */
  passthroughOpen(id: number, inode: string | null = null): Call & { handle: number | null } {
    const of = inode === null ? 0 : this.inode(inode);
    const call = this.call(() => this.core.passthrough_open(this.built.connection, of, id));
    const failed = call.ret < 0 && call.ret >= -4095;
    return { ...call, ret: failed ? call.ret : 0, handle: failed ? null : call.ret };
  }

  /** The file that this handle stands for is closed; `inode` as it was opened. */
  passthroughRelease(handle: number, inode: string | null = null): Call {
    return this.call(() => {
      this.core.passthrough_release(inode === null ? 0 : this.inode(inode), handle);
      return 0;
    });
  }

  /** fuse_backing_lookup(): the object's serial number, 0 if that subsystem has no such id. */
  lookup(id: number, type: TableEntry['type']): number {
    return this.core.backing_lookup(this.built.connection, id, Number(type === 'IOMAP')) >>> 0;
  }

  /** ->iomap_begin: asks `server` about [pos, pos + count). A struct is null if the call left it untouched. */
  iomapBegin(
    inode: string,
    pos: bigint,
    count: bigint,
    opflags: number,
    server: Server,
  ): Call & { iomap: Iomap | null; srcmap: Iomap | null } {
    this.server = server;
    const op = this.numbering.opOf(opflags);
    const call = this.call(() => this.core.iomap_begin(this.inode(inode), pos, count, op));
    return { ...call, iomap: this.#readMap(0), srcmap: this.#readMap(IOMAP_BYTES) };
  }

  /** ->iomap_end with this iomap. `written` is bytes done, or a negative errno. */
  iomapEnd(
    inode: string,
    map: Iomap,
    range: { pos: bigint; count: bigint; written: bigint; opflags: number },
    server: Server,
    inline?: Buffers,
  ): Call {
    this.server = server;
    this.#writeMap(0, map);
    this.setBuffers(inode, inline);
    const op = this.numbering.opOf(range.opflags);
    return this.call(() => this.core.iomap_end(this.inode(inode), range.pos, range.count, range.written, op));
  }

  /** iomap_length(): how many of `length` bytes at `pos` these mappings allow at once. */
  mapLength(map: Iomap, srcmap: Iomap | null, pos: bigint, length: bigint): bigint {
    this.#writeMap(0, map);
    if (srcmap === null)
      new Uint8Array(this.core.memory.buffer).fill(0, this.mapAt(IOMAP_BYTES), this.mapAt(80));
    else this.#writeMap(IOMAP_BYTES, srcmap);
    return this.core.map_length(pos, length);
  }

  /** From now on the server is told of SETATTR and FALLOCATE: only a live one is, since they take numbers. */
  hearAttr(): void {
    this.core.conn_set_hears_attr(this.built.connection, 1);
  }

  /** The connection is aborted: requests fail with -ENOTCONN, and the table stays. */
  abort(): void {
    this.core.conn_abort(this.built.connection);
  }

  /** The final put of the connection. */
  unmount(): Call {
    return this.call(() => {
      this.core.conn_destroy(this.built.connection);
      return 0;
    });
  }

  /** The table's entry with this id, or null. */
  entry(id: number): TableEntry | null {
    const at = id <= 0 ? 0 : this.core.backing_at(this.built.connection, id);
    if (at === 0) return null;
    return {
      id,
      serial: this.core.backing_serial(at),
      type: this.core.backing_type(at) === 1 ? 'IOMAP' : 'PASSTHROUGH',
      refs: this.core.backing_refs(at),
      device: this.deviceName(this.core.backing_device(at)),
      fd: this.core.backing_fd(at),
    };
  }

  get cursor(): number {
    return this.core.backing_cursor(this.built.connection) >>> 0;
  }

  get live(): number {
    return this.core.backing_live(this.built.connection) >>> 0;
  }

  /** Later revisions: the server has said that it has no iomap_end. */
  get noEnd(): boolean {
    return this.core.conn_no_end(this.built.connection) !== 0;
  }

  set noEnd(value: boolean) {
    this.core.conn_set_no_end(this.built.connection, Number(value));
  }

  protected inode(name: string): number {
    const handle = this.built.inodes.get(name);
    if (handle === undefined) throw new RangeError(`no inode ${name}`);
    return handle;
  }

  protected device(name: string): number {
    const handle = this.built.devices.get(name);
    if (handle === undefined) throw new RangeError(`no device ${name}`);
    return handle;
  }

  /** The name of the device with this number; null for 0, no device. */
  protected deviceName(number: number): string | null {
    return this.built.deviceNames[number] ?? null;
  }

  /** Gives the structs the buffers of inline data that they had after their begin: see may-machine.ts. */
  protected setBuffers(_inode: string, _inline?: Buffers): void {}

  protected mapAt(offset: number): number {
    return this.core.maps_address() + offset;
  }

  #readMap(offset: number): Iomap | null {
    return readIomap(this.memory(), this.mapAt(offset), (number) => this.deviceName(number));
  }

  #writeMap(offset: number, map: Iomap): void {
    const bdev = map.bdev === null ? 0 : (this.built.devices.get(map.bdev) ?? 0);
    writeIomap(this.memory(), this.mapAt(offset), map, bdev);
  }
}
