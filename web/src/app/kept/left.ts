// SPDX-License-Identifier: MIT
import { named } from '../../boot/storage.ts';
import { asPiece, type Piece } from './piece.ts';
import type { Pieces } from './pieces.ts';

/** Where a page that goes leaves what the database had no time for; older pages kept all work there. */
const PREFIXES = () => [named('work:'), 'iomap-playground:work:'];

/** Leaves a piece where it is written at once; says whether there was room. */
export function leave(piece: Piece): boolean {
  try {
    localStorage.setItem(named(`work:${piece.id}`), JSON.stringify(piece));
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

/** Puts what was left into the database, and removes it once it is safe there. @throws NoStorage if it is not */
export async function takeOver(pieces: Pieces): Promise<void> {
  for (const [key, kept] of leftPieces()) {
    const piece = parse(kept);
    if (piece) {
      const known = await pieces.read(piece.id);
      if (known === null || known.seq < piece.seq) await pieces.put(piece, new Set([piece.id]));
    }
    // What was written there meanwhile stays for the next time.
    if (piece && localStorage.getItem(key) === kept) localStorage.removeItem(key);
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
    return asPiece(JSON.parse(kept));
  } catch {
    return null;
  }
}
