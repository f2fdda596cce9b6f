// SPDX-License-Identifier: MIT
import { grouped } from '../kernel/digits.ts';
import { dumpLine, type DumpLine } from './hexdump-lines.ts';
import type { PlainLine } from '../mail/quotes.ts';
import { refuse, type ImportError } from './types.ts';

/** More than any answer; a `*` could ask for much more. */
const DUMP_BYTES = 65_536;

/** The radixes of addresses: od's default is octal; xxd and hexdump write hex, `od -A d` decimal. */
const RADIXES = [16, 8, 10] as const;

/** Whether a line could belong to a dump, for sniffing. */
export function isDumpLine(text: string): boolean {
  return (dumpLine({ text, line: 0, depth: 0 })?.bytes.length ?? 0) > 0;
}

/** What a dump has in it, or why it can't be read. */
export type Dump =
  | {
      ok: true;
      bytes: Uint8Array;
      form: Form;
      /** Whether there are lines of something else before or after it. */
      foreign: boolean;
    }
  | ImportError;

/** How sure a dump is one: `bare` has no address, `run` in addition nothing between its pairs of digits. */
type Form = 'addressed' | 'bare' | 'run';

/**
 * The bytes of a dump as xxd, od, hexdump, gdb or Wireshark print it, strace or the kernel's log, or of plain pairs of
 * hex digits, an array or a string of C. Lines before and after it that are not of a dump are skipped; one within it is
 * an error.
 *
 * @param wanted what the bytes are expected to be, if the addresses can be read in more than one way
 * @param all the lines as dumpLine() returns them, for a caller that has them
 */
export function dumpBytes(
  lines: readonly PlainLine[],
  wanted: (bytes: Uint8Array) => boolean,
  all: readonly (DumpLine | null)[] = lines.map(dumpLine),
): Dump {
  const first = all.findIndex((line) => line !== null && line.bytes.length > 0);
  if (first < 0)
    return refuse(
      'Expected a hexdump: xxd, od -t x1, hexdump -C, or pairs of hex digits. ' +
        `Found ${JSON.stringify(lines.find(({ text }) => text.trim() !== '')?.text.slice(0, 40) ?? '')}.`,
    );
  const last = all.findLastIndex((line) => line !== null);
  const results = RADIXES.map((radix) => bytesOf(lines, all, { first, last, radix }));
  // A dump with a `*` may be read in more than one way, one of which is an answer.
  return results.find((dump) => dump.ok && wanted(dump.bytes)) ?? results.find(({ ok }) => ok) ?? results[0]!;
}

/** The first line with bytes, the last of the dump, and the radix of the addresses. */
interface Extent {
  first: number;
  last: number;
  radix: number;
}

function bytesOf(
  lines: readonly PlainLine[],
  all: readonly (DumpLine | null)[],
  { first, last, radix }: Extent,
): Dump {
  const bytes: number[] = [];
  const base = addressOf(all[first]!.address ?? '0', radix);
  let before: number[] = [];
  let repeating = false;
  const addressed = all.some((line) => line !== null && (line.address !== null || line.repeat));
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
      const address = addressOf(line.address, radix);
      const at = Number(address - base);
      if (at > DUMP_BYTES)
        return refuse(`The hexdump goes on for more than ${grouped(DUMP_BYTES)} bytes.`, line.line);
      while (repeating && bytes.length < at && before.length > 0) for (const byte of before) bytes.push(byte);
      if (at !== bytes.length)
        return refuse(
          `The address is 0x${address.toString(16)}; after the lines before it 0x${(base + BigInt(bytes.length)).toString(16)} ` +
            'was expected: a line is missing or changed.',
          line.line,
        );
    }
    if (line.cut)
      return refuse(
        'The string is cut: the rest of the answer is lost. Trace with "strace -s 200", or with "-e write=all".',
        line.line,
      );
    repeating = false;
    for (const byte of line.bytes) bytes.push(byte);
    if (bytes.length > DUMP_BYTES) return refuse(`At most ${grouped(DUMP_BYTES)} bytes are read.`, line.line);
    before = line.bytes;
  }
  if (repeating)
    return refuse(
      'The dump ends in "*", which stands for more lines like the one before. The address after it says how many, ' +
        'and is not here: the dump lost its end.',
      all[last]!.line,
    );
  const runs = () => all.every((line, i) => line === null || /^[0-9a-f]*$/i.test(lines[i]!.text.trim()));
  return {
    ok: true,
    bytes: Uint8Array.from(bytes),
    form: addressed ? 'addressed' : runs() ? 'run' : 'bare',
    foreign: all.some((line, i) => line === null && lines[i]!.text.trim() !== ''),
  };
}

/** An address in 64 bits; -1 if the radix lacks one of its digits. */
function addressOf(text: string, radix: number): bigint {
  if (radix === 16) return BigInt(`0x${text}`);
  const digits = radix === 8 ? /^[0-7]+$/ : /^\d+$/;
  return digits.test(text) ? BigInt((radix === 8 ? '0o' : '') + text) : -1n;
}
