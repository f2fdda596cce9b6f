// SPDX-License-Identifier: MIT
import type { Request, WireMapping } from '../kernel/wire-types.ts';
import type { BeginReply, EndReply } from '../scenario/schema.ts';
import { encodeAnswer, encodeBeginOut, pureOverwrite } from '../kernel/wire.ts';
import { PLAIN_NUMBERING, type Numbering } from '../kernel/codes.ts';
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
  const unique = reply.unique ?? request.unique;
  if ('payload' in reply) return encodeAnswer(unique, 0, reply.payload);
  if ('error' in reply) return encodeAnswer(unique, reply.error, NOTHING);
  const maps = scriptedMappings(reply)!;
  return encodeAnswer(unique, 0, encodeBeginOut(maps.read, maps.write, numbering));
}

/** A server that makes one write(2) and then falls silent. */
export function scriptedServer(reply: BeginReply | EndReply, numbering: Numbering = PLAIN_NUMBERING): Server {
  let said = false;
  return {
    answer(request) {
      if (said) return null;
      said = true;
      return { bytes: scriptedAnswer(reply, request, numbering) };
    },
  };
}
