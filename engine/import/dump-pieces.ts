// SPDX-License-Identifier: MIT
import type { DumpLine } from './hexdump-lines.ts';
import { OUT_HEADER_BYTES } from '../kernel/wire.ts';
import type { PlainLine } from '../mail/quotes.ts';

/** The lines of one dump among others, and what was read of each. */
export interface PieceLines {
  lines: PlainLine[];
  read: DumpLine[];
}

/**
 * The lines of each dump in a text with more than one: a dump begins where addresses begin at 0 again, and after words
 * that are not of a dump, unless its address goes on where the one before them ended.
 *
 * What is shorter than a header is not a dump of a message.
 *
 * @param read each line as dumpLine() returns it
 */
export function piecesOf(lines: readonly PlainLine[], read: readonly (DumpLine | null)[]): PieceLines[] {
  const pieces: PieceLines[] = [];
  let words = false;
  let [begins, next] = [0n, 0n];
  for (const [at, line] of lines.entries()) {
    const found = read[at];
    if (found == null) {
      words ||= line.text !== '' && line.text.trim() !== '';
      continue;
    }
    const address = found.address === null ? null : BigInt(`0x${found.address}`);
    const anew =
      found.bytes.length > 0 &&
      (pieces.length === 0 ||
        address === 0n ||
        (words && (address === null || (begins !== 0n && address !== next))));
    if (anew) {
      pieces.push({ lines: [], read: [] });
      begins = address ?? 0n;
    }
    words = false;
    const piece = pieces.at(-1);
    piece?.lines.push(line);
    piece?.read.push(found);
    next = (address ?? next) + BigInt(found.bytes.length);
  }
  return pieces.filter(
    ({ read }) =>
      read.some(({ repeat }) => repeat) ||
      read.reduce((sum, { bytes }) => sum + bytes.length, 0) >= OUT_HEADER_BYTES,
  );
}
