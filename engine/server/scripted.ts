// SPDX-License-Identifier: MIT
import type { Request, WireMapping } from '../kernel/wire-types.ts';
import type { BeginReply, EndReply } from '../scenario/schema.ts';
import { encodeAnswer, encodeBeginOut, pureOverwrite } from '../kernel/wire.ts';
import { FUSE_OPCODE } from '../kernel/names.ts';
import type { Numbering } from '../kernel/numbering.ts';
import type { Server } from './server.ts';

const NOTHING = new Uint8Array(0);

/** The mappings of a scripted reply, with libfuse's pure overwrite where `write` is left out; null if it has none. */
function scriptedMappings(
  reply: BeginReply,
): { read: WireMapping; write: WireMapping; writeFilledIn: boolean } | null {
  if (!('read' in reply)) return null;
  return {
    read: reply.read,
    write: reply.write ?? pureOverwrite(reply.read),
    writeFilledIn: reply.write === undefined,
  };
}

/** The bytes that the server writes for a scripted reply. */
export function scriptedAnswer(
  reply: BeginReply | EndReply,
  request: Request,
  numbering: Numbering,
): Uint8Array {
  if (typeof reply === 'number') return encodeAnswer(request.unique, 0, NOTHING);
  if ('hex' in reply) return reply.hex;
  if ('payload' in reply) return encodeAnswer(reply.unique ?? request.unique, 0, reply.payload);
  if ('error' in reply) return encodeAnswer(request.unique, reply.error, NOTHING);
  const maps = scriptedMappings(reply)!;
  return encodeAnswer(request.unique, 0, encodeBeginOut(maps.read, maps.write, numbering));
}

/**
 * The answer to a FUSE_READ or FUSE_WRITE of inline data: so many bytes, which are zeros, or -errno. `result` left out
 * is all that was asked for.
 */
export function transferAnswer({ opcode, unique, count }: Request, result = Number(count)): Uint8Array {
  if (result < 0) return encodeAnswer(unique, result, NOTHING);
  if (opcode === FUSE_OPCODE.FUSE_READ) return encodeAnswer(unique, 0, new Uint8Array(result));
  const out = new Uint8Array(8);
  new DataView(out.buffer).setUint32(0, result, true);
  return encodeAnswer(unique, 0, out);
}

export const isTransfer = ({ opcode }: Request): boolean =>
  opcode === FUSE_OPCODE.FUSE_READ || opcode === FUSE_OPCODE.FUSE_WRITE;

/**
 * A server that makes one write(2) and then falls silent.
 * @param transfers what it answers to requests of inline data, in order; after the last, all that was asked for
 */
export function scriptedServer(
  reply: BeginReply | EndReply,
  numbering: Numbering,
  transfers: readonly number[] = [],
): Server {
  let said = false;
  let transferred = 0;
  let last: bigint | null = null;
  return {
    answer(request) {
      if (isTransfer(request)) {
        if (request.unique === last) return null;
        last = request.unique;
        return { bytes: transferAnswer(request, transfers[transferred++]) };
      }
      if (said) return null;
      said = true;
      return { bytes: scriptedAnswer(reply, request, numbering) };
    },
  };
}
