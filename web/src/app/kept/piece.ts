// SPDX-License-Identifier: MIT
import type { Work } from '../../boot/kept-work.ts';

/**
 * A piece of work: a text, and where its reader stood. Texts are kept once by their content, so that the same
 * text set aside twice is one entry of the list:
 *
 *   pieces   id, digest, kind, title, step, hash, savedAt, seq, own, entry
 *              |
 *   texts    digest -> text
 */
export interface Piece extends Omit<Work, 'kind' | 'earlier'> {
  /** tab: what a tab shows. aside: what something else took the place of, named by its tab and its entry. */
  kind: 'tab' | 'aside';
}

/** A piece as the list of earlier work shows it. */
export type PieceInfo = Omit<Piece, 'text'> & {
  digest: string;
  /** Of the text, in UTF-8. */
  sizeBytes: number;
};

/** How many pieces that somebody wrote are kept, told apart by their texts; the oldest goes first. */
export const OWN_KEPT = 100;
/** How many others: they let Back show again what was there. */
export const OTHERS_KEPT = 30;

/** How many names all of them have: a text that was shown often has many, and the oldest of those go first. */
export const NAMES_KEPT = 500;

/** What the names of pieces begin with that came out of a file; no tab has such a name. */
const OF_FILE = 'file.';

export const nameOfFilePiece = (digest: string): string => OF_FILE + digest;
export const isOfFile = ({ id }: Pick<Piece, 'id'>): boolean => id.startsWith(OF_FILE);

const utf8 = new TextEncoder();

/** What the list shows of a piece. @param digest of its text, where that is known */
export function infoOf({ text, ...info }: Piece, digest = digestOf(text)): PieceInfo {
  return { ...info, digest, sizeBytes: utf8.encode(text).length };
}

/** Whether a value that came out of a storage is a piece; what an older page left out is filled in. */
export function asPiece(value: unknown): Piece | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, text, title, step, hash, savedAt, seq, kind, own, entry } = value as Partial<
    Record<keyof Piece, unknown>
  >;
  if (typeof id !== 'string' || typeof text !== 'string') return null;
  const number = (raw: unknown) => (typeof raw === 'number' && Number.isFinite(raw) ? raw : 0);
  const string = (raw: unknown) => (typeof raw === 'string' ? raw : '');
  return {
    id,
    text,
    title: string(title),
    step: number(step),
    hash: string(hash),
    savedAt: number(savedAt),
    seq: number(seq),
    kind: kind === 'aside' ? 'aside' : 'tab',
    own: own !== false,
    entry: string(entry),
  };
}

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * What a text is known by: its length and two FNV-1a hashes of its UTF-16 units, one from either end. Two texts
 * of one digest are not ruled out, so whoever stores compares.
 */
export function digestOf(text: string): string {
  let [forth, back] = [OFFSET, OFFSET ^ text.length];
  for (let i = 0, j = text.length - 1; j >= 0; i++, j--) {
    forth = Math.imul(forth ^ text.charCodeAt(i), PRIME);
    back = Math.imul(back ^ text.charCodeAt(j), PRIME);
  }
  return [text.length, forth >>> 0, back >>> 0].map((part) => part.toString(36)).join('.');
}
