// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import type { CoreEdit } from '../core-edit/types.ts';
import { dictionary } from './dictionary-1.ts';
import { inflateCapped } from './inflate.ts';
import { LIMITS } from './limits.ts';
import type { JsonValue, LinkState, RecordedVerdict } from './types.ts';
import { UnpackError, unpack } from './unpack.ts';

/**
 * The inside of a link of format 1, the bytes of its payload:
 *
 *     +------+-----------+----------------+--------------+--------+----------------------------+
 *     | flag | bits: len | structure: len | numbers: len |  bits  | structure | numbers | text |
 *     +------+-----------+----------------+--------------+--------+----------------------------+
 *    a sum of                 lengths: LEB128                      raw DEFLATE if the flag says so
 *       1: deflated
 *       2: texts in the code of letters-1.ts, among the bits; otherwise UTF-8, in text
 *
 * The streams hold four values: the scenario, the step, the view, and the verdict as an object
 * or null. In format 2, otherwise like format 1, a fifth follows: the edit of the core.
 */
export const DEFLATED = 1;
export const LETTERS = 2;

/** The format of a link that carries an edit of the core; all others are of format 1. */
export const WITH_EDIT = 2;

const VALUES = 4;

/**
 * Reads a payload of a format.
 * @throws UnpackError with what is wrong with it
 */
export function decodePayload(payload: Uint8Array, version: number): LinkState {
  const [flag] = payload;
  if (flag === undefined || flag > DEFLATED + LETTERS) throw new UnpackError('invalid');
  let at = 1;
  const length = (): number => {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = payload[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new UnpackError('invalid');
  };
  const [bitsLength, structureLength, numbersLength] = [length(), length(), length()];
  const start = at + bitsLength;
  const rest = payload.subarray(start);
  const body = (flag & DEFLATED) === 0 ? rest : inflated(rest);
  const split = structureLength + numbersLength;
  if (start > payload.length || split > body.length) throw new UnpackError('invalid');
  const streams = {
    bits: payload.subarray(at, start),
    structure: body.subarray(0, structureLength),
    numbers: body.subarray(structureLength, split),
    text: body.subarray(split),
  };
  const count = version === WITH_EDIT ? VALUES + 1 : VALUES;
  return stateOf(unpack(streams, (flag & LETTERS) !== 0, count));
}

function inflated(stream: Uint8Array): Uint8Array {
  const result = inflateCapped(stream, dictionary(), LIMITS.inflatedBytes);
  if ('bytes' in result) return result.bytes;
  if (result.failed === 'broken') throw new UnpackError('invalid');
  throw new UnpackError('hostile', `It inflates to more than ${grouped(LIMITS.inflatedBytes)} bytes.`);
}

function stateOf([scenario = null, step, view, verdict, edit]: JsonValue[]): LinkState {
  if (typeof step !== 'bigint' || step < 0n || step > Number.MAX_SAFE_INTEGER)
    throw new UnpackError('invalid', 'The step that it names is not a number that counts steps.');
  if (typeof view !== 'string') throw new UnpackError('invalid', 'The view that it names is not a word.');
  const state = { scenario, step: Number(step), verdict: verdictOf(verdict ?? null), view };
  return edit === undefined ? state : { ...state, edit: editOf(edit) };
}

function editOf(value: JsonValue): CoreEdit {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { revision, diff, ...others } = value;
    if (typeof revision === 'string' && typeof diff === 'string' && Object.keys(others).length === 0)
      return { revision, diff };
  }
  throw new UnpackError('invalid', 'The edit of the core that it brings is not one.');
}

function verdictOf(value: JsonValue): RecordedVerdict | null {
  if (value === null) return null;
  if (typeof value === 'object' && !Array.isArray(value)) {
    const { revision, ret, check = null, which = null, ...others } = value;
    if (
      typeof ret === 'string' &&
      (check === null || typeof check === 'string') &&
      (which === null || which === 'read' || which === 'write') &&
      typeof revision === 'string' &&
      Object.keys(others).length === 0
    )
      return { ret, check, which, revision };
  }
  throw new UnpackError('invalid', 'The verdict that it records is not one.');
}
