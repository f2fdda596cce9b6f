// SPDX-License-Identifier: MIT
/**
 * The FUSE wire format in TypeScript, for both ends of it: little endian, as drawn in
 * assembly/include/uapi/linux/fuse.ts.
 */

import type { Request, WireMapping } from './wire-types.ts';
import { PLAIN_NUMBERING, type Numbering } from './codes.ts';
import { FUSE_OPCODE, NULL_ADDR, FUSE_IOMAP_TYPE, nameOf } from './names.ts';

const IN_HEADER_BYTES = 40;
export const OUT_HEADER_BYTES = 16;
export const MAPPING_BYTES = 32;
export const BEGIN_OUT_BYTES = 64;

/**
 * Where structs are put together and taken apart. To make a DataView of bytes takes longer than to copy so few; what is
 * returned is never a view of this.
 */
const scratch = new DataView(new ArrayBuffer(MAPPING_BYTES));
const scratchBytes = new Uint8Array(scratch.buffer);
const scratchHeader = new Uint8Array(scratch.buffer, 0, OUT_HEADER_BYTES);

/** Copies so many bytes from `at` on, at most a mapping's. Throws if they are not there. */
function toScratch(bytes: Uint8Array, at: number, lengthBytes: number): DataView {
  if (bytes.length < at + lengthBytes) throw new RangeError('the struct is cut');
  for (let i = 0; i < lengthBytes; i++) scratchBytes[i] = bytes[at + i]!;
  return scratch;
}

/** A memory, to read numbers and bytes of. */
export interface Memory {
  view: DataView;
  bytes: Uint8Array;
}

/** struct fuse_iomap_io at a byte offset; the bytes must hold it. */
export function decodeMapping(
  bytes: Uint8Array,
  at: number,
  numbering: Numbering = PLAIN_NUMBERING,
): WireMapping {
  return mappingAt(toScratch(bytes, at, MAPPING_BYTES), 0, numbering);
}

function mappingAt(data: DataView, at: number, numbering: Numbering): WireMapping {
  return {
    offset: data.getBigUint64(at, true),
    length: data.getBigUint64(at + 8, true),
    addr: data.getBigUint64(at + 16, true),
    type: numbering.typeCode(data.getUint16(at + 24, true)),
    flags: data.getUint16(at + 26, true),
    dev: data.getUint32(at + 28, true),
  };
}

export function encodeMapping(
  bytes: Uint8Array,
  at: number,
  map: WireMapping,
  numbering: Numbering = PLAIN_NUMBERING,
): void {
  scratch.setBigUint64(0, map.offset, true);
  scratch.setBigUint64(8, map.length, true);
  scratch.setBigUint64(16, map.addr, true);
  scratch.setUint16(24, numbering.typeOf(map.type), true);
  scratch.setUint16(26, map.flags, true);
  scratch.setUint32(28, map.dev, true);
  bytes.set(scratchBytes, at);
}

/** struct fuse_out_header, or null if there are fewer than 16 bytes. */
export function decodeOutHeader(bytes: Uint8Array): { len: number; error: number; unique: bigint } | null {
  if (bytes.length < OUT_HEADER_BYTES) return null;
  const data = toScratch(bytes, 0, OUT_HEADER_BYTES);
  return { len: data.getUint32(0, true), error: data.getInt32(4, true), unique: data.getBigUint64(8, true) };
}

/** A whole answer: fuse_out_header with the right length, then the payload. `error` is 0 or negative. */
export function encodeAnswer(unique: bigint, error: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(OUT_HEADER_BYTES + payload.length);
  scratch.setUint32(0, bytes.length, true);
  scratch.setInt32(4, error, true);
  scratch.setBigUint64(8, unique, true);
  bytes.set(scratchHeader);
  bytes.set(payload, OUT_HEADER_BYTES);
  return bytes;
}

/** struct fuse_iomap_begin_out. */
export function encodeBeginOut(
  read: WireMapping,
  write: WireMapping,
  numbering: Numbering = PLAIN_NUMBERING,
): Uint8Array {
  const bytes = new Uint8Array(BEGIN_OUT_BYTES);
  encodeMapping(bytes, 0, read, numbering);
  encodeMapping(bytes, MAPPING_BYTES, write, numbering);
  return bytes;
}

/** fuse_iomap_pure_overwrite() of libfuse: the write mapping that it makes if a server provides none. */
export function pureOverwrite(read: WireMapping): WireMapping {
  return {
    offset: read.offset,
    length: read.length,
    addr: NULL_ADDR,
    type: FUSE_IOMAP_TYPE.PURE_OVERWRITE,
    flags: 0,
    dev: 0,
  };
}

/**
 * A request as it is sent: fuse_in_header, then struct fuse_iomap_begin_in, fuse_iomap_end_in, fuse_iomap_ioend_in (40
 * bytes in v6, 48 later), fuse_setattr_in or fuse_fallocate_in. Nothing that it returns is a view of `bytes`.
 */
export function decodeRequest(bytes: Uint8Array, numbering: Numbering = PLAIN_NUMBERING): Request {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return decodeRequestIn({ view, bytes }, 0, bytes.length, numbering);
}

/** As decodeRequest(), of the `lengthBytes` bytes from `at` on. */
export function decodeRequestIn(
  memory: Memory,
  at: number,
  lengthBytes: number,
  numbering: Numbering,
): Request {
  const data = memory.view;
  const opcode = data.getUint32(at + 4, true);
  const body = memory.bytes.slice(at + IN_HEADER_BYTES, at + lengthBytes);
  switch (opcode) {
    case FUSE_OPCODE.FUSE_IOMAP_IOEND:
      return decodeIoend(data, at, opcode, body);
    case FUSE_OPCODE.FUSE_SETATTR:
    case FUSE_OPCODE.FUSE_FALLOCATE:
      return decodeAttr(data, at, opcode, body);
    case FUSE_OPCODE.FUSE_READ:
    case FUSE_OPCODE.FUSE_WRITE:
      return decodeTransfer(data, at, opcode, body);
    default:
      return decodeRange(data, at, opcode, body, numbering);
  }
}

// Each kind is one literal: an object that is put together of parts takes several times the memory.

/** begin_in, and end_in, which is longer. */
function decodeRange(
  data: DataView,
  at: number,
  opcode: number,
  body: Uint8Array,
  numbering: Numbering,
): Request {
  const from = at + IN_HEADER_BYTES;
  const isEnd = body.length > MAPPING_BYTES;
  return {
    opcode,
    name: requestName(opcode),
    unique: data.getBigUint64(at + 8, true),
    nodeid: data.getBigUint64(at + 16, true),
    bytes: body,
    opflags: numbering.opCode(data.getUint32(from, true)),
    attr_ino: data.getBigUint64(from + 8, true),
    pos: data.getBigUint64(from + 16, true),
    count: data.getBigUint64(from + 24, true),
    written: isEnd ? data.getBigInt64(from + 32, true) : null,
    map: isEnd ? mappingAt(data, from + 40, numbering) : null,
    ioend: null,
  };
}

/** struct fuse_read_in, and struct fuse_write_in before its data: `count` is size. */
function decodeTransfer(data: DataView, at: number, opcode: number, body: Uint8Array): Request {
  const from = at + IN_HEADER_BYTES;
  return {
    opcode,
    name: requestName(opcode),
    unique: data.getBigUint64(at + 8, true),
    nodeid: data.getBigUint64(at + 16, true),
    bytes: body,
    opflags: 0,
    attr_ino: 0n,
    pos: data.getBigUint64(from + 8, true),
    count: BigInt(data.getUint32(from + 16, true)),
    written: null,
    map: null,
    ioend: null,
  };
}

/** setattr_in and fallocate_in, as far as they say something of a size or a range. Rare: only a live server hears them. */
function decodeAttr(data: DataView, at: number, opcode: number, body: Uint8Array): Request {
  const from = at + IN_HEADER_BYTES;
  const head = {
    opcode,
    name: requestName(opcode),
    unique: data.getBigUint64(at + 8, true),
    nodeid: data.getBigUint64(at + 16, true),
    bytes: body,
    opflags: 0,
    attr_ino: 0n,
    written: null,
    map: null,
    ioend: null,
  };
  if (opcode === FUSE_OPCODE.FUSE_SETATTR) {
    const valid = data.getUint32(from, true);
    const size = data.getBigUint64(from + 16, true);
    return { ...head, pos: 0n, count: 0n, setattr: { valid, size } };
  }
  return {
    ...head,
    pos: data.getBigUint64(from + 8, true),
    count: data.getBigUint64(from + 16, true),
    fallocate: { mode: data.getUint32(from + 24, true) },
  };
}

function decodeIoend(data: DataView, at: number, opcode: number, body: Uint8Array): Request {
  const from = at + IN_HEADER_BYTES;
  const later = body.length > 40;
  return {
    opcode,
    name: requestName(opcode),
    unique: data.getBigUint64(at + 8, true),
    nodeid: data.getBigUint64(at + 16, true),
    bytes: body,
    opflags: 0,
    attr_ino: data.getBigUint64(from + 8, true),
    pos: data.getBigUint64(from + 16, true),
    count: 0n,
    written: later ? data.getBigUint64(from + 32, true) : BigInt(data.getUint32(from + 32, true)),
    map: null,
    ioend: {
      flags: data.getUint32(from, true),
      error: data.getInt32(from + 4, true),
      new_addr: data.getBigUint64(from + 24, true),
      dev: later ? data.getUint32(from + 40, true) : null,
    },
  };
}

const requestName = (opcode: number): string => nameOf(FUSE_OPCODE, opcode) ?? `opcode ${opcode}`;
