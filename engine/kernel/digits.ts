// SPDX-License-Identifier: MIT
/**
 * Decimal digits as a sentence has them: from five on in groups of three, set apart by commas. In fields, code, cards
 * and structs a number is written without, as it can be typed.
 */
export const grouped = (value: bigint | number): string =>
  String(value).replace(/\d{5,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));

/** A sentence for a place where digits are not grouped: `10,000` is `10000` again. */
export const ungrouped = (sentence: string): string => sentence.replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
