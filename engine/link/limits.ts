// SPDX-License-Identifier: MIT
/**
 * How much of a stranger's link is looked at. The encoder keeps to the same limits, so that no link is made
 * that would not open.
 */
export const LIMITS = {
  /** Characters of a link, head and check pair included, `#` not. */
  linkChars: 65_536,
  /** Characters of the text that is searched for a link: a mail's quoting and percent-encoding add to it. */
  textChars: 262_144,
  /** Bytes that a payload may inflate to. */
  inflatedBytes: 1_048_576,
  /** Characters of all strings and keys together, repeated ones counted each time. */
  chars: 8_388_608,
  /** Objects and arrays within each other. A scenario has about eight. */
  depth: 48,
  /** Digits of an integer that is not a 64-bit value; the scenario schema refuses it in any case. */
  bigDigits: 1_000,
} as const;
