// SPDX-License-Identifier: MIT
import { named, writeSession } from '../boot/storage.ts';
import { TAB_KEY, WORK_FORMAT, type Work } from '../boot/kept-work.ts';
import { leave, takeOver, unleave } from './kept/left.ts';
import type { Piece, PieceInfo } from './kept/piece.ts';
import { Pieces } from './kept/pieces.ts';
import { Store } from './kept/store.ts';

/** What a page knows of its work when it saves. */
export type Shown = Pick<Work, 'text' | 'title' | 'step' | 'hash' | 'own'>;

export const freshId = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

const lockOf = (id: string) => named(`tab:${id}`);

/**
 * Keeps the work of each tab: at once in the tab's own storage, which a reload finds before the first verdict, and
 * in the database, where it outlives the tab and whatever crashes. A tab shows that it lives by holding a lock.
 */
export class Persistence {
  #id: string;
  #seq: number;
  #acknowledged = 0;
  #trouble = $state.raw<string | null>(null);
  #inTab = true;
  #opening: Promise<Pieces> | null = null;
  readonly #newer: boolean;
  readonly #known: string | null;
  readonly #ready: Promise<void>;
  readonly #store: Store;

  /**
   * @param found what this tab had when the visit began
   * @param known the tab's name, as the browser's history has it
   * @param newer whether a newer page has work in this tab's storage, which is left alone
   * @param onNewer is given what the database has of this tab, if that is newer than `found`
   */
  constructor(found: Work | null, known: string | null, newer: boolean, onNewer: (piece: Piece) => void) {
    this.#known = found?.id ?? known;
    this.#id = this.#known ?? freshId();
    this.#seq = found?.seq ?? 0;
    this.#newer = newer;
    this.#ready = this.#begin(found, onNewer).catch(() => {});
    this.#store = new Store(
      async () => {
        await this.#ready;
        return this.#pieces();
      },
      livingTabs,
      {
        kept: (piece) => this.#acknowledge(piece),
        trouble: (why) => this.#tell(why),
      },
    );
  }

  get id(): string {
    return this.#id;
  }

  /** Why work is not being kept as it should be; null while it is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Keeps what this tab shows; with `leaving` also where it is written at once. @param entry of the history */
  save(shown: Shown, entry: string, leaving = false): void {
    const piece: Piece = { ...shown, id: this.#id, savedAt: Date.now(), kind: 'tab', seq: ++this.#seq };
    if (!this.#newer)
      this.#inTab = writeSession(TAB_KEY, JSON.stringify({ format: WORK_FORMAT, entry, ...piece }));
    this.#store.save(piece);
    if (leaving) leave(piece);
  }

  /** Sets work aside that something else takes the place of, under a name of the caller's. */
  setAside(id: string, shown: Shown): void {
    this.#store.setAside({ ...shown, id, savedAt: Date.now(), kind: 'aside', seq: this.#seq });
  }

  /** A piece by its name; null if it is not kept. */
  async read(id: string): Promise<Piece | null> {
    const waiting = this.#store.waiting(id);
    if (waiting) return waiting;
    await this.#ready;
    return (await this.#pieces()).read(id);
  }

  /** What can be brought back: work set aside, and that of tabs that are gone. The newest first. */
  async recoverable(): Promise<PieceInfo[]> {
    await this.#ready;
    const [list, alive] = await Promise.all([(await this.#pieces()).list(), livingTabs()]);
    return list.filter(({ id, kind }) => kind === 'aside' || !alive.has(id));
  }

  /** Removes a text from what is kept, except where a tab shows it. */
  async forget(digest: string): Promise<void> {
    await (await this.#pieces()).forget(digest, await livingTabs());
  }

  /** A closed tab's work was brought back: from now on it is a piece set aside. */
  broughtBack(piece: Piece): void {
    if (piece.kind === 'tab') this.#store.setAside({ ...piece, kind: 'aside' });
  }

  #pieces(): Promise<Pieces> {
    this.#opening ??= Pieces.open(named('work'), () => (this.#opening = null)).catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** The lock first, by which the tab knows its name; then the database, and whether it has something newer. */
  async #begin(found: Work | null, onNewer: (piece: Piece) => void): Promise<void> {
    await this.#hold();
    try {
      const pieces = await this.#pieces();
      await takeOver(pieces);
      const kept = this.#id === this.#known ? await pieces.read(this.#id) : null;
      if (!kept || kept.seq <= (found?.seq ?? 0)) return;
      this.#seq = Math.max(this.#seq, kept.seq);
      // A page that is older than the work beside it shows none of it by itself.
      if (kept.text !== found?.text && !this.#newer) onNewer(kept);
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
    }
  }

  #acknowledge(piece: Piece): void {
    if (piece.id !== this.#id) return;
    this.#acknowledged = Math.max(this.#acknowledged, piece.seq);
    if (piece.seq === this.#seq) unleave(piece.id);
    // Readable from outside: up to which save a crash loses nothing.
    document.documentElement.dataset['kept'] = String(this.#acknowledged);
  }

  #tell(why: string | null): void {
    const newer = this.#newer
      ? 'A newer version of this page has work in this tab. This older one leaves that alone, and keeps none here for a reload.'
      : null;
    if (why === null) this.#trouble = newer;
    else
      this.#trouble = `${why} ${
        this.#inTab && !this.#newer
          ? 'Your work is kept for a reload of this tab only. Download it to be safe.'
          : 'Your work is not saved here. Download it to be safe.'
      }`;
  }

  /** Holds this tab's lock for as long as it lives. A duplicated tab finds it taken and gets a name of its own. */
  async #hold(): Promise<void> {
    if (!('locks' in navigator)) return;
    const forever = new Promise<void>(() => {});
    const held = (name: string, options: LockOptions) =>
      new Promise<boolean>((resolve) => {
        navigator.locks
          .request(lockOf(name), options, (lock) => {
            resolve(lock !== null);
            return lock ? forever : undefined;
          })
          .catch(() => resolve(true));
      });
    if (await held(this.#id, { ifAvailable: true })) return;
    this.#id = freshId();
    await held(this.#id, {});
  }
}

async function livingTabs(): Promise<Set<string>> {
  const held = 'locks' in navigator ? ((await navigator.locks.query()).held ?? []) : [];
  const prefix = lockOf('');
  return new Set(
    held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}
