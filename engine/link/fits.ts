// SPDX-License-Identifier: MIT
/**
 * Where a share link of a given length still goes in one piece: for the share dialog, which shows it before the
 * link is sent.
 */
export interface Fit {
  place: 'mail-line' | 'discord' | 'qr' | 'slack';
  /** What it fits in, to be read after "fits" or "does not fit". */
  label: string;
  /** The most characters of a whole address there. */
  limitChars: number;
  fits: boolean;
}

/** Room for `https://host/path/` where the address is not known yet; with 900 of hash it makes a mail line. */
const BASE_ALLOWANCE_CHARS = 98;

const PLACES: readonly Omit<Fit, 'fits'>[] = [
  // RFC 5322 section 2.1.1: a line MUST be no more than 998 characters, without the CRLF. What is longer is
  // encoded or wrapped, and kernel lists take plain text only.
  { place: 'mail-line', label: 'one line of a plain-text mail', limitChars: 998 },
  // Discord developer documentation, Create Message: `content`, up to 2000 characters.
  { place: 'discord', label: 'a Discord message', limitChars: 2000 },
  // ISO/IEC 18004: version 40, error correction level L, byte mode (an address has lower-case letters).
  { place: 'qr', label: 'a QR code', limitChars: 2953 },
  // Slack API documentation, chat.postMessage: keep `text` under 4000 characters.
  { place: 'slack', label: 'a Slack message', limitChars: 4000 },
];

/**
 * What a link fits, the narrowest place first.
 * @param hashChars characters of the hash, `#` included
 * @param baseChars characters of the address before the hash
 */
export function fits(hashChars: number, baseChars: number = BASE_ALLOWANCE_CHARS): Fit[] {
  const lengthChars = hashChars + baseChars;
  return PLACES.map((place) => ({ ...place, fits: lengthChars <= place.limitChars }));
}
