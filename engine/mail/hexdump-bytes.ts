// SPDX-License-Identifier: GPL-2.0-only
import type { PlainLine } from './quotes.ts';
import { refuse, type ImportError } from './types.ts';

/** More than any answer; a `*` could ask for much more. */
const DUMP_BYTES = 65_536;

interface DumpLine {
  line: number;
  /** As it was written; null if the line has none: plain hex. */
  address: string | null;
  bytes: number[];
  /** A `*`: lines like the one before, up to the next address. */
  repeat: boolean;
}

/** `00000010: 0010 …  ....` (xxd), with the characters behind two blanks. */
const XXD = /^\s*([0-9a-f]{4,16}):\s+((?:[0-9a-f]{2,16} ?)+)(?:\s.*)?$/i;
/** `00000010  00 10 …  |....|` (hexdump -C). */
const CANONICAL = /^\s*([0-9a-f]{6,16})\s+((?:[0-9a-f]{2}\s+)+)\|.*$/i;
/** `000010 00 10 …` (od -A x -t x1, and its z), a lone address at the end. */
const OD = /^\s*([0-9a-f]{6,8})((?:\s+[0-9a-f]{2})*)\s*(?:\s>.*<)?$/i;
/** `| 00010  00 10 …  .... |` (strace -e write=all). */
const STRACE = /^\s*\|\s([0-9a-f]{5,8})((?:\s+[0-9a-f]{2}){1,16})\s{2,}.*\|\s*$/i;
/** `0000010 1000 0000 …` (hexdump, od -x): words of two bytes, the low one first. */
const WORDS = /^\s*([0-9a-f]{7})((?:\s+[0-9a-f]{4})+)\s*$/i;
/** Pairs of hex digits, `0x10, 0x00,` too. */
const PLAIN = /^[\s,]*(?:(?:0x)?[0-9a-f]{2}[\s,]*)+$/i;
const LONG_LINE = 400;
/** What the kernel's log has before a line of print_hex_dump(). */
const LOGGED = /^\s*(?:<\d{1,3}>)?\[\s*\d+\.\d+\]\s+(?:[^\s:]+:\s+)*?(?=[0-9a-f]{8}:? )/i;
/** How addresses are counted: hex, as od does it of its own accord, and `od -A d`. */
const RADIXES = [16, 8, 10] as const;

/** Whether a line could be of a dump: what sniffing asks. */
export function isDumpLine(text: string): boolean {
  return (read({ text, line: 0, depth: 0 })?.bytes.length ?? 0) > 0;
}

type Dump = { ok: true; bytes: Uint8Array } | ImportError;

/**
 * The bytes of a dump as xxd, `od -t x1`, `hexdump -C` or `hexdump` print it, strace or the kernel's log, or of
 * plain pairs of hex digits. Lines before and behind it that are no dump are passed over; one within it is an
 * error.
 */
export function dumpBytes(lines: readonly PlainLine[]): Dump {
  const all = lines.map(read);
  const results = RADIXES.map((radix) => bytesOf(lines, all, radix));
  return results.find(({ ok }) => ok) ?? results[0]!;
}

/** @param radix of the addresses */
function bytesOf(lines: readonly PlainLine[], all: readonly (DumpLine | null)[], radix: number): Dump {
  const first = all.findIndex((line) => line !== null && line.bytes.length > 0);
  if (first < 0)
    return refuse(
      'Expected a hexdump: xxd, od -t x1, hexdump -C, or pairs of hex digits. ' +
        `Found ${JSON.stringify(lines.find(({ text }) => text.trim() !== '')?.text.slice(0, 40) ?? '')}.`,
    );
  const last = all.findLastIndex((line) => line !== null);
  const bytes: number[] = [];
  const base = parseInt(all[first]!.address ?? '0', radix);
  let before: number[] = [];
  let repeating = false;
  for (let i = first; i <= last; i++) {
    const line = all[i];
    if (line == null) {
      if (lines[i]!.text.trim() === '') continue;
      return refuse(
        `Expected a line of the hexdump, found ${JSON.stringify(lines[i]!.text.slice(0, 40))}.`,
        lines[i]!.line,
      );
    }
    if (line.repeat) {
      repeating = true;
      continue;
    }
    if (line.address !== null) {
      const address = parseInt(line.address, radix);
      const at = address - base;
      if (at > DUMP_BYTES) return refuse(`The hexdump goes on for more than ${DUMP_BYTES} bytes.`, line.line);
      while (repeating && bytes.length < at && before.length > 0) for (const byte of before) bytes.push(byte);
      if (at !== bytes.length)
        return refuse(
          `The address is 0x${address.toString(16)}; after the lines before it 0x${(base + bytes.length).toString(16)} ` +
            'was expected: a line is missing or changed.',
          line.line,
        );
    }
    repeating = false;
    for (const byte of line.bytes) bytes.push(byte);
    if (bytes.length > DUMP_BYTES) return refuse(`At most ${DUMP_BYTES} bytes are read.`, line.line);
    before = line.bytes;
  }
  return { ok: true, bytes: Uint8Array.from(bytes) };
}

function read({ text: whole, line }: PlainLine): DumpLine | null {
  const text = whole.length > LONG_LINE ? whole : whole.replace(LOGGED, '');
  if (text.length > LONG_LINE && !/^[\s,0-9a-fx]*$/i.test(text)) return null;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (trimmed === '*') return { line, address: null, bytes: [], repeat: true };
  if (text.length <= LONG_LINE) {
    // The characters of xxd stand behind two blanks, and may look like hex themselves.
    const xxd = XXD.exec(text.replace(/^(\s*\S+\s+\S.*?)\s{2,}.*$/, '$1'));
    if (xxd !== null) return { line, address: xxd[1]!, bytes: pairs(xxd[2]!), repeat: false };
    const match = CANONICAL.exec(text) ?? STRACE.exec(text) ?? OD.exec(text);
    if (match !== null && !(match[2] === '' && trimmed.length % 2 === 0 && trimmed.length > 8))
      return { line, address: match[1]!, bytes: pairs(match[2]!), repeat: false };
    const words = WORDS.exec(text);
    if (words !== null) {
      const swapped = words[2]!
        .trim()
        .split(/\s+/)
        .flatMap((word) => pairs(word).reverse());
      return { line, address: words[1]!, bytes: swapped, repeat: false };
    }
  }
  return isPlain(trimmed)
    ? { line, address: null, bytes: pairs(trimmed.replace(/0x/gi, '')), repeat: false }
    : null;
}

/** Told without a pattern that could backtrack over a long line. */
function isPlain(text: string): boolean {
  if (text.length <= LONG_LINE) return PLAIN.test(text);
  const digits = text.replace(/0x/gi, '').replace(/[\s,]+/g, '');
  return digits.length % 2 === 0 && /^[0-9a-f]+$/i.test(digits);
}

function pairs(text: string): number[] {
  return (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16));
}
