// SPDX-License-Identifier: MIT
import type { PlainLine } from '../mail/quotes.ts';
import { BACKSLASH, BAR, BRACE, BRACKET, LABEL, OTHER, SLASH, WIDE, marksIn } from './hexdump-marks.ts';
import { stringBytes } from './hexdump-strings.ts';

export interface DumpLine {
  line: number;
  /** As it was written; null if the line has none: plain hex. */
  address: string | null;
  bytes: number[];
  /** A `*`: lines like the one before, up to the next address. */
  repeat: boolean;
  /** A string that strace marks as cut. */
  cut?: true;
}

const LONG_LINE = 400;
/** The shortest line that has something before its address: a label and a blank, eight digits and a blank. */
const LEAST_LOGGED = 12;

/** What the kernel's log has before a line of print_hex_dump(), as dmesg, dmesg -T and journalctl print it. */
const LOGGED =
  /^\s*(?:<\d{1,3}>)?(?:(?:[A-Z][a-z]{2}\s+\d{1,2} [\d:.]{8,16}|\d{4}-\d\d-\d\d[T ][\d:.+-]{8,24}) \S{1,64} kernel: )?(?:\[[^\][]{1,40}\]\s*){0,4}(?:[^:]{1,40}:\s+){0,4}?(?=(?:[0-9a-f]{8}|[0-9a-f]{16}):? )/i;

/** Pairs of digits, in their order. */
const pairs = (text: string): number[] =>
  (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16));
/** Pairs that each have a 0x before them. */
const prefixedPairs = (text: string): number[] =>
  Array.from(text.matchAll(/x([0-9a-f]{2})/gi), ([, pair]) => parseInt(pair!, 16));
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

/**
 * What the lines of every form begin with, and the digits of the first word after the address: a form is tried only where
 * that word has as many as the form's.
 */
const LEAD = /^(0x|\|\s)?([0-9a-f]{4,16})(?![0-9a-f])(?:$|(?: <[^>]{0,80}>)?:?\s+(?:0x)?([0-9a-f]*))/i;

interface Form {
  /** Digits of each word. */
  digits: number;
  /** Whether there is a bar in the line. */
  bar?: true;
  /** The address, and what follows it. */
  line: RegExp;
  bytesOf: (text: string) => number[];
}

/** How a line may look. The first that fits counts. */
const FORMS: readonly Form[] = [
  // 00000000  50 00 …  |....| (hexdump -C)
  { digits: 2, bar: true, line: /^\s*([0-9a-f]{6,16})\s+((?:[0-9a-f]{2}\s+)+)\|.*$/i, bytesOf: pairs },
  // | 00000  50 00 …  .... | (strace -e write=all)
  {
    digits: 2,
    bar: true,
    line: /^\s*\|\s([0-9a-f]{5,8})((?:\s+[0-9a-f]{2}){1,16})\s{2,}.*\|\s*$/i,
    bytesOf: pairs,
  },
  // 0000000 50 00 … (od -t x1, and its z), a lone address at the end
  { digits: 2, line: /^\s*([0-9a-f]{6,8})((?:\s+[0-9a-f]{2})+)\s*(?:\s>.*<)?$/i, bytesOf: pairs },
  { digits: 0, line: /^\s*([0-9a-f]{6,8})()\s*(?:\s>.*<)?$/i, bytesOf: pairs },
  // 0000   50 00 …   .... (Wireshark)
  {
    digits: 2,
    line: /^\s*([0-9a-f]{4})\s{2,4}((?:[0-9a-f]{2} ){0,15}[0-9a-f]{2})(?:\s{2,}.*)?$/i,
    bytesOf: pairs,
  },
  // 0x7ffe01: 50 00 …  ....  (lldb's memory read)
  {
    digits: 2,
    line: /^\s*0x([0-9a-f]{4,16}):((?:\s[0-9a-f]{2}){1,32})(?:\s{2,}.*)?$/i,
    bytesOf: pairs,
  },
  // 0x7ffe01: 0x50 0x00 … (gdb's x/xb), and its words
  {
    digits: 2,
    line: /^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{2})+)\s*$/i,
    bytesOf: prefixedPairs,
  },
  {
    digits: 4,
    line: /^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{4})+)\s*$/i,
    bytesOf: words(16, 2),
  },
  {
    digits: 8,
    line: /^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{8})+)\s*$/i,
    bytesOf: words(16, 4),
  },
  {
    digits: 16,
    line: /^\s*0x([0-9a-f]{4,16})(?: <[^>]{0,80}>)?:((?:\s+0x[0-9a-f]{16})+)\s*$/i,
    bytesOf: words(16, 8),
  },
  // 0000000 0050 0000 … (hexdump, od -x), and wider words (od -t x4, od -t x8)
  { digits: 4, line: /^\s*([0-9a-f]{7})((?:\s+[0-9a-f]{4})+)\s*$/i, bytesOf: words(16, 2) },
  { digits: 8, line: /^\s*([0-9a-f]{6,7})((?:\s+[0-9a-f]{8})+)\s*(?:\s>.*<)?$/i, bytesOf: words(16, 4) },
  { digits: 16, line: /^\s*([0-9a-f]{6,7})((?:\s+[0-9a-f]{16})+)\s*(?:\s>.*<)?$/i, bytesOf: words(16, 8) },
  // 0000000 120 000 … (od -b, hexdump -b), 000120 000000 (od), 00080 00000 (hexdump -d)
  { digits: 3, line: /^\s*([0-9a-f]{7})((?:\s+[0-3][0-7]{2})+)\s*$/i, bytesOf: words(8, 1) },
  { digits: 6, line: /^\s*([0-9a-f]{7})((?:\s+[01][0-7]{5})+)\s*$/i, bytesOf: words(8, 2) },
  { digits: 5, line: /^\s*([0-9a-f]{7})((?:\s+\d{5})+)\s*$/i, bytesOf: words(10, 2) },
];
/** `00000010: 0010 …  ....` (xxd), with the characters after two blanks. */
const XXD = /^\s*([0-9a-f]{4,16}):\s+([0-9a-f]{2,}(?: [0-9a-f]{2,})* ?)(?:\s.*)?$/i;
/** `unsigned char buf[] = {`. */
const ARRAY = /^[^={}"']{0,80}=\s{0,80}\{|^\{/;
/** The end of it, and the most characters that it has. */
const ARRAY_END = /\}\s{0,20}(?:;\s{0,20})?$/;
const ARRAY_END_CHARS = 42;
/** Pairs of hex digits, `0x50, 0x00,` too. */
const PLAIN = /^[\s,]*(?:(?:0x)?[0-9a-f]{2}[\s,]*)+$/i;
/** `50:00:00:00:…`; a time of day has fewer. */
const COLONS = /^(?:[0-9a-f]{2}:){7}/i;
const isPair = (text: string) => /^[0-9a-f]{2}$/i.test(text);

/** Reads a line of a dump; null if it is not one. */
export function dumpLine({ text: given, line }: PlainLine): DumpLine | null {
  if (given === '') return null;
  let whole = given;
  let own = whole.trim();
  if (own === '') return null;
  if (own === '*') return { line, address: null, bytes: [], repeat: true };
  let marks = marksIn(own);
  if (marks & SLASH && (whole = withoutComments(given)) !== given) {
    own = whole.trim();
    if (own === '') return null;
    marks = marksIn(own);
  }
  let [text, trimmed, lead] = [whole, own, null as RegExpExecArray | null];
  if (whole.length <= LONG_LINE) {
    lead = LEAD.exec(own);
    if (lead === null || !isUnlogged(lead, own)) text = withoutLog(whole, marks);
    if (text !== whole) {
      trimmed = text.trim();
      lead = LEAD.exec(trimmed);
    }
  }
  const addressed = lead === null ? null : addressedLine(text, trimmed, lead, marks);
  if (addressed !== null) return { line, ...addressed, repeat: false };
  // A label before bytes without an address, as of the stack in an oops, does not make them a dump.
  if (text !== whole) trimmed = own;
  const bytes =
    (marks & BACKSLASH ? stringBytes(trimmed) : null) ??
    plainBytes(marks & BRACE ? withinBraces(trimmed) : trimmed, (marks & (OTHER | BRACE)) === OTHER);
  if (bytes === null) return null;
  const cut = marks & BACKSLASH && /"(?:\.\.\.|…)/.test(trimmed) ? { cut: true as const } : {};
  return { line, address: null, bytes, repeat: false, ...cut };
}

/** What stands in the braces of an array of C, as far as they are in this line. */
function withinBraces(text: string): string {
  const start = ARRAY.exec(text)?.[0].length ?? 0;
  const tail = Math.max(start, text.length - ARRAY_END_CHARS);
  const end = ARRAY_END.exec(text.slice(tail));
  return text.slice(start, end === null ? text.length : tail + end.index).trim();
}

/** An array of C may say in comments what its bytes are; a comment is never before a digit. */
function withoutComments(text: string): string {
  if (text.length > LONG_LINE || !/\/[*/]/.test(text) || !/^\s*(?:0x|[^"']*=\s*\{|\/)/i.test(text))
    return text;
  return text.replace(/\/\*[^*]{0,200}\*\/|\/\/.*$/g, ' ');
}

/** A line that begins with an address, as its lead says. */
function addressedLine(
  text: string,
  trimmed: string,
  lead: RegExpExecArray,
  marks: number,
): { address: string; bytes: number[] } | null {
  const [{ length }, prefix = '', address = '', word = ''] = lead;
  // The characters of xxd follow two blanks, and may look like hex themselves.
  const xxd =
    prefix === '' && trimmed[address.length] === ':'
      ? XXD.exec(marks & WIDE ? text.replace(/^(\s*\S+\s+\S.*?)\s{2,}.*$/, '$1') : text)
      : null;
  if (xxd !== null) return { address: xxd[1]!, bytes: pairs(xxd[2]!) };
  if (word === '' && length < trimmed.length && trimmed[length] !== '>') return null;
  for (const form of FORMS) {
    if (form.digits !== word.length || (form.bar && !(marks & BAR))) continue;
    const match = form.line.exec(text);
    if (match === null) continue;
    if (match[2] === '' && trimmed.length % 2 === 0 && trimmed.length > 8) continue;
    return { address: match[1]!, bytes: form.bytesOf(match[2]!) };
  }
  return null;
}

/** Whether LOGGED takes away nothing: a line begins with what it looks for, or as the kernel prints no address. */
const isUnlogged = ([, prefix, address]: RegExpExecArray, own: string): boolean =>
  prefix?.toLowerCase() === '0x' ||
  (prefix === undefined &&
    (address!.length === 8 || address!.length === 16) &&
    (own[address!.length] === ' ' || (own[address!.length] === ':' && own[address!.length + 1] === ' ')));

/** What stands before a line in the kernel's log ends in a colon and a blank, or in a bracket. */
const withoutLog = (text: string, marks: number): string =>
  text.length >= LEAST_LOGGED && marks & (LABEL | BRACKET) ? text.replace(LOGGED, '') : text;

/**
 * Found without a pattern that could backtrack over a long line.
 *
 * @param foreign whether there is something in the line that pairs of digits never have beside them but colons
 */
function plainBytes(text: string, foreign: boolean): number[] | null {
  // The id of a commit has as many digits.
  if (text === '' || (text.length === 40 && /^[0-9a-f]{40}$/i.test(text))) return null;
  if (
    COLONS.test(text) &&
    text.split(':').every((pair, i, all) => isPair(pair) || (pair === '' && i === all.length - 1))
  )
    return pairs(text);
  if (foreign || (text.length <= LONG_LINE && !PLAIN.test(text))) return null;
  const digits = text.replace(/0x/gi, '').replace(/[\s,]+/g, '');
  const fits = text.length <= LONG_LINE || (digits.length % 2 === 0 && /^[0-9a-f]+$/i.test(digits));
  return fits ? pairs(digits) : null;
}
