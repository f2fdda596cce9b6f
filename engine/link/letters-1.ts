// SPDX-License-Identifier: MIT
/**
 * A fixed prefix code for English text, for links of format 1 whose texts are too short for DEFLATE to learn
 * from. Frozen with the format.
 *
 * It is a canonical Huffman code: LENGTHS holds the count of bits, as a hex digit, of each character from blank
 * to `~`, then of a line break, of OTHER (21 bits of code point follow) and of END. Codes of one length are
 * consecutive numbers in that order, and each length goes on where the shorter one before it stopped.
 */
const LENGTHS =
  '3dadcdc988da686a9899999aaa89c9bca9aaa8abb9cbaa99ac999abacbcbdcc89465546654a756546a444677879cdcc9b5';

const FIRST_CHAR = 0x20;
const LINE_BREAK = 95;
export const OTHER = 96;
export const END = 97;
export const OTHER_BITS = 21;

/** Symbols in the order of their codes, and how many there are of each length. */
const SORTED: number[] = [];
const COUNTS: number[] = [];
for (let length = 1; length < 16; length++) {
  const before = SORTED.length;
  for (let symbol = 0; symbol < LENGTHS.length; symbol++)
    if (parseInt(LENGTHS.charAt(symbol), 16) === length) SORTED.push(symbol);
  COUNTS[length] = SORTED.length - before;
}

/** Reads one symbol, a bit at a time; null if the bits end or are not a code. */
export function readSymbol(bit: () => number | null): number | null {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16; length++) {
    const next = bit();
    if (next === null) return null;
    code = code * 2 + next;
    const count = COUNTS[length] ?? 0;
    if (code - first < count) return SORTED[index + code - first] ?? null;
    index += count;
    first = (first + count) * 2;
  }
  return null;
}

/** The code of a symbol and its count of bits. */
export function codeOf(symbol: number): { code: number; bits: number } {
  let first = 0;
  let index = 0;
  for (let bits = 1; bits < 16; bits++) {
    const count = COUNTS[bits] ?? 0;
    const place = SORTED.indexOf(symbol, index) - index;
    if (place >= 0 && place < count) return { code: first + place, bits };
    index += count;
    first = (first + count) * 2;
  }
  throw new RangeError(`no code for symbol ${symbol}`);
}

/** The symbol of a code point; OTHER if it has none of its own. */
export function symbolOf(codePoint: number): number {
  if (codePoint === 10) return LINE_BREAK;
  const symbol = codePoint - FIRST_CHAR;
  return symbol >= 0 && symbol < LINE_BREAK ? symbol : OTHER;
}

/** The character of a symbol that is neither OTHER nor END. */
export function charOf(symbol: number): string {
  return symbol === LINE_BREAK ? '\n' : String.fromCharCode(FIRST_CHAR + symbol);
}
