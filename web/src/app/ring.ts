// SPDX-License-Identifier: MIT
import { localKeys, readLocal, writeLocal } from '../boot/storage.ts';
import { parseWork, type Work } from '../boot/kept-work.ts';

const WORK = 'iomap-playground:work:';
/** How many pieces of work are kept; the oldest goes first. */
const KEPT = 8;

/** The work of all tabs, and what was set aside, in the storage that they have in common. */
export class Ring {
  /** When each piece was saved. Read once: parsing all of them with every save would block the page. */
  #ages: Map<string, number> | null = null;

  constructor() {
    addEventListener('storage', ({ key, newValue }) => {
      if (key === null) this.#ages = null;
      else if (key.startsWith(WORK))
        this.#note(key.slice(WORK.length), newValue === null ? null : Date.now());
    });
  }

  /** Everything in it, the newest first. */
  all(): Work[] {
    return localKeys()
      .filter((key) => key.startsWith(WORK))
      .map((key) => parseWork(readLocal(key)))
      .filter((work) => work !== null)
      .sort((a, b) => b.savedAt - a.savedAt);
  }

  /** Stores a piece of work as printed. Returns whether there was room. */
  put(id: string, kept: string): boolean {
    this.#ages ??= new Map(this.all().map((work) => [work.id, work.savedAt]));
    const others = [...this.#ages].filter(([other]) => other !== id).sort(([, a], [, b]) => b - a);
    for (const [old] of others.splice(KEPT - 1)) this.forget(old);
    // If the storage is full, the oldest are removed first.
    for (;;) {
      if (writeLocal(WORK + id, kept)) {
        this.#note(id, Date.now());
        return true;
      }
      const oldest = others.pop();
      if (!oldest) return false;
      this.forget(oldest[0]);
    }
  }

  forget(id: string): void {
    writeLocal(WORK + id, null);
    this.#note(id, null);
  }

  #note(id: string, savedAt: number | null): void {
    if (savedAt === null) this.#ages?.delete(id);
    else this.#ages?.set(id, savedAt);
  }
}
