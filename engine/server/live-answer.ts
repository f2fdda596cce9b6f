// SPDX-License-Identifier: MIT
/** What a callback returned, as the bytes that a server writes; a ServerFault for what is not an answer. */
import { grouped } from '../kernel/digits.ts';
import { ERRNO } from '../kernel/errno.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import type { Numbering } from '../kernel/codes.ts';
import { encodeAnswer, encodeBeginOut, pureOverwrite } from '../kernel/wire.ts';
import type { Request, WireMapping } from '../kernel/wire-types.ts';
import { ServerFault, type FuseServer } from './fuse-server.ts';

const NOTHING = new Uint8Array(0);
/** As in assembly/fs/fuse/attr.ts: fuse_attr_out, of which the core reads nothing. */
const ATTR_OUT_BYTES = 104;
/** A payload larger than this is refused; the kernel takes 64 bytes at most. */
export const PAYLOAD_BYTES = 65_536;

const U64_MAX = 0xffff_ffff_ffff_ffffn;
const FIELDS: Readonly<Record<keyof WireMapping, bigint | number>> = {
  offset: U64_MAX,
  length: U64_MAX,
  addr: U64_MAX,
  type: 0xffff,
  flags: 0xffff,
  dev: 0xffff_ffff,
};

export interface Answered {
  bytes: Uint8Array;
  /** A pure overwrite of `read` stands in for `write`. */
  filledIn: boolean;
}

/** Asks the callback that a request is for. `diskSizeBytes` is the file's size as the server knows it. */
export function askCallback(
  server: FuseServer,
  request: Request,
  diskSizeBytes: () => bigint,
  numbering: Numbering,
): Answered {
  const { unique, nodeid, attr_ino, pos, count, opflags, written, map, ioend } = request;
  const plain = (value: unknown, payload: Uint8Array = NOTHING) => ({
    bytes: encodeAnswer(unique, errnoOf(value, 0), errnoOf(value, 0) === 0 ? payload : NOTHING),
    filledIn: false,
  });
  switch (request.opcode) {
    case FUSE_OPCODE.FUSE_IOMAP_BEGIN:
      return server.iomap_begin === undefined
        ? plain(-ERRNO.ENOSYS)
        : begun(unique, server.iomap_begin(nodeid, attr_ino, pos, count, opflags), numbering);
    case FUSE_OPCODE.FUSE_IOMAP_END:
      return plain(
        server.iomap_end === undefined
          ? -ERRNO.ENOSYS
          : server.iomap_end(nodeid, attr_ino, pos, count, opflags, written ?? 0n, map!),
      );
    case FUSE_OPCODE.FUSE_IOMAP_IOEND: {
      const { flags, error, new_addr, dev } = ioend!;
      const said =
        server.iomap_ioend === undefined
          ? -ERRNO.ENOSYS
          : server.iomap_ioend(nodeid, attr_ino, pos, written ?? 0n, flags, error, dev ?? 0, new_addr);
      const asksSize = dev !== null;
      atOnce(said);
      if (typeof said !== 'object' || said === null)
        return plain(said, asksSize ? sizePayload(grown(request, diskSizeBytes())) : NOTHING);
      if (!isU64(said.newsize)) throw shape('newsize must be a bigint from 0 to 2^64 - 1');
      return plain(0, asksSize ? sizePayload(said.newsize) : NOTHING);
    }
    case FUSE_OPCODE.FUSE_SETATTR: {
      const { size, valid } = request.setattr!;
      return plain(
        server.setattr === undefined ? -ERRNO.ENOSYS : server.setattr(nodeid, { size }, valid),
        attrOut(nodeid, size),
      );
    }
    case FUSE_OPCODE.FUSE_FALLOCATE:
      return plain(
        server.fallocate === undefined
          ? -ERRNO.ENOSYS
          : server.fallocate(nodeid, request.fallocate!.mode, pos, count),
      );
    default:
      return plain(-ERRNO.ENOSYS);
  }
}

/** An answer as it is; throws a ServerFault for a promise of one. Whoever asks for it waits for nothing. */
export function atOnce(said: unknown): unknown {
  if (typeof said === 'object' && said !== null && typeof (said as { then?: unknown }).then === 'function')
    throw shape('it returned a promise: a callback answers at once, without async and await');
  return said;
}

function begun(unique: bigint, answer: unknown, numbering: Numbering): Answered {
  const said = atOnce(answer);
  if (typeof said === 'number') {
    if (said === 0) throw shape('iomap_begin returned 0, which is neither mappings nor an errno');
    return { bytes: encodeAnswer(unique, errnoOf(said, null), NOTHING), filledIn: false };
  }
  if (typeof said !== 'object' || said === null)
    throw shape(`iomap_begin returned ${nounOf(said)}, not { read, write } and not a negative errno`);
  if ('payload' in said) {
    if (!(said.payload instanceof Uint8Array)) throw shape('payload must be a Uint8Array');
    if (said.payload.length > PAYLOAD_BYTES)
      throw new ServerFault(
        'too-much',
        `a payload of ${grouped(said.payload.length)} bytes: at most ${grouped(PAYLOAD_BYTES)}`,
      );
    return { bytes: encodeAnswer(unique, 0, said.payload), filledIn: false };
  }
  const { read, write } = said as { read?: unknown; write?: unknown };
  const from = mappingOf('read', read);
  const filledIn = write === undefined || write === null;
  const to = filledIn ? pureOverwrite(from) : mappingOf('write', write);
  return { bytes: encodeAnswer(unique, 0, encodeBeginOut(from, to, numbering)), filledIn };
}

function mappingOf(name: string, value: unknown): WireMapping {
  if (typeof value !== 'object' || value === null) throw shape(`${name} is ${nounOf(value)}, not a mapping`);
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given))
    if (!Object.hasOwn(FIELDS, key)) throw shape(`${name}.${key.slice(0, 40)}: a mapping has no such field`);
  const map: WireMapping = { offset: 0n, length: 0n, addr: 0n, type: 0, flags: 0, dev: 0 };
  for (const [key, max] of Object.entries(FIELDS) as [keyof WireMapping, bigint | number][]) {
    const field = given[key];
    if (field === undefined) continue;
    const fits = typeof max === 'bigint' ? isU64(field) : isUnsigned(field, max);
    if (!fits) {
      const wanted = typeof max === 'bigint' ? 'a bigint from 0 to 2^64 - 1' : `a number from 0 to ${max}`;
      throw shape(`${name}.${key} is ${nounOf(field)}, not ${wanted}`);
    }
    Object.assign(map, { [key]: field });
  }
  return map;
}

/** 0 or a negative errno; `none` is what nothing stands for. */
function errnoOf(value: unknown, none: number | null): number {
  if (value === undefined && none !== null) return none;
  atOnce(value);
  if (typeof value === 'number' && Number.isInteger(value) && value <= 0 && value > -512) return value;
  throw shape(`${nounOf(value)} is not 0 and not a negative errno (-511 to -1)`);
}

const isU64 = (value: unknown): value is bigint =>
  typeof value === 'bigint' && value >= 0n && value <= U64_MAX;
const isUnsigned = (value: unknown, max: number) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;

/** Short and on one line, whatever it is. */
function nounOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return `${value}n`.slice(0, 40);
  return value === null ? 'null' : value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}

const shape = (message: string) => new ServerFault('shape', message);

/** The size that a server which just says yes leaves: what was written may have grown the file. */
export function grown({ pos, written }: Request, diskSizeBytes: bigint): bigint {
  const end = pos + (written ?? 0n);
  return end > diskSizeBytes ? end : diskSizeBytes;
}

/** struct fuse_iomap_ioend_out, from v7 on. */
export function sizePayload(sizeBytes: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, sizeBytes, true);
  return bytes;
}

/** struct fuse_attr_out: two times of validity (16), then ino, size and the rest. */
function attrOut(ino: bigint, size: bigint): Uint8Array {
  const bytes = new Uint8Array(ATTR_OUT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(16, ino, true);
  view.setBigUint64(24, size, true);
  return bytes;
}
