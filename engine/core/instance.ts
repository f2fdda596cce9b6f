// SPDX-License-Identifier: MIT
import type { CheckRecord, CoreEvent } from './records.ts';
import type { Reply, Request } from '../kernel/wire-types.ts';
import {
  decodeMapping,
  decodeOutHeader,
  decodeRequestIn,
  OUT_HEADER_BYTES,
  BEGIN_OUT_BYTES,
  type Memory,
} from '../kernel/wire.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import { PLAIN_NUMBERING, type Numbering } from '../kernel/codes.ts';
import { SILENT, type Server } from '../server/server.ts';
import type { CoreExports } from './exports.ts';
import { instanceOf } from './imports.ts';
import { OutOfMemoryError } from './memory.ts';
import { PageMarks } from './page-marks.ts';
import { putShared, takeShared, type SharedSnapshot } from './snapshot.ts';
import { readCheck, readTrace, type ReadCheck } from './trace.ts';

/** What one call into the core did. `ret` is what the kernel function returned. */
export interface Call {
  ret: number;
  path: CheckRecord[];
  decided: CheckRecord | null;
  events: CoreEvent[];
  /** Records beyond what the core keeps for one call. */
  lost: number;
  request: Request | null;
  /** `writeFilledIn` is false: the caller knows. */
  reply: Reply | null;
  /** FUSE_READ and FUSE_WRITE requests of inline data, in order. */
  transfers: Transfer[];
}

/** A request of inline data, and its answer; null if none came. */
export interface Transfer {
  request: Request;
  reply: Call['reply'];
}

/** A copy of a machine's memory, which is its whole state. */
export type Snapshot = Uint8Array;

const NO_ANSWER = -0x8000_0000;
const PAGE_BYTES = 0x10000;

/** One instance of the core: how calls go in, requests come out to the server, and its memory is copied. */
export class Instance {
  protected readonly core: CoreExports;
  /** How the core's revision numbers types and op flags. */
  protected readonly numbering: Numbering;
  #views: Memory;
  readonly #marks: PageMarks | null;
  /** For each copy the one before it, which its marks speak of. */
  readonly #before = new WeakMap<Snapshot, SharedSnapshot>();
  protected server: Server = SILENT;
  protected readCheck: ReadCheck = (memory, record) => readCheck(memory, record, this.numbering);
  protected request: Request | null = null;
  protected reply: Call['reply'] = null;
  /** The answer whose write(2) has not been looked at. */
  #unread: Call['reply'] = null;
  #transfers: Transfer[] = [];

  constructor(module: WebAssembly.Module, numbering: Numbering = PLAIN_NUMBERING) {
    this.numbering = numbering;
    const instance = instanceOf(module, {
      fuse_request: (_opcode, request, length, out, capacity) =>
        this.#askServer(request, length, out, capacity),
      trace_flush: (drain, ret, to, srcmap) => this.takeTrace(drain, ret, to, srcmap),
    });
    this.core = instance.exports as unknown as CoreExports;
    this.#views = viewsOf(this.core.memory.buffer);
    this.core.trace_set_audit(1);
    this.#marks = PageMarks.of(this.memory(), this.core.trace_address(), this.memoryBytes);
  }

  /** Bytes of memory that hold objects: what a snapshot costs. */
  get memoryBytes(): number {
    return this.core.heap_end() >>> 0;
  }

  snapshot(): Snapshot {
    const copy = this.#memory().bytes.slice(0, this.memoryBytes);
    const since = this.#marks?.since;
    if (since) this.#before.set(copy, since);
    return copy;
  }

  /** Restores a snapshot of a machine with the same setup. */
  restore(snapshot: Snapshot): void {
    this.#grow(snapshot.length);
    const memory = new Uint8Array(this.core.memory.buffer);
    memory.set(snapshot);
    // Memory allocated since the snapshot was zero then; memory beyond the copy belongs to no machine.
    memory.fill(0, snapshot.length);
    this.#marks?.restored(this.#before.get(snapshot) ?? null);
  }

  /** As snapshot(), but shares unchanged chunks with an earlier one. */
  sharedSnapshot(before: SharedSnapshot | null): SharedSnapshot {
    const { bytes } = this.#memory();
    const take = (same?: (chunk: number) => boolean) =>
      takeShared(this.core.memory.buffer, this.memoryBytes, before, same);
    return this.#marks === null ? take() : this.#marks.copy(bytes, before, take);
  }

  restoreShared(snapshot: SharedSnapshot): void {
    this.#grow(snapshot.lengthBytes);
    putShared(snapshot, this.core.memory.buffer);
    this.#marks?.restored(snapshot);
  }

  #grow(lengthBytes: number): void {
    const have = this.core.memory.buffer.byteLength;
    if (lengthBytes > have) this.core.memory.grow(Math.ceil((lengthBytes - have) / PAGE_BYTES));
  }

  /** Enters the core and collects the records of the call. Throws OutOfMemoryError. */
  protected call(enter: () => number): Call {
    this.request = null;
    this.reply = null;
    this.#unread = null;
    this.#transfers = [];
    const ret = enter();
    this.server = SILENT;
    if (this.core.heap_exhausted() !== 0) throw new OutOfMemoryError();
    const trace = readTrace(
      this.memory(),
      this.core.trace_address(),
      this.numbering,
      undefined,
      this.readCheck,
    );
    this.finishReply();
    return { ret, ...trace, request: this.request, reply: this.reply, transfers: this.#transfers };
  }

  /** The core hands over its records in the middle of a call; only calls that stream do so. */
  protected takeTrace(_drain: number, _ret: number, _to: number, _srcmap: number): void {}

  /** The core asks the server; see fuse_request in assembly/fs/fuse/dev.ts. */
  #askServer(request: number, length: number, out: number, capacity: number): number {
    this.finishReply();
    // The core asks again about the same request after an answer that the kernel did not take.
    const asked = decodeRequestIn(this.#memory(), request, length, this.numbering);
    const inline = asked.opcode === FUSE_OPCODE.FUSE_READ || asked.opcode === FUSE_OPCODE.FUSE_WRITE;
    if (inline) {
      if (this.#transfers.at(-1)?.request.unique !== asked.unique)
        this.#transfers.push({ request: asked, reply: null });
    } else if (this.request?.unique !== asked.unique) this.request = asked;
    const answer = this.server.answer(asked);
    if (answer === null) return NO_ANSWER;
    if ('errno' in answer) return answer.errno;
    const { bytes } = answer;
    // What a server does may make the memory grow.
    this.#memory().bytes.set(bytes.length <= capacity ? bytes : bytes.subarray(0, capacity), out);
    const reply: NonNullable<Call['reply']> = {
      bytes: answer.bytes,
      header: decodeOutHeader(answer.bytes),
      read: null,
      write: null,
      writeRet: 0,
      consumed: false,
      writeFilledIn: false,
    };
    this.#unread = reply;
    if (inline) this.#transfers.at(-1)!.reply = reply;
    else this.reply = reply;
    return answer.bytes.length;
  }

  /** Adds the result of the server's write(2) to its last reply. */
  protected finishReply(): void {
    const reply = this.#unread;
    this.#unread = null;
    if (reply === null) return;
    const memory = this.memory();
    const at = this.core.write_result_address();
    reply.writeRet = memory.getInt32(at, true);
    reply.consumed = memory.getUint32(at + 4, true) !== 0;
    const asked = reply === this.reply && this.request?.opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN;
    if (
      asked &&
      reply.consumed &&
      reply.header?.error === 0 &&
      reply.bytes.length === OUT_HEADER_BYTES + BEGIN_OUT_BYTES
    ) {
      reply.read = decodeMapping(reply.bytes, OUT_HEADER_BYTES, this.numbering);
      reply.write = decodeMapping(reply.bytes, OUT_HEADER_BYTES + 32, this.numbering);
    }
  }

  /** The current memory: growing it detaches older views. */
  protected memory(): DataView {
    return this.#memory().view;
  }

  #memory(): Memory {
    const { buffer } = this.core.memory;
    if (this.#views.view.buffer !== buffer) this.#views = viewsOf(buffer);
    return this.#views;
  }
}

function viewsOf(buffer: ArrayBuffer): Memory {
  return { view: new DataView(buffer), bytes: new Uint8Array(buffer) };
}
