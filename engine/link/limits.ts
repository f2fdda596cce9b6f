// SPDX-License-Identifier: MIT
/**
 * How much of a stranger's link is looked at. The encoder keeps to the same limits, so that no link is made
 * that would not open.
 */
export const LIMITS = {
  /** Characters of a link, head and check pair included, `#` not. */
  linkChars: 65_536,
  /** Characters of the text that a link is looked for in: a mail's quoting and percent-encoding come on top. */
  textChars: 262_144,
  /** Bytes that a payload may inflate to. */
  inflatedBytes: 1_048_576,
  /** Characters of all strings and keys together, those that come again counted again. */
  chars: 8_388_608,
  /** Objects and arrays within each other. A scenario has about eight. */
  depth: 48,
  /** Digits of an integer that is no 64-bit value; the scenario schema refuses it in any case. */
  bigDigits: 1_000,
} as const;
