// SPDX-License-Identifier: MIT
/** Integers as an author writes them, and their one canonical spelling. */
import type { Spelling } from './build.ts';

export const U64_MAX = 0xffff_ffff_ffff_ffffn;
export const S64_MAX = 0x7fff_ffff_ffff_ffffn;
export const S64_MIN = -0x8000_0000_0000_0000n;
export const U32_MAX = 0xffff_ffff;

const SHIFT: Readonly<Record<string, bigint>> = { S: 9n, K: 10n, M: 20n, G: 30n, T: 40n, P: 50n, E: 60n };
const NUMBER = /^(-?)(0x[0-9a-f]+|[0-9]+)([SKMGTPE]?)$/i;

/** So many factors a product may have: more are not a way to say a number. */
const MOST_FACTORS = 4;

/**
 * A numeral, or a product of up to four: `"2049*512"`, `"3 * 4K"`, as one thinks of sectors and blocks. Returns
 * undefined if the text is neither. No range is applied; only the first factor may have a sign.
 */
export function parseInteger(text: string): bigint | undefined {
  if (!text.includes('*')) return parseNumeral(text);
  const factors = text.split('*', MOST_FACTORS + 1);
  if (factors.length > MOST_FACTORS) return undefined;
  const values = factors.map((factor, i) => {
    const numeral =
      i === 0 ? factor.trimEnd() : i === factors.length - 1 ? factor.trimStart() : factor.trim();
    return i > 0 && numeral.startsWith('-') ? undefined : parseNumeral(numeral);
  });
  return values.reduce((product, value) =>
    product === undefined || value === undefined ? undefined : product * value,
  );
}

/** `"4K"`, `"8s"` (sectors), `"0x1000"`, `"4096"`, `"-5"` → a bigint; undefined if the text is not a number. No range is applied. */
export function parseNumeral(text: string): bigint | undefined {
  // Longer than any 64-bit spelling: not a number worth the work of BigInt().
  if (text.length > 24) return undefined;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, digits, suffix] = match as unknown as [string, string, string, string];
  // A suffix belongs to decimal digits: the E of 0x1E is a digit, and 0x1K would read as a slip.
  if (suffix !== '' && /^0x/i.test(digits)) return undefined;
  const magnitude = BigInt(digits) << (suffix === '' ? 0n : SHIFT[suffix.toUpperCase()]!);
  return sign === '-' ? -magnitude : magnitude;
}

/** The one canonical spelling of an integer without a name: a JSON integer while a double holds it, else hex. */
export function spellInteger(value: bigint | number): Spelling {
  const big = BigInt(value);
  if (big >= BigInt(Number.MIN_SAFE_INTEGER) && big <= BigInt(Number.MAX_SAFE_INTEGER)) return big;
  return big < 0n ? `-0x${(-big).toString(16)}` : `0x${big.toString(16)}`;
}
