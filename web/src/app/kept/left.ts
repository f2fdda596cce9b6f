// SPDX-License-Identifier: MIT
import { WORK_FORMAT } from '../../boot/kept-work.ts';
import { named } from '../../boot/storage.ts';
import { asPiece, type Piece } from './piece.ts';
import type { Pieces } from './pieces.ts';

/** Where a page that goes leaves what the database had no time for; older pages kept all work there. */
const PREFIXES = () => [named('work:'), 'iomap-playground:work:'];

/** Leaves a piece where it is written at once; says whether there was room. */
export function leave(piece: Piece): boolean {
  try {
    localStorage.setItem(named(`work:${piece.id}`), JSON.stringify({ format: WORK_FORMAT, ...piece }));
    return true;
  } catch {
    return false;
  }
}

/** The database has it, or something newer. */
export function unleave(id: string): void {
  try {
    localStorage.removeItem(named(`work:${id}`));
  } catch {
    // There is nothing to remove where there is no storage.
  }
}

/**
 * Puts what was left into the database, and removes it once it is safe there. What finds no room stays for the next
 * visit, and what a newer page left stays for that.
 *
 * @param living ids of tabs that live, whose pieces stay however old they are
 */
export async function takeOver(pieces: Pieces, living: ReadonlySet<string>): Promise<void> {
  for (const [key, kept] of leftPieces()) {
    const piece = parse(kept);
    if (piece === null) continue;
    try {
      const known = await pieces.read(piece.id);
      if (known === null || known.seq < piece.seq) await pieces.put(piece, living);
      // What was written there meanwhile stays for the next time.
      if (localStorage.getItem(key) === kept) localStorage.removeItem(key);
    } catch {
      // It is still there.
    }
  }
}

function leftPieces(): [key: string, kept: string][] {
  try {
    return Object.entries({ ...localStorage } as Record<string, string>).filter(([key]) =>
      PREFIXES().some((prefix) => key.startsWith(prefix)),
    );
  } catch {
    return [];
  }
}

function parse(kept: string): Piece | null {
  try {
    const value = JSON.parse(kept) as { format?: unknown } | null;
    return Number(value?.format ?? 0) > WORK_FORMAT ? null : asPiece(value);
  } catch {
    return null;
  }
}
