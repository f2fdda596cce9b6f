// SPDX-License-Identifier: MIT
/** What a server said, as a scenario writes it. */
import { FUSE_OPCODE } from '../kernel/names.ts';
import {
  BEGIN_OUT_BYTES,
  MAPPING_BYTES,
  OUT_HEADER_BYTES,
  decodeMapping,
  pureOverwrite,
} from '../kernel/wire.ts';
import type { Reply, Request, WireMapping } from '../kernel/wire-types.ts';
import type { JsonValue } from '../scenario/json.ts';
import { grown } from '../server/live-answer.ts';

/** Uniques go up by two from request to request. */
const UNIQUE_STEP = 2n;

/** Reads the answers of a run in order, and knows what a number of a request is worth without the live server. */
export class ReplyReader {
  /** Requests so far that only a live server hears. */
  #onlyLive = 0n;
  /** By nodeid. */
  readonly #diskSizes = new Map<bigint, bigint>();

  /** The size of a file as the server knows it now. */
  setDiskSize(nodeid: bigint, sizeBytes: bigint): void {
    this.#diskSizes.set(nodeid, sizeBytes);
  }

  /** A request that no scenario has an answer to. */
  skip(): void {
    this.#onlyLive++;
  }

  /** The reply as a scenario has it: mappings, a new size or an error in its words, else 0 or the bytes. */
  read(request: Request, reply: Pick<Reply, 'bytes' | 'header'>): JsonValue {
    const { bytes, header } = reply;
    const payload = bytes.subarray(OUT_HEADER_BYTES);
    if (header !== null && header.len === bytes.length && header.unique === request.unique) {
      if (header.error !== 0 && payload.length === 0) return { error: BigInt(header.error) };
      if (header.error === 0) {
        const plain = this.#success(request, payload);
        if (plain !== null) return plain;
      }
    }
    return { hex: this.#hex(request, bytes) };
  }

  #success(request: Request, payload: Uint8Array): JsonValue | null {
    if (request.opcode === FUSE_OPCODE.FUSE_IOMAP_BEGIN) {
      return payload.length === BEGIN_OUT_BYTES ? mappings(payload) : null;
    }
    if (request.opcode !== FUSE_OPCODE.FUSE_IOMAP_IOEND) return payload.length === 0 ? 0n : null;
    const before = this.#diskSizes.get(request.nodeid) ?? 0n;
    const size = grown(request, before);
    if (payload.length === 0) return 0n;
    if (payload.length !== 8) return null;
    const said = new DataView(payload.buffer, payload.byteOffset).getBigUint64(0, true);
    this.setDiskSize(request.nodeid, said);
    return said === size ? 0n : { newsize: said };
  }

  /** The bytes, with the number that the request has where no live server takes some of its own. */
  #hex(request: Request, bytes: Uint8Array): string {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    if (copy.length >= OUT_HEADER_BYTES && view.getBigUint64(8, true) === request.unique) {
      view.setBigUint64(8, request.unique - this.#onlyLive * UNIQUE_STEP, true);
    }
    return Array.from(copy, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

function mappings(payload: Uint8Array): JsonValue {
  const read = decodeMapping(payload, 0);
  const write = decodeMapping(payload, MAPPING_BYTES);
  const pure = Object.entries(pureOverwrite(read)).every(([key, v]) => write[key as keyof WireMapping] === v);
  return pure ? { read: fields(read) } : { read: fields(read), write: fields(write) };
}

function fields({ offset, length, addr, type, flags, dev }: WireMapping): JsonValue {
  return { offset, length, addr, type: BigInt(type), flags: BigInt(flags), dev: BigInt(dev) };
}
