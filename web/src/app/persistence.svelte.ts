// SPDX-License-Identifier: MIT
import { Ring } from './ring.ts';
import { writeSession } from '../boot/storage.ts';
import { TAB_KEY, type Work } from '../boot/kept-work.ts';

const LOCK = 'iomap-playground:tab:';

const freshId = () => crypto.getRandomValues(new Uint32Array(2)).join('-');

/**
 * Keeps the work of each tab: in the tab's own storage, which a reload finds again, and as a copy in a ring in
 * the common storage, from which a closed or crashed tab is recovered. An open tab holds a lock.
 */
export class Persistence {
  #id = freshId();
  #trouble = $state.raw<string | null>(null);
  #copy: ReturnType<typeof setTimeout> | undefined;
  readonly #ring = new Ring();

  /** @param found what this tab had when the visit began */
  constructor(found: Work | null) {
    if (found) this.#id = found.id;
    this.#hold();
  }

  /** Why work is not being kept; null while it is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /**
   * Saves what this tab shows. The copy in the ring is written in a later task, since writing a long document
   * takes a while; with `leaving` both are written at once.
   */
  save(work: Pick<Work, 'text' | 'title' | 'step' | 'hash'>, leaving = false): void {
    const kept = JSON.stringify({ ...work, id: this.#id, savedAt: Date.now(), kind: 'tab' } satisfies Work);
    const inTab = writeSession(TAB_KEY, kept);
    const copy = () => {
      const inRing = this.#ring.put(this.#id, kept);
      this.#trouble =
        inTab || inRing
          ? null
          : 'The browser keeps no more data for this page, so your work is not saved here. Download it to be safe.';
    };
    clearTimeout(this.#copy);
    if (leaving) copy();
    else this.#copy = setTimeout(copy);
  }

  /** Sets aside work that something else replaces, so that it can be brought back. */
  setAside(work: Pick<Work, 'text' | 'title' | 'step'>): void {
    const id = freshId();
    this.#ring.put(
      id,
      JSON.stringify({ ...work, id, savedAt: Date.now(), hash: '', kind: 'aside' } satisfies Work),
    );
  }

  /** What can be brought back: work set aside, and that of tabs that are gone. The newest first. */
  async recoverable(): Promise<Work[]> {
    const alive = await livingTabs();
    return this.#ring
      .all()
      .filter((work) => work.id !== this.#id && (work.kind === 'aside' || !alive.has(work.id)));
  }

  forget(id: string): void {
    this.#ring.forget(id);
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
