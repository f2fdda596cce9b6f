// SPDX-License-Identifier: MIT
/**
 * How link format 1 writes an integer: one byte of class in the stream of numbers, and for what the class
 * leaves open some bits in the stream of bits. Frozen with the format.
 *
 *     0…31     the integer itself
 *     32       negative: the next class codes n, the integer is -1 - n
 *     33, 34   just below 2^64 or 2^63: the next class codes n, the integer is 2^64 - 1 - n or 2^63 - 1 - n
 *     35       none of these: the next class codes a count of decimal digits, they are in the text stream
 *     36…51    the same integer as a recent one: the latest is 36
 *     52…110   6 to 64 bits, of which the highest is 1 and left out
 *     111…162  1 to 52 bits likewise, times 4096
 *     163…217  1 to 55 bits likewise, times 512
 */
export const CLASS = {
  NEGATIVE: 32,
  BELOW_64: 33,
  BELOW_63: 34,
  DIGITS: 35,
  RECENT: 36,
  PLAIN: 52,
  BLOCKS: 111,
  SECTORS: 163,
  END: 218,
} as const;

/** An integer's bits, the highest left out, times 2^shift; `fewest` bits is the first class of the family. */
export const FAMILIES = [
  { base: CLASS.PLAIN, end: CLASS.BLOCKS, fewest: 6, shift: 0n },
  { base: CLASS.BLOCKS, end: CLASS.SECTORS, fewest: 1, shift: 12n },
  { base: CLASS.SECTORS, end: CLASS.END, fewest: 1, shift: 9n },
] as const;

export const TOP_64 = 0xffff_ffff_ffff_ffffn;
export const TOP_63 = 0x7fff_ffff_ffff_ffffn;

/** Integers that took at least this many bits are remembered, since repeating the class is cheap for the others. */
const WORTH_BITS = 8;
const REMEMBERED = CLASS.PLAIN - CLASS.RECENT;

/** The most recent integers, the latest first. Reader and writer keep one each, in step. */
export class Recent {
  readonly #list: bigint[] = [];

  /** Place of an integer, 0 the latest; -1 if it is not remembered. */
  indexOf(value: bigint): number {
    return this.#list.indexOf(value);
  }

  /** The integer at a place, which makes it the latest; undefined if there is none. */
  take(index: number): bigint | undefined {
    const [value] = this.#list.splice(index, 1);
    if (value !== undefined) this.#list.unshift(value);
    return value;
  }

  /** Remembers an integer that was written with so many bits. */
  add(value: bigint, bits: number): void {
    if (bits < WORTH_BITS) return;
    this.#list.unshift(value);
    if (this.#list.length > REMEMBERED) this.#list.pop();
  }
}
