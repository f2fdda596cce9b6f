// SPDX-License-Identifier: MIT
import { WORK_FORMAT } from '../../boot/kept-work.ts';
import { readSession, writeSession } from '../../boot/storage.ts';
import { asPiece, infoOf, type Piece, type PieceInfo } from './piece.ts';
import { NoStorage, type Pieces } from './pieces.ts';

/** Pieces set aside that the database has not acknowledged: a reload puts them in again. */
const WAITING_KEY = 'waiting';

/** Why something is not in the database. */
export interface Trouble {
  why: string;
  /** Whether it is what the tab shows; otherwise it was set aside. */
  tab: boolean;
  /** Whether the tab's own storage has what was set aside. */
  asideInTab: boolean;
}

/** @param inTab whether the tab's own storage has what the tab shows */
export function inWords({ why, tab, asideInTab }: Trouble, inTab: boolean): string {
  if (!tab)
    return asideInTab
      ? `${why} What was shown before is kept in this tab only.`
      : `${why} Only Undo and Back still bring back what was shown before, until this tab is reloaded.`;
  return inTab
    ? `${why} Your work is kept for a reload of this tab only. Download it to be safe.`
    : `${why} Your work is not saved here. Download it to be safe.`;
}

/** What the store tells of. */
export interface StoreEvents {
  /** A piece is safe. */
  kept: (piece: Piece) => void;
  /** Everything was tried: what was not kept, or null. */
  trouble: (trouble: Trouble | null) => void;
}

/** Writes pieces one after the other: what is set aside first, then the newest of the tab's own. */
export class Store {
  readonly #open: () => Promise<Pieces>;
  readonly #living: () => Promise<ReadonlySet<string>>;
  readonly #events: StoreEvents;
  readonly #waiting = new Map<string, Piece>();
  /** A newer page left pieces in this tab, which are its own. */
  readonly #newer: boolean;
  #noted = true;
  #tab: Piece | null = null;
  #writing = false;

  /**
   * @param open resolves to the database when the tab knows its name
   * @param living ids of pieces that stay however old they are
   */
  constructor(open: () => Promise<Pieces>, living: () => Promise<ReadonlySet<string>>, events: StoreEvents) {
    this.#open = open;
    this.#living = living;
    this.#events = events;
    const left = readWaiting();
    this.#newer = left === 'newer';
    if (left !== 'newer') for (const piece of left) this.#waiting.set(piece.id, piece);
    this.again();
  }

  /** A piece set aside that is not safe yet. */
  waiting(id: string): Piece | null {
    return this.#waiting.get(id) ?? null;
  }

  /** All of them, each text once, the newest first. */
  allWaiting(): PieceInfo[] {
    const newest = [...this.#waiting.values()]
      .sort((a, b) => b.savedAt - a.savedAt)
      .map((piece) => infoOf(piece));
    return newest.filter(({ digest }, i) => newest.findIndex((one) => one.digest === digest) === i);
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

  /** The tab got another name: what waits of it is kept under that. */
  rename(id: string): void {
    if (this.#tab) this.#tab = { ...this.#tab, id };
  }

  /** Drops what waits with this text, and returns it. */
  forget(digest: string): Piece[] {
    const gone = [...this.#waiting.values()].filter((piece) => infoOf(piece).digest === digest);
    for (const { id } of gone) this.#waiting.delete(id);
    if (gone.length > 0) this.#note();
    return gone;
  }

  /** Tries again what could not be kept. */
  again(): void {
    if (this.#waiting.size > 0 || this.#tab) void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    // What finds no room waits for the next save, and keeps nothing else from being written.
    const failed = new Map<Piece, string>();
    let piece: Piece | null = null;
    do {
      try {
        const pieces = await this.#open();
        const living = await this.#living();
        piece = this.#next(failed);
        if (piece === null) break;
        await pieces.put(piece, living);
        this.#isSafe(piece);
      } catch (error) {
        const why = error instanceof NoStorage ? error.message : 'The browser did not keep the last change.';
        for (const one of piece ? [piece] : this.#all()) failed.set(one, why);
      }
    } while (this.#next(failed));
    this.#writing = false;
    this.#events.trouble(this.#troubleOf(failed));
  }

  #isSafe(piece: Piece): void {
    // A newer one with the same name may have come meanwhile.
    if (this.#tab === piece) this.#tab = null;
    if (this.#waiting.get(piece.id) === piece) {
      this.#waiting.delete(piece.id);
      this.#note();
    }
    this.#events.kept(piece);
  }

  #troubleOf(failed: ReadonlyMap<Piece, string>): Trouble | null {
    const [why] = failed.values();
    const ofTab = this.#tab && failed.get(this.#tab);
    if (why === undefined) return null;
    return { why: ofTab ?? why, tab: ofTab != null, asideInTab: this.#noted };
  }

  #all(): Piece[] {
    return [...this.#waiting.values(), ...(this.#tab ? [this.#tab] : [])];
  }

  /** What is to be written next; null if there is nothing that was not tried. */
  #next(failed: ReadonlyMap<Piece, string>): Piece | null {
    return this.#all().find((piece) => !failed.has(piece)) ?? null;
  }

  #note(): void {
    const pieces = [...this.#waiting.values()];
    const left = pieces.length === 0 ? null : JSON.stringify({ format: WORK_FORMAT, pieces });
    this.#noted = !this.#newer && writeSession(WAITING_KEY, left);
  }
}

/** What an earlier page of this tab left to be written. */
function readWaiting(): Piece[] | 'newer' {
  try {
    const left = JSON.parse(readSession(WAITING_KEY) ?? '{}') as { format?: unknown; pieces?: unknown };
    if (Number(left.format ?? 0) > WORK_FORMAT) return 'newer';
    return Array.isArray(left.pieces) ? left.pieces.map(asPiece).filter((piece) => piece !== null) : [];
  } catch {
    return [];
  }
}
