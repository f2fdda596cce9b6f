// SPDX-License-Identifier: MIT
/**
 * Whatever a server's code returned, as bounded plain data. What is not an answer stays none: who reads it says why. The same
 * function is asked where the code runs, before the value is sent, and by whoever receives it.
 */
import type { Plain } from '../scenario/server-record.ts';
import { PAYLOAD_BYTES } from './live-answer.ts';

const KEYS = 12;
const DEPTH = 2;
const CHARS = 60;
/** One more than fits into 64 bits: more than that is as wrong as this. */
const TOO_LARGE = 1n << 64n;

export function plainOf(value: unknown, depth = DEPTH): Plain {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
      return value;
    case 'bigint':
      return value > TOO_LARGE || value < -TOO_LARGE ? TOO_LARGE : value;
    case 'string':
      return value.slice(0, CHARS);
    case 'object':
      if (value === null) return null;
      // One byte more than fits: it is refused for its length.
      if (isBytes(value)) return firstOf(value, PAYLOAD_BYTES + 1);
      return depth === 0 ? 'an object' : fieldsOf(value, depth);
    default:
      return `a ${typeof value}`;
  }
}

/** Bytes of any realm: code that runs elsewhere has a Uint8Array of its own. */
const isBytes = (value: object): value is Uint8Array =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';

function firstOf({ buffer, byteOffset, byteLength }: Uint8Array, most: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset, Math.min(byteLength, most)).slice();
}

function fieldsOf(value: object, depth: number): Plain {
  const result: { [key: string]: Plain } = {};
  let keys = 0;
  for (const key in value) {
    if (++keys > KEYS) break;
    if (key === '__proto__') continue;
    result[key.slice(0, CHARS)] = plainOf((value as Record<string, unknown>)[key], depth - 1);
  }
  return result;
}
