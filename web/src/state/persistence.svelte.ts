// SPDX-License-Identifier: GPL-2.0-only
import { localKeys, readLocal, readSession, writeLocal, writeSession } from './storage.ts';

/** A piece of work as it is kept. */
export interface Work {
  /** The tab it belongs to, or a name of its own if it was set aside. */
  id: string;
  text: string;
  title: string;
  step: number;
  savedAt: number;
  /** The address that showed the same state; '' if none did. */
  hash: string;
  /** tab: what a tab shows. aside: what a link or a file took the place of. */
  kind: 'tab' | 'aside';
}

const TAB = 'iomap-playground:tab';
const WORK = 'iomap-playground:work:';
const LOCK = 'iomap-playground:tab:';
/** How many pieces of work the common storage keeps; the oldest goes first. */
const RING = 8;

const freshId = () => crypto.getRandomValues(new Uint32Array(2)).join('-');

function parseWork(text: string | null): Work | null {
  if (text === null) return null;
  try {
    const work = JSON.parse(text) as Partial<Work> | null;
    if (typeof work?.id !== 'string' || typeof work.text !== 'string') return null;
    return {
      id: work.id,
      text: work.text,
      title: typeof work.title === 'string' ? work.title : '',
      step: typeof work.step === 'number' ? work.step : 0,
      savedAt: typeof work.savedAt === 'number' ? work.savedAt : 0,
      hash: typeof work.hash === 'string' ? work.hash : '',
      kind: work.kind === 'aside' ? 'aside' : 'tab',
    };
  } catch {
    return null;
  }
}

/**
 * Keeps the work of each tab: in the tab's own storage, which a reload finds again, and as a copy in a ring in
 * the common storage, from which a closed or crashed tab is recovered. A tab shows that it lives by holding a lock.
 */
export class Persistence {
  #id = freshId();
  #trouble = $state.raw<string | null>(null);
  /** What this tab had when the visit began, if it had anything. */
  readonly found: Work | null;

  constructor() {
    this.found = parseWork(readSession(TAB));
    if (this.found) this.#id = this.found.id;
    this.#hold();
  }

  /** Why work is not being kept; null while it is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Keeps what this tab shows. */
  save(work: Pick<Work, 'text' | 'title' | 'step' | 'hash'>): void {
    const kept = JSON.stringify({ ...work, id: this.#id, savedAt: Date.now(), kind: 'tab' } satisfies Work);
    const inTab = writeSession(TAB, kept);
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
