// SPDX-License-Identifier: MIT
/**
 * The leaf values of a scenario: what an author may write, and what the engine uses.
 *
 * The parser hands every JSON integer over as a bigint, read from the token's text, so no 64-bit value ever
 * goes through a double.
 */
import * as v from 'valibot';
import { grouped } from '../kernel/digits.ts';
import { describe, leaf } from './build.ts';
import { integer, small } from './integer-leaf.ts';
import { S64_MAX, S64_MIN, U32_MAX, U64_MAX } from './integers.ts';

/** Raw bytes as hex digits; white space between them is allowed. Output: a Uint8Array. */
export function hex(maxBytes: number, description: string) {
  return leaf<string, Uint8Array>({
    read: (raw) => {
      if (typeof raw !== 'string' || raw.length > 8 * maxBytes) return undefined;
      const digits = raw.replace(/\s+/g, '');
      if (digits.length > 2 * maxBytes || digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits))
        return undefined;
      return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
        parseInt(digits.slice(2 * i, 2 * i + 2), 16),
      );
    },
    spell: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    expected: `pairs of hex digits, at most ${grouped(maxBytes)} bytes`,
    words: [],
    jsonSchema: { type: 'string', pattern: '^([0-9a-fA-F]{2}|\\s)*$' },
    description,
  });
}

/** A name chosen by the scenario's author: of a device, an inode. */
const KEY = /^(?![0-9]+$)[A-Za-z0-9_.-]{1,32}$/;
const KEY_WORDS = 'a name of 1 to 32 letters, digits, "_", "." or "-" that is not a number';
export const key = v.pipe(
  v.string((issue) => describe(KEY_WORDS, issue.input)),
  v.regex(KEY, (issue) => describe(KEY_WORDS, issue.input)),
);

/** A key that is a number in decimal digits. */
export function decimal(min: number, max: number, what: string) {
  const expected = `${what} from ${grouped(min)} to ${grouped(max)} in decimal digits`;
  return v.pipe(
    v.string((issue) => describe(expected, issue.input)),
    v.check(
      (digits) => /^(0|[1-9][0-9]{0,9})$/.test(digits) && Number(digits) >= min && Number(digits) <= max,
      (issue) => describe(expected, issue.input),
    ),
  );
}

export const u64 = (description: string, names?: Record<string, bigint>) =>
  integer({ min: 0n, max: U64_MAX, description, ...(names ? { names } : {}) });
export const u32 = (description: string, names?: Record<string, bigint>) =>
  small({ min: 0n, max: BigInt(U32_MAX), description, ...(names ? { names } : {}) });
/** The sizes that a block may have. */
export const powerOfTwo = {
  min: 512n,
  max: 65_536n,
  rule: {
    holds: (size: bigint) => (size & (size - 1n)) === 0n,
    expected: 'a power of two from 512 to 65,536',
  },
};
/** loff_t that is never negative here: a position or a byte count. */
export const loff = (description: string) => integer({ min: 0n, max: S64_MAX, description });
/** A signed 64-bit result: bytes done, or a negative errno. */
export const written = (description: string) =>
  integer({ min: S64_MIN, max: S64_MAX, errno: true, description });
/** 0 or an errno, as `-EIO` or a number, in an i32. */
export const errno = (description: string) =>
  small({ min: -0x8000_0000n, max: 0x7fff_ffffn, errno: true, description });
/** What a server says that it has stored or sent of inline data: a byte count, or a negative errno. */
export const transferred = (description: string) =>
  small({ min: -4095n, max: BigInt(U32_MAX), errno: true, description });
