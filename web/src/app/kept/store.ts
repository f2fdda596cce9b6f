// SPDX-License-Identifier: MIT
import { readSession, writeSession } from '../../boot/storage.ts';
import { asPiece, type Piece } from './piece.ts';
import { NoStorage, type Pieces } from './pieces.ts';

/** Pieces set aside that the database has not acknowledged: a reload puts them in again. */
const WAITING_KEY = 'waiting';

/** What the store tells of. */
export interface StoreEvents {
  /** A piece is safe. */
  kept: (piece: Piece) => void;
  /** Why the last one is not; null once one is again. */
  trouble: (why: string | null) => void;
}

/** Writes pieces one after the other: what is set aside first, then the newest of the tab's own. */
export class Store {
  readonly #open: () => Promise<Pieces>;
  readonly #living: () => Promise<ReadonlySet<string>>;
  readonly #events: StoreEvents;
  readonly #waiting = new Map<string, Piece>();
  #tab: Piece | null = null;
  #writing = false;

  constructor(open: () => Promise<Pieces>, living: () => Promise<ReadonlySet<string>>, events: StoreEvents) {
    this.#open = open;
    this.#living = living;
    this.#events = events;
    for (const piece of readWaiting()) this.#waiting.set(piece.id, piece);
    if (this.#waiting.size > 0) void this.#pump();
  }

  /** A piece set aside that is not safe yet. */
  waiting(id: string): Piece | null {
    return this.#waiting.get(id) ?? null;
  }

  setAside(piece: Piece): void {
    this.#waiting.set(piece.id, piece);
    this.#note();
    void this.#pump();
  }

  /** Keeps what the tab shows; of several that wait, the newest is written. */
  save(piece: Piece): void {
    this.#tab = piece;
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    // What finds no room waits for the next save, and keeps nothing else from being written.
    const failed = new Set<Piece>();
    let trouble: string | null = null;
    for (let piece = this.#next(failed); piece; piece = this.#next(failed)) {
      try {
        const pieces = await this.#open();
        await pieces.put(piece, await this.#living());
      } catch (error) {
        trouble = error instanceof NoStorage ? error.message : 'The browser did not keep the last change.';
        failed.add(piece);
        continue;
      }
      // A newer one with the same name may have come meanwhile.
      if (this.#tab === piece) this.#tab = null;
      if (this.#waiting.get(piece.id) === piece) {
        this.#waiting.delete(piece.id);
        this.#note();
      }
      this.#events.kept(piece);
    }
    this.#writing = false;
    this.#events.trouble(trouble);
  }

  /** What is to be written next; null if there is nothing that was not tried. */
  #next(failed: ReadonlySet<Piece>): Piece | null {
    const all = [...this.#waiting.values(), ...(this.#tab ? [this.#tab] : [])];
    return all.find((piece) => !failed.has(piece)) ?? null;
  }

  #note(): void {
    const all = [...this.#waiting.values()];
    writeSession(WAITING_KEY, all.length === 0 ? null : JSON.stringify(all));
  }
}

function readWaiting(): Piece[] {
  try {
    const list: unknown = JSON.parse(readSession(WAITING_KEY) ?? '[]');
    return Array.isArray(list) ? list.map(asPiece).filter((piece) => piece !== null) : [];
  } catch {
    return [];
  }
}
