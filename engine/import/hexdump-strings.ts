// SPDX-License-Identifier: MIT
/** Bytes as C, Python, strace and gdb write them in strings. */
import { quotationEnd } from './quoted.ts';

const LONG_LINE = 4000;
/** What begins a string. */
const OPENING = /"|b'/g;
const ESCAPE = /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|(.))|([^\\])/gis;
const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
/** `'\000' <repeats 11 times>`, as gdb prints equal characters between strings. */
const REPEATED = /'(\\?[^'\\]|\\[0-7]{3})' <repeats (\d{1,5}) times>/g;
/** More are not part of an answer, and would only cost memory. */
const MOST_REPEATS = 128;
const repeated = (_: string, char: string, times: string): string => `"${char.repeat(Number(times))}"`;
/** A string with fewer bytes is not a server's answer: the header alone has as many. */
const LEAST_STRING = 16;

/** The bytes of the strings in a line, as C, Python and strace write them; null without a byte as a number. */
export function stringBytes(text: string): number[] | null {
  if (text.length > LONG_LINE || !/\\(?:x[0-9a-f]|[0-7])/i.test(text)) return null;
  for (const [, , times] of text.matchAll(REPEATED)) if (Number(times) > MOST_REPEATS) return null;
  const bytes: number[] = [];
  for (const literal of literals(text.replace(REPEATED, repeated)))
    for (const [, hex, octal, letter, char] of literal.matchAll(ESCAPE)) {
      const value =
        hex !== undefined
          ? parseInt(hex, 16)
          : octal !== undefined
            ? parseInt(octal, 8)
            : letter !== undefined
              ? (LETTERS[letter] ?? letter.charCodeAt(0))
              : char!.charCodeAt(0);
      if (value > 0xff) return null;
      bytes.push(value);
    }
  return bytes.length >= LEAST_STRING ? bytes : null;
}

/** What quotation marks enclose. One that nothing closes is skipped: then none of its kind after it is closed. */
function* literals(text: string): Generator<string> {
  const open = new Set<string>();
  OPENING.lastIndex = 0;
  for (let match; (match = OPENING.exec(text)) !== null;) {
    const mark = match[0].at(-1)!;
    const from = OPENING.lastIndex;
    const end = open.has(mark) ? -1 : quotationEnd(text, from, mark);
    if (end < 0) open.add(mark);
    else yield text.slice(from, end);
    OPENING.lastIndex = end < 0 ? from : end + 1;
  }
}
