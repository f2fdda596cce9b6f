// SPDX-License-Identifier: MIT
/**
 * The outside of a link, the same in every format version for ever:
 *
 *     # 1 . 418 . AbC…xyz Q7
 *       |   |     |       '-- check pair, two of [0-9A-Za-z], over everything before it
 *       |   |     '---------- payload, base64url
 *       |   '---------------- its length in characters, decimal
 *       '-------------------- format version, decimal
 *
 * The length comes first, so that a cut link can say how much is missing. The pair comes last, so that no link
 * ends in a character that a mail or chat program takes for punctuation.
 */

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const PAIR_CHARS = 2;

/**
 * A prime below 62², and a primitive root of it. Modulo this prime a change of one character alters the sum,
 * since no two character codes are that far apart; and so does the exchange of any two different characters
 * less than 3832 places apart, since no smaller power of the root is 1.
 */
const PRIME = 3833;
const ROOT = 3;

/** The check pair of a link's text up to it, e.g. of `1.4.AAAA`. */
export function checkPair(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * ROOT + text.charCodeAt(i)) % PRIME;
  return BASE62.charAt(Math.floor(sum / 62)) + BASE62.charAt(sum % 62);
}

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let n = 0; n < Math.min(left, 3) + 1; n++) text += BASE64URL.charAt((group >> (18 - 6 * n)) & 63);
  }
  return text;
}

/** The bytes of base64url text without padding; null if a character or the length does not fit. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const char of text) {
    const value = BASE64URL.indexOf(char);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  return bytes;
}

/** Whether a character can be part of a payload or a pair. */
export function isPayloadChar(char: string): boolean {
  return /^[A-Za-z0-9_-]$/.test(char);
}
