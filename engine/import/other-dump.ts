// SPDX-License-Identifier: MIT
/** Dumps that are not read: what to paste instead. */
import { BEGIN_OUT_BYTES, MAPPING_BYTES, OUT_HEADER_BYTES } from '../kernel/wire.ts';
import { plainLines } from '../mail/quotes.ts';

/** Fewer digits may be anything. */
const LEAST_DIGITS = 16;
/** Lines are looked at no further. */
const LONG_LINE = 400;
/** `0000020   P  \0 020`, as `od -c` and `od -a` have it. */
const CHARACTERS = /^[0-7]{7}(?:\s+(?:\\[0abfnrtv]|[0-7]{3}|[a-z]{2,3}|[!-~])){8,16}\s*$/;

/** What is wrong with a text that is a dump and can't be read; null if it is none. */
export function otherDump(text: string): string | null {
  const lines = plainLines(text)
    .map((line) => line.text.trim())
    .filter((line) => line !== '');
  if (lines.some((line) => line.length <= LONG_LINE && CHARACTERS.test(line)))
    return 'This is a dump in characters (od -c or od -a), which leaves open what some bytes are. Paste od -t x1, or xxd.';
  if (!lines.every((line) => /^[0-9a-f]+$/i.test(line))) return null;
  const digits = lines.reduce((sum, line) => sum + line.length, 0);
  if (digits % 2 === 0 || digits < LEAST_DIGITS) return null;
  const whole = OUT_HEADER_BYTES + BEGIN_OUT_BYTES;
  return (
    `These are ${digits} hex digits: half a byte is missing. Expected ${whole} bytes (header and both mappings), ` +
    `${BEGIN_OUT_BYTES} (both mappings) or ${MAPPING_BYTES} (one), two digits each.`
  );
}
