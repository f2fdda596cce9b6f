// SPDX-License-Identifier: MIT
/** Bytes written as a list of numbers: an array of C, Go, Rust, Python or JavaScript, with comments or without. */
import { numberList, type NumberList } from './number-list.ts';

/** A list of numbers as the bytes that lie in memory. */
export interface ArrayBytes {
  bytes: Uint8Array;
  /** How many of them the list leaves out, which are 0, as its declared size says. */
  filled: number;
}

const LEAST_BYTES = 16;
const MOST_BYTES = 65_536;
/** What stands before a list is looked at no further, and of so many lists. */
const HEAD_CHARS = 120;
const MOST_LISTS = 50;

/** Whether there are strings in a text, and whether one bracket at least begins like a list of numbers: one walk. */
export function signsIn(text: string): { quoted: boolean; listed: boolean } {
  let [quoted, listed, state] = [false, false, NOWHERE];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) continue;
    const sign = code < 0x80 ? SIGNS[code]! : 0;
    quoted ||= (sign & QUOTE) !== 0;
    listed ||= (state === OPENED && (sign & COMMENT) !== 0) || (state === NUMBER && (sign & COMMA) !== 0);
    if (sign & OPENS) state = OPENED;
    else state = state !== NOWHERE && sign & (state === OPENED ? BEGINS : GOES_ON) ? NUMBER : NOWHERE;
  }
  return { quoted, listed };
}

const [NOWHERE, OPENED, NUMBER] = [0, 1, 2];
const [QUOTE, OPENS, BEGINS, GOES_ON, COMMA, COMMENT] = [1, 2, 4, 8, 16, 32];
/** Of each character of ASCII. A comment, and the place of a number, may stand first in a list. */
const SIGNS = Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  const has = (chars: RegExp, bit: number) => (chars.test(char) ? bit : 0);
  const begins = has(/"/, QUOTE) | has(/[[({]/, OPENS) | has(/[-0-9']/, BEGINS) | has(/[/#]/, COMMENT);
  return begins | has(/[\w'\\\]=]/, GOES_ON) | has(/,/, COMMA);
});

/** The first list of a text that has as many bytes as a header at least; null for none, or one that is not closed. */
export function arrayBytes(text: string): ArrayBytes | null {
  const opening = /[[({]/g;
  let lists = 0;
  for (let match; lists < MOST_LISTS && (match = opening.exec(text)) !== null;) {
    const list = numberList(text, opening.lastIndex);
    // A bracket within a list belongs to a place, so what was read is not read again.
    opening.lastIndex = Math.max(list.end, opening.lastIndex);
    if (!list.closed || list.values.length * WIDEST < LEAST_BYTES) continue;
    lists++;
    const head = text.slice(Math.max(0, match.index - HEAD_CHARS), match.index);
    const found = inMemory(list.values, widthOf(head), sizeOf(head));
    if (found !== null && found.bytes.length >= LEAST_BYTES) return found;
  }
  return null;
}

const WIDEST = 8;

/** The numbers as a machine has them that has the low byte first; null if one does not fit. */
function inMemory(values: NumberList['values'], width: number, size: number | null): ArrayBytes | null {
  const count = Math.max(values.length, size ?? 0);
  if (count * width > MOST_BYTES) return null;
  const bytes = new Uint8Array(count * width);
  let left = count;
  for (const [place, value] of values.entries()) {
    if (value === undefined) continue;
    left--;
    const bits = BigInt(8 * width);
    if (value >= 1n << bits || value < -(1n << (bits - 1n))) return null;
    for (let i = 0; i < width; i++) bytes[place * width + i] = Number((value >> BigInt(8 * i)) & 0xffn);
  }
  return { bytes, filled: left * width };
}

/** Bytes of an element, as the type before the list says; 1 if it says nothing. */
function widthOf(head: string): number {
  const bits = /\b(?:__)?(?:uint|int|u|s|le|i)_?(8|16|32|64)(?:_t)?\b/i.exec(head)?.[1];
  if (bits !== undefined) return Number(bits) / 8;
  if (/\b(?:long|size_t)\b/.test(head)) return 8;
  return /\b(?:unsigned|int)\b(?!\s+char\b)/.test(head) ? 4 : 1;
}

/** The size that is declared: `buf[80] =` of C, `[80]byte` of Go. */
function sizeOf(head: string): number | null {
  const [, c, go] = /\[\s*(\d{1,5})\s*\]\s*=\s*$|\[\s*(\d{1,5})\s*\]\w{1,20}\s*$/.exec(head) ?? [];
  const digits = c ?? go;
  return digits === undefined ? null : Number(digits);
}
