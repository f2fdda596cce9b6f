// SPDX-License-Identifier: MIT
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { NAMES_KEPT, OTHERS_KEPT, OWN_KEPT, digestOf, infoOf, type Piece, type PieceInfo } from './piece.ts';

/** Raised with each change of what is stored; a page that finds a higher one leaves the work alone. */
const VERSION = 1;

interface Schema extends DBSchema {
  pieces: { key: string; value: PieceInfo; indexes: { digest: string } };
  texts: { key: string; value: string };
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
    const { text } = piece;
    let another: boolean;
    try {
      const write = this.#db.transaction(['pieces', 'texts'], 'readwrite', { durability: 'strict' });
      // A request that fails ends the transaction too, and is what is told.
      write.done.catch(() => {});
      const [pieces, texts] = [write.objectStore('pieces'), write.objectStore('texts')];
      const before = await pieces.get(piece.id);
      another = before === undefined;
      let digest = digestOf(text);
      for (let stored = await texts.get(digest); stored !== undefined && stored !== text;) {
        digest += '+';
        stored = await texts.get(digest);
      }
      await texts.put(text, digest);
      await pieces.put(infoOf(piece, digest));
      if (before && before.digest !== digest) await dropUnused(pieces, texts, before.digest);
      await write.done;
    } catch (error) {
      throw new NoStorage(
        error instanceof DOMException && error.name === 'QuotaExceededError'
          ? 'The browser has no more room for this page. Under Earlier work, older pieces can be deleted, or saved as a file first.'
          : 'The browser did not keep the last change.',
        { cause: error },
      );
    }
    if (another) await this.#prune(new Set([...spared, piece.id]));
  }

  /** Everything that is kept, each text once, the newest first. */
  async list(): Promise<PieceInfo[]> {
    const all = await this.#db.getAll('pieces');
    const newest = new Map<string, PieceInfo>();
    for (const info of all.sort((a, b) => b.savedAt - a.savedAt)) {
      const same = newest.get(info.digest);
      // A living tab's text may be set aside too: the list shows what can be brought back.
      if (same === undefined) newest.set(info.digest, info);
      else if (info.own && !same.own) newest.set(info.digest, { ...same, own: true });
    }
    return [...newest.values()];
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

  /** Removes the oldest beyond what is kept, of own texts and of others apart: no other ever costs an own one. */
  async #prune(spared: ReadonlySet<string>): Promise<void> {
    const all = await this.list();
    const surplus = [
      ...all.filter(({ own }) => own).slice(OWN_KEPT),
      ...all.filter(({ own }) => !own).slice(OTHERS_KEPT),
    ];
    for (const { digest } of surplus) await this.forget(digest, spared);
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

interface PieceKeys {
  index(name: 'digest'): { count(digest: string): Promise<number> };
}

/** Removes a text that no piece has any more. */
async function dropUnused(
  pieces: PieceKeys,
  texts: { delete?: (digest: string) => Promise<void> },
  digest: string,
): Promise<void> {
  if ((await pieces.index('digest').count(digest)) === 0) await texts.delete?.(digest);
}
