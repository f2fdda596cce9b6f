// SPDX-License-Identifier: MIT
/** What a line has in it, as bits, which decides how a line of a dump is read: one walk in place of a search for each. */

export const BAR = 1;
/** A colon before a blank. */
export const LABEL = 2;
export const BRACKET = 4;
export const BACKSLASH = 8;
export const BRACE = 16;
/** What neither bytes nor addresses have, nor what stands between them. */
export const OTHER = 32;
/** Two blanks side by side, perhaps. */
export const WIDE = 64;
/** What a comment of C begins with. */
export const SLASH = 128;

/** The bits of a line. */
export function marksIn(text: string): number {
  let marks = 0;
  let before = 0x21;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 && before === COLON) marks |= LABEL;
    if (code <= 0x20 && before <= 0x20) marks |= WIDE;
    marks |= code <= 0x7f ? MARKS[code]! : LABEL | WIDE;
    before = code;
  }
  return marks;
}

const COLON = 0x3a;
const BITS: Readonly<Record<string, number>> = {
  '|': BAR,
  ']': BRACKET,
  '>': BRACKET,
  '\\': BACKSLASH,
  '/': SLASH,
  '{': BRACE,
  '}': BRACE,
};
/** The bits of each character of ASCII. */
const MARKS = Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  return (BITS[char] ?? 0) | (/[\s,xX0-9a-fA-F]/.test(char) ? 0 : OTHER);
});
