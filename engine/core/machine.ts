// SPDX-License-Identifier: GPL-2.0-only
import type { Capability } from '../scenario/schema.ts';
import type { CheckRecord, CoreEvent, Iomap, Reply, Request, TableEntry } from '../run/types.ts';
import {
  decodeMapping,
  decodeOutHeader,
  decodeRequest,
  OUT_HEADER_BYTES,
  BEGIN_OUT_BYTES,
} from '../kernel/wire.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import { SILENT, type Server } from '../server/server.ts';
import { putShared, takeShared, type SharedSnapshot } from './snapshot.ts';
import { build, type Built } from './build.ts';
import type { CoreExports } from './exports.ts';
import { IOMAP_BYTES, readIomap, writeIomap } from './layout.ts';
import { OutOfMemoryError } from './memory.ts';
import type { MachineSetup } from './setup.ts';
import { readTrace } from './trace.ts';

export type { DeviceSetup, MachineSetup } from './setup.ts';

/** What one call into the core did. `ret` is what the kernel function returned. */
export interface Call {
  ret: number;
  path: CheckRecord[];
  decided: CheckRecord | null;
  events: CoreEvent[];
  /** Records beyond what the core keeps for one call. */
  lost: number;
  request: Request | null;
  reply: Omit<Reply, 'writeFilledIn'> | null;
}

/** A copy of a machine's memory: everything that it is. */
export type Snapshot = Uint8Array;

/** Not errnos: see assembly/include/linux/errno.ts. */
export const EWAITING = -1_000_001;
export const ERETRYCACHE = -1_000_002;

const NO_ANSWER = -0x8000_0000;
const CAP_BIT: Readonly<Record<Capability, number>> = { CAP_SYS_RAWIO: 1 << 17, CAP_SYS_ADMIN: 1 << 21 };
const PAGE_BYTES = 0x10000;

/** One wasm instance: one kernel with one FUSE connection. */
export class Machine {
  protected readonly core: CoreExports;
  #view: DataView;
  protected server: Server = SILENT;
  protected request: Request | null = null;
  protected reply: Call['reply'] = null;
  readonly #built: Built;

  constructor(module: WebAssembly.Module, setup: MachineSetup) {
    const instance = new WebAssembly.Instance(module, {
      dev: {
        fuse_request: (_opcode: number, request: number, length: number, out: number, capacity: number) =>
          this.#askServer(request, length, out, capacity),
      },
      trace: {
        trace_flush: (drain: number, ret: number, to: number, srcmap: number) =>
          this.takeTrace(drain, ret, to, srcmap),
      },
    });
    this.core = instance.exports as unknown as CoreExports;
    this.#view = new DataView(this.core.memory.buffer);
    this.core.trace_set_audit(1);
    this.#built = build(this.core, setup);
  }

  /** Turns the audit off (it is on): a refusal then ends the evaluation, as in a kernel. */
  setAudit(on: boolean): void {
    this.core.trace_set_audit(Number(on));
  }

  setCapabilities(capabilities: readonly Capability[]): void {
    this.core.set_capabilities(capabilities.reduce((bits, name) => bits | CAP_BIT[name], 0));
  }

  /** ioctl(2) on /dev/fuse. `arg` is the memory at the argument pointer; what lies behind it faults. */
  ioctl(
    cmd: number,
    arg: Uint8Array,
    options: { connection?: boolean; failAllocation?: boolean } = {},
  ): Call {
    const mapped = arg.subarray(0, 16);
    new Uint8Array(this.core.memory.buffer).set(mapped, this.core.ioctl_arg_address());
    // Set and taken back for each call: a refusal before the allocation leaves nothing behind.
    this.core.heap_fail_next(Number(options.failAllocation ?? false));
    return this.#call(() =>
      this.core.ioctl(this.#built.connection, Number(options.connection ?? true), cmd, mapped.length),
    );
  }

  /** fuse_passthrough_open(). `handle` stands for the reference that the open file holds; null if refused. */
  passthroughOpen(id: number): Call & { handle: number | null } {
    const call = this.#call(() => this.core.passthrough_open(this.#built.connection, id));
    const failed = call.ret < 0 && call.ret >= -4095;
    return { ...call, ret: failed ? call.ret : 0, handle: failed ? null : call.ret };
  }

  passthroughRelease(handle: number): Call {
    return this.#call(() => {
      this.core.passthrough_release(handle);
      return 0;
    });
  }

  /** fuse_backing_lookup(): the object's serial number, 0 if that subsystem has no such id. */
  lookup(id: number, type: TableEntry['type']): number {
    return this.core.backing_lookup(this.#built.connection, id, Number(type === 'IOMAP')) >>> 0;
  }

  /** ->iomap_begin: asks `server` about [pos, pos + count). The structs are null where they stay untouched. */
  iomapBegin(
    inode: string,
    pos: bigint,
    count: bigint,
    opflags: number,
    server: Server,
  ): Call & { iomap: Iomap | null; srcmap: Iomap | null } {
    this.server = server;
    const call = this.#call(() => this.core.iomap_begin(this.inode(inode), pos, count, opflags));
    return { ...call, iomap: this.#readMap(0), srcmap: this.#readMap(IOMAP_BYTES) };
  }

  /** ->iomap_end with this iomap. `written` is bytes done, or a negative errno. */
  iomapEnd(
    inode: string,
    map: Iomap,
    range: { pos: bigint; count: bigint; written: bigint; opflags: number },
    server: Server,
  ): Call {
    this.server = server;
    this.#writeMap(0, map);
    return this.#call(() =>
      this.core.iomap_end(this.inode(inode), range.pos, range.count, range.written, range.opflags),
    );
  }

  /** iomap_length(): how many of `length` bytes at `pos` these mappings allow at once. */
  mapLength(map: Iomap, srcmap: Iomap | null, pos: bigint, length: bigint): bigint {
    this.#writeMap(0, map);
    if (srcmap === null)
      new Uint8Array(this.core.memory.buffer).fill(0, this.#mapAt(IOMAP_BYTES), this.#mapAt(80));
    else this.#writeMap(IOMAP_BYTES, srcmap);
    return this.core.map_length(pos, length);
  }

  /** The final put of the connection. */
  unmount(): Call {
    return this.#call(() => {
      this.core.conn_destroy(this.#built.connection);
      return 0;
    });
  }

  /** The table's entry with this id, or null. */
  entry(id: number): TableEntry | null {
    const at = id <= 0 ? 0 : this.core.backing_at(this.#built.connection, id);
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
    return this.core.backing_cursor(this.#built.connection) >>> 0;
  }

  get live(): number {
    return this.core.backing_live(this.#built.connection) >>> 0;
  }

  /** Later revisions: the server has said that it has no iomap_end. */
  get noEnd(): boolean {
    return this.core.conn_no_end(this.#built.connection) !== 0;
  }

  set noEnd(value: boolean) {
    this.core.conn_set_no_end(this.#built.connection, Number(value));
  }

  /** Bytes of memory that hold objects: what a snapshot costs. */
  get memoryBytes(): number {
    return this.core.heap_end() >>> 0;
  }

  snapshot(): Snapshot {
    return new Uint8Array(this.core.memory.buffer).slice(0, this.memoryBytes);
  }

  /** Makes this machine the one that was copied; it must have been set up alike. */
  restore(snapshot: Snapshot): void {
    this.#grow(snapshot.length);
    const memory = new Uint8Array(this.core.memory.buffer);
    memory.set(snapshot);
    // What was allocated since was zeroed at that time; memory beyond the copy is not part of any machine.
    memory.fill(0, snapshot.length);
  }

  /** As snapshot(), sharing with an earlier one what has not changed since. */
  sharedSnapshot(before: SharedSnapshot | null): SharedSnapshot {
    return takeShared(this.core.memory.buffer, this.memoryBytes, before);
  }

  restoreShared(snapshot: SharedSnapshot): void {
    this.#grow(snapshot.lengthBytes);
    putShared(snapshot, this.core.memory.buffer);
  }

  #grow(lengthBytes: number): void {
    const have = this.core.memory.buffer.byteLength;
    if (lengthBytes > have) this.core.memory.grow(Math.ceil((lengthBytes - have) / PAGE_BYTES));
  }

  protected inode(name: string): number {
    const handle = this.#built.inodes.get(name);
    if (handle === undefined) throw new RangeError(`no inode ${name}`);
    return handle;
  }

  protected device(name: string): number {
    const handle = this.#built.devices.get(name);
    if (handle === undefined) throw new RangeError(`no device ${name}`);
    return handle;
  }

  /** The name of the device with this number; null for 0, no device. */
  protected deviceName(number: number): string | null {
    return this.#built.deviceNames[number] ?? null;
  }

  #call(enter: () => number): Call {
    this.request = null;
    this.reply = null;
    const ret = enter();
    this.server = SILENT;
    if (this.core.heap_exhausted() !== 0) throw new OutOfMemoryError();
    const trace = readTrace(this.memory(), this.core.trace_address());
    this.finishReply();
    return { ret, ...trace, request: this.request, reply: this.reply };
  }

  /** The core hands over its records in the middle of a call; only calls that stream do so. */
  protected takeTrace(_drain: number, _ret: number, _to: number, _srcmap: number): void {}

  /** The core asks the server; see fuse_request in assembly/fs/fuse/dev.ts. */
  #askServer(request: number, length: number, out: number, capacity: number): number {
    const memory = new Uint8Array(this.core.memory.buffer);
    this.finishReply();
    // Asked again about the same one after an answer that the kernel did not take.
    const asked = decodeRequest(memory.slice(request, request + length));
    if (this.request?.unique !== asked.unique) this.request = asked;
    const answer = this.server.answer(asked);
    if (answer === null) return NO_ANSWER;
    if ('errno' in answer) return answer.errno;
    memory.set(answer.bytes.subarray(0, capacity), out);
    this.reply = {
      bytes: answer.bytes,
      header: decodeOutHeader(answer.bytes),
      read: null,
      write: null,
      writeRet: 0,
      consumed: false,
    };
    return answer.bytes.length;
  }

  /** Adds what became of the server's write(2) to the reply that it made last. */
  protected finishReply(): void {
    const reply = this.reply;
    if (reply === null) return;
    const memory = this.memory();
    const at = this.core.write_result_address();
    reply.writeRet = memory.getInt32(at, true);
    reply.consumed = memory.getUint32(at + 4, true) !== 0;
    const asked = this.request?.opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN;
    if (
      asked &&
      reply.consumed &&
      reply.header?.error === 0 &&
      reply.bytes.length === OUT_HEADER_BYTES + BEGIN_OUT_BYTES
    ) {
      reply.read = decodeMapping(reply.bytes, OUT_HEADER_BYTES);
      reply.write = decodeMapping(reply.bytes, OUT_HEADER_BYTES + 32);
    }
  }

  /** The memory as it is now: growing it makes older views useless. */
  protected memory(): DataView {
    if (this.#view.buffer !== this.core.memory.buffer) this.#view = new DataView(this.core.memory.buffer);
    return this.#view;
  }

  #mapAt(offset: number): number {
    return this.core.maps_address() + offset;
  }

  #readMap(offset: number): Iomap | null {
    return readIomap(this.memory(), this.#mapAt(offset), (number) => this.deviceName(number));
  }

  #writeMap(offset: number, map: Iomap): void {
    const bdev = map.bdev === null ? 0 : (this.#built.devices.get(map.bdev) ?? 0);
    writeIomap(this.memory(), this.#mapAt(offset), map, bdev);
  }
}
