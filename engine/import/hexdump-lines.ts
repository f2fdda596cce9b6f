// SPDX-License-Identifier: MIT
import type { PlainLine } from '../mail/quotes.ts';
import { quotationEnd } from './quoted.ts';

export interface DumpLine {
  line: number;
  /** As it was written; null if the line has none: plain hex. */
  address: string | null;
  bytes: number[];
  /** A `*`: lines like the one before, up to the next address. */
  repeat: boolean;
}

const LONG_LINE = 400;

/** What the kernel's log has before a line of print_hex_dump(), as dmesg, dmesg -T and journalctl print it. */
const LOGGED =
  /^\s*(?:<\d{1,3}>)?(?:(?:[A-Z][a-z]{2}\s+\d{1,2} [\d:.]{8,16}|\d{4}-\d\d-\d\d[T ][\d:.+-]{8,24}) \S{1,64} kernel: )?(?:\[[^\][]{1,40}\]\s+)?(?:[^\s:]{1,40}:\s+){0,4}?(?=(?:[0-9a-f]{8}|[0-9a-f]{16}):? )/i;

/** Pairs of digits, in their order. */
const pairs = (text: string): number[] =>
  (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16));
/** Words of a machine that has the low byte first, each in digits of a base. */
const words =
  (radix: number, width: number) =>
  (text: string): number[] =>
    text
      .trim()
      .split(/\s+/)
      .flatMap((word) => {
        const value = radix === 16 ? BigInt(`0x${word.replace(/^0x/i, '')}`) : BigInt(parseInt(word, radix));
        return Array.from({ length: width }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
      });

/** How a line may look: its address, what follows it, and how that is read. The first that fits counts. */
const FORMS: readonly [RegExp, (text: string) => number[]][] = [
  // 00000000  50 00 …  |....| (hexdump -C)
  [/^\s*([0-9a-f]{6,16})\s+((?:[0-9a-f]{2}\s+)+)\|.*$/i, pairs],
  // | 00000  50 00 …  .... | (strace -e write=all)
  [/^\s*\|\s([0-9a-f]{5,8})((?:\s+[0-9a-f]{2}){1,16})\s{2,}.*\|\s*$/i, pairs],
  // 0000000 50 00 … (od -t x1, and its z), a lone address at the end
  [/^\s*([0-9a-f]{6,8})((?:\s+[0-9a-f]{2})*)\s*(?:\s>.*<)?$/i, pairs],
  // 0000   50 00 …   .... (Wireshark)
  [/^\s*([0-9a-f]{4})\s{2,4}((?:[0-9a-f]{2} ){0,15}[0-9a-f]{2})(?:\s{2,}.*)?$/i, pairs],
  // 0x7ffe01: 0x50 0x00 … (gdb's x/xb), and its words
  [
    /^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{2})+)\s*$/i,
    (text) => pairs(text.replace(/0x/gi, '')),
  ],
  [/^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{8})+)\s*$/i, words(16, 4)],
  [/^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{16})+)\s*$/i, words(16, 8)],
  // 0000000 0050 0000 … (hexdump, od -x), and wider words (od -t x4, od -t x8)
  [/^\s*([0-9a-f]{7})((?:\s+[0-9a-f]{4})+)\s*$/i, words(16, 2)],
  [/^\s*([0-9a-f]{6,7})((?:\s+[0-9a-f]{8})+)\s*(?:\s>.*<)?$/i, words(16, 4)],
  [/^\s*([0-9a-f]{6,7})((?:\s+[0-9a-f]{16})+)\s*(?:\s>.*<)?$/i, words(16, 8)],
  // 0000000 120 000 … (od -b, hexdump -b), 000120 000000 (od), 00080 00000 (hexdump -d)
  [/^\s*([0-9a-f]{7})((?:\s+[0-3][0-7]{2})+)\s*$/i, words(8, 1)],
  [/^\s*([0-9a-f]{7})((?:\s+[01][0-7]{5})+)\s*$/i, words(8, 2)],
  [/^\s*([0-9a-f]{7})((?:\s+\d{5})+)\s*$/i, words(10, 2)],
];
/** `00000010: 0010 …  ....` (xxd), with the characters behind two blanks. */
const XXD = /^\s*([0-9a-f]{4,16}):\s+([0-9a-f]{2,}(?: [0-9a-f]{2,})* ?)(?:\s.*)?$/i;
/** `unsigned char buf[] = {`, and the end of it. */
const ARRAY = /^[^={}"']{0,80}=\s*\{|^\s*\{|\}\s*(?:;\s*)?$/g;
/** Pairs of hex digits, `0x50, 0x00,` too. */
const PLAIN = /^[\s,]*(?:(?:0x)?[0-9a-f]{2}[\s,]*)+$/i;
/** `50:00:00:00:…`; a time of day has fewer. */
const COLONS = /^(?:[0-9a-f]{2}:){7}/i;
/** What begins a string. */
const OPENING = /"|b'/g;
const ESCAPE = /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|(.))|([^\\])/gis;
const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
/** A string with fewer bytes is not a server's answer: the header alone has as many. */
const LEAST_STRING = 16;

const isPair = (text: string) => /^[0-9a-f]{2}$/i.test(text);

/** Reads a line of a dump; null if it is not one. */
export function dumpLine({ text: whole, line }: PlainLine): DumpLine | null {
  const text = whole.length > LONG_LINE ? whole : whole.replace(LOGGED, '');
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (trimmed === '*') return { line, address: null, bytes: [], repeat: true };
  if (text.length <= LONG_LINE) {
    // The characters of xxd follow two blanks, and may look like hex themselves.
    const xxd = XXD.exec(text.replace(/^(\s*\S+\s+\S.*?)\s{2,}.*$/, '$1'));
    if (xxd !== null) return { line, address: xxd[1]!, bytes: pairs(xxd[2]!), repeat: false };
    for (const [form, bytesOf] of FORMS) {
      const match = form.exec(text);
      if (match === null) continue;
      if (match[2] === '' && trimmed.length % 2 === 0 && trimmed.length > 8) continue;
      return { line, address: match[1]!, bytes: bytesOf(match[2]!), repeat: false };
    }
  }
  const bytes = stringBytes(trimmed) ?? plainBytes(trimmed.replace(ARRAY, '').trim());
  return bytes === null ? null : { line, address: null, bytes, repeat: false };
}

/** The bytes of the strings in a line, as C, Python and strace write them; null without a byte as a number. */
function stringBytes(text: string): number[] | null {
  if (text.length > 10 * LONG_LINE || !/\\(?:x[0-9a-f]|[0-7])/i.test(text)) return null;
  const bytes: number[] = [];
  for (const literal of literals(text))
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

/** Found without a pattern that could backtrack over a long line. */
function plainBytes(text: string): number[] | null {
  if (text === '') return null;
  if (
    COLONS.test(text) &&
    text.split(':').every((pair, i, all) => isPair(pair) || (pair === '' && i === all.length - 1))
  )
    return pairs(text);
  const digits = text.replace(/0x/gi, '').replace(/[\s,]+/g, '');
  const fits =
    text.length <= LONG_LINE ? PLAIN.test(text) : digits.length % 2 === 0 && /^[0-9a-f]+$/i.test(digits);
  return fits ? pairs(digits) : null;
}
