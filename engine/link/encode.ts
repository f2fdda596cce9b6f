// SPDX-License-Identifier: GPL-2.0-only
import { deflateSync } from 'fflate';
import { dictionary } from './dictionary-1.ts';
import { checkPair, toBase64Url } from './envelope.ts';
import { LIMITS } from './limits.ts';
import { UnpackableError, pack } from './pack.ts';
import type { Streams } from './pack.ts';
import { DEFLATED, STORED } from './payload.ts';
import type { JsonValue, LinkState } from './types.ts';

/** Thrown when a state has no link: what is in the way, and what the reader can do, in words. */
export class NoLinkError extends Error {}

/**
 * The share link of a state: a hash, `#` included.
 *
 * Give it the canonical scenario (canonicalValue), so that equal scenarios have equal links and defaults cost
 * nothing. Integers may be bigint or number; they come back as bigint.
 * @throws NoLinkError if it would be longer than a link may be, or holds what JSON cannot (`__proto__` as a key,
 * half a surrogate pair, NaN).
 */
export function encodeLink(state: LinkState): string {
  const payload = toBase64Url(encodePayload(state));
  const head = `1.${payload.length}.${payload}`;
  const length = head.length + 2;
  if (length > LIMITS.linkChars)
    throw new NoLinkError(
      `This scenario is too large for a link: it would have ${length} characters, and ${LIMITS.linkChars} is the ` +
        'most that opens. Send it as a file.',
    );
  return `#${head}${checkPair(head)}`;
}

function encodePayload(state: LinkState): Uint8Array {
  const streams = packed(state);
  const { structure, numbers, text, bits } = streams;
  const body = join(structure, numbers, text);
  if (body.length > LIMITS.inflatedBytes)
    throw new NoLinkError(
      `This scenario is too large for a link: ${body.length} bytes packed, and ${LIMITS.inflatedBytes} is the most ` +
        'that opens. Send it as a file.',
    );
  const deflated = deflateSync(body, { level: 9, mem: 12, dictionary: dictionary() });
  const [flag, rest] = deflated.length < body.length ? [DEFLATED, deflated] : [STORED, body];
  return join(
    Uint8Array.of(flag, ...varint(bits.length), ...varint(structure.length), ...varint(numbers.length)),
    bits,
    rest,
  );
}

function packed({ scenario, step, verdict, view }: LinkState): Streams {
  if (!Number.isSafeInteger(step) || step < 0) throw new NoLinkError(`No link for step ${step}.`);
  const recorded: JsonValue =
    verdict === null ? null : [verdict.ret, verdict.check, verdict.which, verdict.revision];
  try {
    return pack([scenario, step, view, recorded]);
  } catch (error) {
    if (error instanceof UnpackableError)
      throw new NoLinkError(`This scenario has no link: ${error.message}.`);
    throw error;
  }
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function join(...pieces: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
