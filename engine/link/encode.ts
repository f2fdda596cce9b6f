// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { deflateSync } from 'fflate';
import { dictionary } from './dictionary-1.ts';
import { checkPair, toBase64Url } from './envelope.ts';
import { LIMITS } from './limits.ts';
import { UnpackableError, pack } from './pack.ts';
import type { Streams } from './pack.ts';
import { DEFLATED, LETTERS, WITH_EDIT } from './payload.ts';
import type { JsonValue, LinkState, RecordedVerdict } from './types.ts';

/** Thrown when a state has no link; the message says why, and what the reader can do. */
export class NoLinkError extends Error {}

/**
 * The share link of a state: a hash, `#` included.
 *
 * Pass the canonical scenario (canonicalValue), so that equal scenarios have equal links and defaults cost
 * nothing. Integers may be bigint or number; they come back as bigint.
 * @throws NoLinkError if it would be longer than a link may be, or holds what JSON cannot (`__proto__` as a key,
 * half a surrogate pair, NaN).
 */
export function encodeLink(state: LinkState): string {
  const payload = toBase64Url(encodePayload(state));
  // Format 1 wherever it suffices: older playgrounds read it.
  const version = state.edit === undefined ? 1 : WITH_EDIT;
  const head = `${version}.${payload.length}.${payload}`;
  const length = head.length + 2;
  if (length > LIMITS.linkChars)
    throw new NoLinkError(
      `This scenario is too large for a link: it would have ${grouped(length)} characters, and ${grouped(LIMITS.linkChars)} is the ` +
        'most that opens. Send it as a file.',
    );
  return `#${head}${checkPair(head)}`;
}

/** The smallest of the forms a payload can have. */
function encodePayload(state: LinkState): Uint8Array {
  const values = valuesOf(state);
  return [...forms(values, 0), ...forms(values, LETTERS)].reduce((best, form) =>
    form.length < best.length ? form : best,
  );
}

function forms(values: readonly JsonValue[], letters: number): Uint8Array[] {
  const { structure, numbers, text, bits } = streamsOf(values, letters);
  const body = join(structure, numbers, text);
  if (body.length > LIMITS.inflatedBytes)
    throw new NoLinkError(
      `This scenario is too large for a link: ${grouped(body.length)} bytes packed, and ${grouped(LIMITS.inflatedBytes)} is the most ` +
        'that opens. Send it as a file.',
    );
  const form = (flag: number, rest: Uint8Array) =>
    join(
      Uint8Array.of(flag, ...varint(bits.length), ...varint(structure.length), ...varint(numbers.length)),
      bits,
      rest,
    );
  const deflated = deflateSync(body, { level: 9, mem: 4, dictionary: dictionary() });
  return [form(letters, body), form(letters | DEFLATED, deflated)];
}

function streamsOf(values: readonly JsonValue[], letters: number): Streams {
  try {
    return pack(values, letters !== 0);
  } catch (error) {
    if (error instanceof UnpackableError)
      throw new NoLinkError(`This scenario has no link: ${error.message}.`);
    throw error;
  }
}

function valuesOf({ scenario, step, verdict, view, edit }: LinkState): JsonValue[] {
  if (!Number.isSafeInteger(step) || step < 0)
    throw new NoLinkError(`There is no step with the index ${step} (from 0) to link to.`);
  const values = [scenario, step, view, verdict === null ? null : recordOf(verdict)];
  return edit === undefined ? values : [...values, { revision: edit.revision, diff: edit.diff }];
}

/** In the order in which `expect` has them, so that an expected verdict is a repetition. */
function recordOf({ revision, ret, check, which }: RecordedVerdict): JsonValue {
  return { revision, ret, ...(check === null ? {} : { check }), ...(which === null ? {} : { which }) };
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
