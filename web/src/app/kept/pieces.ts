// SPDX-License-Identifier: MIT
import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb';
import { NAMES_KEPT, digestOf, infoOf, type Piece, type PieceInfo } from './piece.ts';
import { Room, onePerText, surplusOf } from './room.ts';

/** Raised with each change of what is stored; a page that finds a higher one leaves the work alone. */
const VERSION = 1;

interface Schema extends DBSchema {
  pieces: { key: string; value: PieceInfo; indexes: { digest: string } };
  texts: { key: string; value: string };
}

type Both = ('pieces' | 'texts')[];

/** The two stores of one transaction that writes. */
interface Stores {
  pieces: IDBPObjectStore<Schema, Both, 'pieces', 'readwrite'>;
  texts: IDBPObjectStore<Schema, Both, 'texts', 'readwrite'>;
}

/** Why nothing is kept in the database: words for the reader. */
export class NoStorage extends Error {}

/**
 * The work of all tabs in IndexedDB. Each write is one transaction with strict durability: when its promise
 * resolves, the browser has handed the bytes to the disk, and a crash of page, browser or machine loses none.
 */
export class Pieces {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /**
   * @param name of the database, which carries the folder that the page lies in
   * @param gone is called when the browser closed the database, or a newer page wants it
   * @throws NoStorage where there is none, or a newer version of the page has it
   */
  static async open(name: string, gone: () => void): Promise<Pieces> {
    try {
      const db = await openDB<Schema>(name, VERSION, {
        upgrade(fresh) {
          fresh.createObjectStore('pieces', { keyPath: 'id' }).createIndex('digest', 'digest');
          fresh.createObjectStore('texts');
        },
        blocking(_current, _next, event) {
          (event.target as IDBDatabase).close();
          gone();
        },
        terminated: gone,
      });
      return new Pieces(db);
    } catch (error) {
      throw new NoStorage(
        error instanceof DOMException && error.name === 'VersionError'
          ? 'A newer version of this page has kept work in this browser. This older one leaves that alone.'
          : 'The browser gives this page no database.',
        { cause: error },
      );
    }
  }

  close(): void {
    this.#db.close();
  }

  /**
   * Keeps a piece, in the place of an earlier one with its id. Resolves when it is safe; nothing is removed before.
   *
   * @param spared ids that stay however old they are: those of tabs that live
   * @throws NoStorage if there is no room; everything kept before is still there
   */
  async put(piece: Piece, spared: ReadonlySet<string> = new Set()): Promise<void> {
    const another = await this.#write(({ pieces, texts }) => putInto(pieces, texts, piece));
    if (another) await this.#prune(new Set([...spared, piece.id]));
  }

  /**
   * Takes up the pieces of a file, the newest first. What was kept before stays, all of it: a piece is added only where
   * there is room for one more. One whose text is set aside already is not added again.
   *
   * @returns how many found no room
   * @throws NoStorage if the browser has none for them; none is added then
   */
  async takeUp(pieces: readonly Piece[]): Promise<number> {
    return this.#write(async (stores) => {
      const room = new Room(await stores.pieces.getAll());
      let refused = 0;
      for (const piece of [...pieces].sort((a, b) => b.savedAt - a.savedAt)) {
        const digest = await digestIn(stores.texts, piece.text);
        if (room.has(digest)) continue;
        if (room.takes(digest, piece.own)) await putInto(stores.pieces, stores.texts, piece);
        else refused++;
      }
      return refused;
    });
  }

  /** Everything that is kept, each text once, the newest first. */
  async list(): Promise<PieceInfo[]> {
    return onePerText(await this.#db.getAll('pieces'));
  }

  /** Ids of all pieces, those with the same text too. */
  async ids(): Promise<string[]> {
    return this.#db.getAllKeys('pieces');
  }

  async read(id: string): Promise<Piece | null> {
    const read = this.#db.transaction(['pieces', 'texts']);
    const info = await read.objectStore('pieces').get(id);
    const text = info && (await read.objectStore('texts').get(info.digest));
    if (info === undefined || text === undefined) return null;
    return pieceOf(info, text);
  }

  /** Removes what is set aside with this text, and returns it; a tab that shows the same text keeps its own. */
  async forget(digest: string, spared: ReadonlySet<string> = new Set()): Promise<Piece[]> {
    const write = this.#db.transaction(['pieces', 'texts'], 'readwrite', { durability: 'strict' });
    const [pieces, texts] = [write.objectStore('pieces'), write.objectStore('texts')];
    const all = await pieces.index('digest').getAll(digest);
    const text = (await texts.get(digest)) ?? '';
    const gone = all.filter(({ id }) => !spared.has(id));
    for (const { id } of gone) await pieces.delete(id);
    await dropUnused(pieces, texts, digest);
    await write.done;
    return gone.map((info) => pieceOf(info, text));
  }

  /** One transaction of both stores. @throws NoStorage in words; nothing of it is kept then */
  async #write<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    try {
      const write = this.#db.transaction(['pieces', 'texts'], 'readwrite', { durability: 'strict' });
      // A request that fails ends the transaction too, and is what is told.
      write.done.catch(() => {});
      try {
        const stores = { pieces: write.objectStore('pieces'), texts: write.objectStore('texts') };
        const result = await work(stores);
        await write.done;
        return result;
      } catch (error) {
        abort(write);
        throw error;
      }
    } catch (error) {
      throw new NoStorage(
        error instanceof DOMException && error.name === 'QuotaExceededError'
          ? 'The browser has no more room for this page. Under Earlier work, older pieces can be deleted, or saved as a file first.'
          : 'The browser did not keep the last change.',
        { cause: error },
      );
    }
  }

  /** Removes the oldest beyond what is kept, of own texts and of others apart: no other ever costs an own one. */
  async #prune(spared: ReadonlySet<string>): Promise<void> {
    for (const digest of surplusOf(await this.#db.getAll('pieces'))) await this.forget(digest, spared);
    await this.#dropNames(spared);
  }

  /** Removes the oldest names beyond what is kept; each text keeps its newest, which the list shows. */
  async #dropNames(spared: ReadonlySet<string>): Promise<void> {
    if ((await this.#db.count('pieces')) <= NAMES_KEPT) return;
    const all = (await this.#db.getAll('pieces')).sort((a, b) => b.savedAt - a.savedAt);
    const shown = new Set((await this.list()).map(({ id }) => id));
    const write = this.#db.transaction('pieces', 'readwrite', { durability: 'strict' });
    for (const { id } of all.slice(NAMES_KEPT)) {
      if (!spared.has(id) && !shown.has(id)) await write.store.delete(id);
    }
    await write.done;
  }
}

/** A piece out of what the two stores have of it. */
function pieceOf({ digest: _digest, sizeBytes: _sizeBytes, ...rest }: PieceInfo, text: string): Piece {
  // Records of the first pages of this version have no entry.
  return { ...rest, entry: rest.entry ?? '', text };
}

/** What was written before the fault is not to be kept alone. */
function abort(write: { abort: () => void }): void {
  try {
    write.abort();
  } catch {
    // It has ended already.
  }
}

/** Puts a piece in the place of an earlier one with its id. Resolves to whether there was none. */
async function putInto(pieces: Stores['pieces'], texts: Stores['texts'], piece: Piece): Promise<boolean> {
  const before = await pieces.get(piece.id);
  const digest = await digestIn(texts, piece.text);
  await texts.put(piece.text, digest);
  await pieces.put(infoOf(piece, digest));
  if (before && before.digest !== digest) await dropUnused(pieces, texts, before.digest);
  return before === undefined;
}

/** What a text is kept under: its digest, or a longer one where another text has that. */
async function digestIn(texts: Stores['texts'], text: string): Promise<string> {
  let digest = digestOf(text);
  for (let stored = await texts.get(digest); stored !== undefined && stored !== text;) {
    digest += '+';
    stored = await texts.get(digest);
  }
  return digest;
}

/** Removes a text that no piece has any more. */
async function dropUnused(pieces: Stores['pieces'], texts: Stores['texts'], digest: string): Promise<void> {
  if ((await pieces.index('digest').count(digest)) === 0) await texts.delete(digest);
}
