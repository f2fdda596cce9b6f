// SPDX-License-Identifier: MIT
import { grouped } from '#engine/kernel/digits.ts';
import { asPiece, digestOf, nameOfFilePiece, type Piece } from './piece.ts';

/**
 * The file that holds all earlier work. Its first key says what it is, so that its beginning is enough to know it:
 *
 *   { "iomap-playground": "earlier work", "format": 1,
 *     "pieces": [{ "title", "savedAt" (ISO 8601), "step" (from 0), "own", "text" }, …] }
 */
const FORMAT = 1;
/** Far more than a page keeps, and so than it writes. */
const MOST_PIECES = 1000;
const KNOWN_BY = /^\ufeff?\s*\{\s*"iomap-playground"\s*:\s*"earlier work"/;
/** Controls, and what turns the direction of text: a file may come from anybody. */
// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Whether a text, of which the beginning is enough, is such a file. */
export const looksLikeWork = (text: string): boolean => KNOWN_BY.test(text);

/** The pieces as the text of a file. */
export function printWork(pieces: readonly Piece[]): string {
  const all = pieces.map(({ title, savedAt, step, own, text }) => ({
    ...{ title, savedAt: new Date(savedAt).toISOString(), step, own, text },
  }));
  return `${JSON.stringify({ 'iomap-playground': 'earlier work', format: FORMAT, pieces: all }, null, 2)}\n`;
}

/**
 * The pieces in the text of a file, as pieces set aside. Each is named by its text, so that a file that is read twice
 * adds nothing.
 *
 * @param now no piece is from a later time
 * @returns why it can't be read, in words, if it can't
 */
export function readWork(text: string, now = Date.now()): Piece[] | string {
  let file: { format?: unknown; pieces?: unknown };
  try {
    file = JSON.parse(text.replace(/^\ufeff/, '')) as typeof file;
  } catch {
    return 'The file of earlier work is cut off or damaged: it is not JSON.';
  }
  if (typeof file.format === 'number' && file.format > FORMAT)
    return 'A newer version of this page wrote the file of earlier work. This older one cannot read it.';
  if (!Array.isArray(file.pieces)) return 'The file of earlier work has no list of pieces.';
  if (file.pieces.length > MOST_PIECES)
    return `The file of earlier work has ${grouped(file.pieces.length)} pieces; at most ${grouped(MOST_PIECES)} are read.`;
  const pieces = file.pieces.map((value) => pieceIn(value, now)).filter((piece) => piece !== null);
  const unread = file.pieces.length - pieces.length;
  if (unread > 0)
    return `Of the file of earlier work ${unread} of ${file.pieces.length} pieces can't be read.`;
  return pieces;
}

function pieceIn(value: unknown, now: number): Piece | null {
  if (typeof value !== 'object' || value === null) return null;
  const { text, savedAt } = value as { text?: unknown; savedAt?: unknown };
  if (typeof text !== 'string') return null;
  const time = typeof savedAt === 'string' ? Date.parse(savedAt) : NaN;
  const piece = asPiece({
    ...value,
    id: nameOfFilePiece(digestOf(text)),
    kind: 'aside',
    savedAt: Math.min(time, now),
  });
  if (piece === null) return null;
  const { title, step, own } = piece;
  return {
    ...{ ...piece, own, hash: '', entry: '', seq: 0 },
    title: title.replace(HIDDEN, '').slice(0, 200),
    step: Math.max(0, Math.trunc(step)),
  };
}
