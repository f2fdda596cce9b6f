// SPDX-License-Identifier: MIT
import { named, writeSession } from '../boot/storage.ts';
import { TAB_KEY, WORK_FORMAT, type Work } from '../boot/kept-work.ts';
import { leave, takeOver, unleave } from './kept/left.ts';
import { freshId, hold, livingTabs } from './kept/living.ts';
import type { Piece, PieceInfo } from './kept/piece.ts';
import { Pieces } from './kept/pieces.ts';
import { Store, inWords, type Trouble } from './kept/store.ts';

export { freshId };

/** What a page knows of its work when it saves. */
export type Shown = Pick<Work, 'text' | 'title' | 'step' | 'hash' | 'own'>;

/** What is known of a tab when the visit begins. */
export interface Before {
  /** What the tab's own storage had. */
  found: Work | null;
  /** The tab's name, as the browser's history has it. */
  known: string | null;
  /** Whether a newer page has work in this tab's storage, which is left alone. */
  newer: boolean;
  /** Whether nothing is to be kept: in an embed, which leaves no trace in the browser. */
  embedded?: boolean;
}

export interface PersistenceEvents {
  /** The database has something of this tab that is newer than what was found. */
  newerFound: (piece: Piece) => void;
  /** Why work is not being kept as it should be, each reason once; null when it is again. */
  trouble: (why: string | null) => void;
}

/** What can be brought back, and why that is not all of it. */
export interface Recoverable {
  pieces: PieceInfo[];
  trouble: string | null;
}

/**
 * Keeps the work of each tab: at once in the tab's own storage, which a reload finds before the first verdict, and
 * in the database, where it outlives the tab and whatever crashes.
 */
export class Persistence {
  #id: string;
  #seq: number;
  #acknowledged = 0;
  /** Something changed since the last save. */
  #unsaved = false;
  #status = $state.raw<'kept' | 'saving' | 'not' | null>(null);
  #told: string | null = null;
  #inTab = true;
  /** The address of the last save, and the one before. */
  #hash: string;
  #earlier: string;
  #opening: Promise<Pieces> | null = null;
  readonly #found: Work | null;
  readonly #newer: boolean;
  readonly #embedded: boolean;
  readonly #known: string | null;
  readonly #events: PersistenceEvents;
  #hasName = false;
  readonly #named: Promise<void>;
  readonly #store: Store;
  /** Resolves when the tab knows its name, and what the database has of it. */
  readonly ready: Promise<void>;

  constructor({ found, known, newer, embedded = false }: Before, events: PersistenceEvents) {
    this.#found = found;
    // What a newer page has of this tab is the newer page's, in the database too.
    this.#known = newer ? null : (found?.id ?? known);
    this.#id = this.#known ?? freshId();
    this.#seq = found?.seq ?? 0;
    this.#hash = found?.hash ?? '';
    this.#earlier = found?.earlier ?? '';
    this.#newer = newer;
    this.#embedded = embedded;
    this.#events = events;
    this.#named = embedded ? Promise.resolve() : this.#takeName();
    this.ready = embedded ? Promise.resolve() : this.#begin().catch(() => {});
    this.#store = new Store(
      async () => {
        await this.ready;
        return this.#pieces();
      },
      () => this.#living(),
      {
        kept: (piece) => this.#acknowledge(piece),
        trouble: (trouble) => this.#tell(trouble),
      },
    );
  }

  get id(): string {
    return this.#id;
  }

  /** Whether all that is shown is safe from a crash; null before there is something to keep. */
  get status(): 'kept' | 'saving' | 'not' | null {
    return this.#status;
  }

  /** Something changed that is to be kept with the next save. */
  touched(): void {
    if (this.#embedded) return;
    this.#unsaved = true;
    if (this.#status !== 'not') this.#status = 'saving';
  }

  /** Keeps what this tab shows; with `leaving` also where it is written at once. @param entry of the history */
  save(shown: Shown, entry: string, leaving = false): void {
    if (this.#embedded) return;
    if (leaving && this.#status === 'kept') return;
    const piece: Piece = {
      ...shown,
      id: this.#id,
      savedAt: Date.now(),
      kind: 'tab',
      seq: ++this.#seq,
      entry,
    };
    this.#unsaved = false;
    if (shown.hash !== this.#hash) [this.#hash, this.#earlier] = [shown.hash, this.#hash];
    const work = { format: WORK_FORMAT, ...piece, earlier: this.#earlier };
    if (!this.#newer) this.#inTab = writeSession(TAB_KEY, JSON.stringify(work));
    this.#store.save(piece);
    if (leaving) leave(piece);
  }

  /** Sets aside what something else takes the place of. @param entry of the history, by which `readEntry` finds it */
  setAside(entry: string, shown: Shown): void {
    if (this.#embedded) return;
    const { text, title, step, hash, own } = shown;
    const piece = { text, title, step, hash, own, savedAt: Date.now(), kind: 'aside' as const, entry };
    const put = () => this.#store.setAside({ ...piece, id: `${this.#id}.${entry}`, seq: this.#seq });
    // Two tabs have the same entries after one was duplicated, and each its own text for them.
    if (this.#hasName) put();
    else void this.#named.then(put);
  }

  /** What was set aside of an entry of the history, by this tab or else by the one that made the entry. */
  async readEntry(entry: string, tab: string): Promise<Piece | null> {
    await this.#named;
    return (await this.read(`${this.#id}.${entry}`)) ?? this.read(`${tab}.${entry}`);
  }

  /** A piece by its name; null if it is not kept. */
  async read(id: string): Promise<Piece | null> {
    const waiting = this.#store.waiting(id);
    if (waiting) return waiting;
    await this.ready;
    return (await this.#pieces()).read(id);
  }

  /** What can be brought back: work set aside, and that of tabs that are gone. The newest first. */
  async recoverable(): Promise<Recoverable> {
    await this.ready;
    const waiting = this.#store.allWaiting();
    try {
      const [list, alive] = await Promise.all([(await this.#pieces()).list(), this.#living()]);
      const kept = list.filter(({ id, kind }) => kind === 'aside' || !alive.has(id));
      const missing = waiting.filter(({ digest }) => !kept.some((one) => one.digest === digest));
      return { pieces: [...missing, ...kept], trouble: null };
    } catch (error) {
      return { pieces: waiting, trouble: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Removes a text from what is kept, except where a tab shows it. Returns what brings it back as it was. */
  async forget(digest: string): Promise<Piece[]> {
    const waiting = this.#store.forget(digest);
    try {
      const gone = await (await this.#pieces()).forget(digest, await this.#living());
      // There may be room now for what found none.
      this.#store.again();
      return [...waiting, ...gone];
    } catch (error) {
      if (waiting.length === 0) throw error;
      return waiting;
    }
  }

  /** Takes up the pieces of a file; resolves to how many found no room. Without a database they wait in the tab. */
  async takeUp(pieces: readonly Piece[]): Promise<number> {
    await this.ready;
    const database = await this.#pieces().catch(() => null);
    if (database === null) this.putBack(pieces);
    return (await database?.takeUp(pieces)) ?? 0;
  }

  /** Puts back what was deleted, under its names. */
  putBack(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.#store.setAside(piece);
  }

  /** A closed tab's work was brought back: from now on it is a piece set aside. */
  broughtBack(piece: Piece): void {
    if (piece.kind === 'tab') this.#store.setAside({ ...piece, kind: 'aside' });
  }

  async #takeName(): Promise<void> {
    this.#id = await hold(this.#id);
    this.#hasName = true;
  }

  #living = async (): Promise<Set<string>> => (await livingTabs()).add(this.#id);

  #pieces(): Promise<Pieces> {
    this.#opening ??= Pieces.open(named('work'), () => (this.#opening = null)).catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** The tab's name first; then the database, and whether it has something newer. */
  async #begin(): Promise<void> {
    await this.#named;
    this.#store.rename(this.#id);
    const pieces = await this.#pieces();
    await takeOver(pieces, await this.#living());
    const own = this.#known !== null && (this.#id === this.#known || !('locks' in navigator));
    const kept = own ? await pieces.read(this.#known!) : null;
    const found = this.#found;
    if (!kept || kept.seq <= (found?.seq ?? 0)) return;
    this.#seq = Math.max(this.#seq, kept.seq);
    if (kept.text !== found?.text) this.#events.newerFound(kept);
  }

  #acknowledge(piece: Piece): void {
    if (piece.id !== this.#id) return;
    this.#acknowledged = Math.max(this.#acknowledged, piece.seq);
    if (piece.seq === this.#seq) {
      unleave(piece.id);
      if (!this.#unsaved) this.#status = 'kept';
    }
    // Readable from outside: up to which save a crash loses nothing.
    document.documentElement.dataset['kept'] = String(this.#acknowledged);
  }

  #tell(trouble: Trouble | null): void {
    if (trouble) this.#status = 'not';
    else if (this.#status === 'not') this.#status = this.#unsaved ? 'saving' : 'kept';
    const why = trouble ? inWords(trouble, this.#inTab && !this.#newer) : this.#newer ? NEWER : null;
    if (why === this.#told) return;
    this.#told = why;
    this.#events.trouble(why);
  }
}

const NEWER =
  'A newer version of this page has work in this tab. This older one leaves that alone, and keeps none here for a reload.';
