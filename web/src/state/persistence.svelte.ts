// SPDX-License-Identifier: GPL-2.0-only
import { localKeys, readLocal, writeLocal, writeSession } from './storage.ts';
import { TAB_KEY, parseWork, type Work } from './work.ts';

const WORK = 'iomap-playground:work:';
const LOCK = 'iomap-playground:tab:';
/** How many pieces of work the common storage keeps; the oldest goes first. */
const RING = 8;

const freshId = () => crypto.getRandomValues(new Uint32Array(2)).join('-');

/**
 * Keeps the work of each tab: in the tab's own storage, which a reload finds again, and as a copy in a ring in
 * the common storage, from which a closed or crashed tab is recovered. A tab shows that it lives by holding a lock.
 */
export class Persistence {
  #id = freshId();
  #trouble = $state.raw<string | null>(null);

  /** @param found what this tab had when the visit began */
  constructor(found: Work | null) {
    if (found) this.#id = found.id;
    this.#hold();
  }

  /** Why work is not being kept; null while it is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Keeps what this tab shows. */
  save(work: Pick<Work, 'text' | 'title' | 'step' | 'hash'>): void {
    const kept = JSON.stringify({ ...work, id: this.#id, savedAt: Date.now(), kind: 'tab' } satisfies Work);
    const inTab = writeSession(TAB_KEY, kept);
    const inRing = this.#toRing(this.#id, kept);
    this.#trouble =
      inTab || inRing
        ? null
        : 'The browser keeps no more data for this page, so your work is not saved here. Download it to be safe.';
  }

  /** Sets work aside that something else takes the place of, so that it can be brought back. */
  setAside(work: Pick<Work, 'text' | 'title' | 'step'>): void {
    const id = freshId();
    this.#toRing(
      id,
      JSON.stringify({ ...work, id, savedAt: Date.now(), hash: '', kind: 'aside' } satisfies Work),
    );
  }

  /** What can be brought back: work set aside, and that of tabs that are gone. The newest first. */
  async recoverable(): Promise<Work[]> {
    const alive = await livingTabs();
    return this.#ring().filter(
      (work) => work.id !== this.#id && (work.kind === 'aside' || !alive.has(work.id)),
    );
  }

  forget(id: string): void {
    writeLocal(WORK + id, null);
  }

  #ring(): Work[] {
    return localKeys()
      .filter((key) => key.startsWith(WORK))
      .map((key) => parseWork(readLocal(key)))
      .filter((work) => work !== null)
      .sort((a, b) => b.savedAt - a.savedAt);
  }

  #toRing(id: string, kept: string): boolean {
    const others = this.#ring().filter((work) => work.id !== id);
    for (const old of others.splice(RING - 1)) this.forget(old.id);
    // A full storage is made room in, oldest first.
    for (;;) {
      if (writeLocal(WORK + id, kept)) return true;
      const oldest = others.pop();
      if (!oldest) return false;
      this.forget(oldest.id);
    }
  }

  /** Holds this tab's lock for as long as it lives. A duplicated tab finds it taken and gets a name of its own. */
  #hold(): void {
    const forever = new Promise<void>(() => {});
    void navigator.locks?.request(LOCK + this.#id, { ifAvailable: true }, (lock) => {
      if (lock) return forever;
      this.#id = freshId();
      void navigator.locks.request(LOCK + this.#id, () => forever);
      return undefined;
    });
  }
}

async function livingTabs(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map((lock) => (lock.name ?? '').slice(LOCK.length)));
}
