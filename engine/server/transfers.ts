// SPDX-License-Identifier: MIT
import { FUSE_OPCODE } from '../kernel/names.ts';
import type { Request } from '../kernel/wire-types.ts';
import { encodeAnswer } from '../kernel/wire.ts';

const NOTHING = new Uint8Array(0);

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

/** Whether a request is one of inline data. */
export const isTransfer = ({ opcode }: Request): boolean =>
  opcode === FUSE_OPCODE.FUSE_READ || opcode === FUSE_OPCODE.FUSE_WRITE;
