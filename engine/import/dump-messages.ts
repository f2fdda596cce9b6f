// SPDX-License-Identifier: MIT
import { BEGIN_OUT_BYTES, OUT_HEADER_BYTES, decodeOutHeader, encodeAnswer } from '../kernel/wire.ts';
import type { Transfer } from './syscalls.ts';
import { isRequest } from './wire-bytes.ts';

/** The bytes of a dump, and the line (from 1) that it begins at. */
export interface DumpPiece {
  line: number;
  bytes: Uint8Array;
}

/**
 * The requests and answers of dumps, in their order: those that lie one after the other in a dump, by the lengths in
 * their headers, and what lost its end. Bytes that are none of these are left out. 64 bytes without a header right after a
 * request are taken for the answer to it.
 */
export function messagesOf(pieces: readonly DumpPiece[]): Transfer[] {
  const found: Transfer[] = [];
  for (const { line, bytes } of pieces) {
    for (let at = 0; at < bytes.length;) {
      const rest = bytes.subarray(at);
      const message = payloadAfter(found.at(-1), rest) ?? messageAt(rest);
      if (message === null) break;
      found.push({ line, way: null, fd: null, dump: true, ...message });
      at += message.taken;
    }
  }
  return found;
}

type Message = Pick<Transfer, 'bytes' | 'whole' | 'cut'> & { taken: number };

function messageAt(bytes: Uint8Array): Message | null {
  const header = decodeOutHeader(bytes);
  if (header === null || header.unique === 0n || header.len < OUT_HEADER_BYTES) return null;
  const { len, error } = header;
  if (len > MOST_BYTES || !(isRequest(bytes) || (error <= 0 && error > LEAST_ERROR))) return null;
  const taken = Math.min(len, bytes.length);
  return { bytes: bytes.slice(0, taken), whole: len, cut: taken < len, taken };
}

/** No message of fuse-iomap is longer; more is a header by chance. */
const MOST_BYTES = 65_536;
const LEAST_ERROR = -512;

const HEADED_BYTES = [BEGIN_OUT_BYTES, OUT_HEADER_BYTES + BEGIN_OUT_BYTES];

/** The two mappings alone, with the header that the request before them asks for. */
function payloadAfter(before: Transfer | undefined, bytes: Uint8Array): Message | null {
  if (before === undefined || before.cut || bytes.length !== BEGIN_OUT_BYTES || !isRequest(before.bytes))
    return null;
  // A mapping's offset stands where a header has its length: none is that of an answer.
  if (HEADED_BYTES.includes(decodeOutHeader(bytes)!.len)) return null;
  const answer = encodeAnswer(decodeOutHeader(before.bytes)!.unique, 0, bytes);
  return { bytes: answer, whole: answer.length, cut: false, taken: bytes.length };
}
