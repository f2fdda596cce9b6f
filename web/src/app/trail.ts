// SPDX-License-Identifier: MIT

/** What an entry of the browser's history says of this page. */
export interface Entry {
  /** The tab that made it. */
  tab: string;
  /** The piece of work that is brought back when the reader comes here again. */
  piece: string;
  /** The dialog that lies open. */
  tool?: string;
  /** The page as a first visit finds it: the piece was never kept, for the page itself has it. */
  bare?: true;
}

/** What the page shows, as the history is to have it. */
export interface Whereabouts {
  tab: () => string;
  /** The dialog that lies open, or null. */
  tool: () => string | null;
  /** The address of what is shown. */
  url: () => string;
  /** The first scenario is shown, and nothing of the visit is kept. */
  bare: () => boolean;
  /** An address from outside is being read, and stays as it is meanwhile. */
  following: () => boolean;
  closeTool: (tool: string) => void;
  /** The reader came back to an entry: its piece is to be shown. */
  bring: (entry: Entry) => void;
}

export function entryOf(state: unknown): Entry | null {
  const { tab, piece, tool, bare } = (state ?? {}) as Record<string, unknown>;
  if (typeof tab !== 'string' || typeof piece !== 'string') return null;
  return {
    tab,
    piece,
    ...(typeof tool === 'string' ? { tool } : {}),
    ...(bare === true ? { bare } : {}),
  };
}

/**
 * The page's part of the browser's history: an entry for each scenario that was opened, and one for the dialog that
 * lies open. What the page shows is compared with the entry that is on top once all that a press does is done: a
 * dialog that closes and opens a scenario hands its entry on.
 */
export class Trail {
  readonly #page: Whereabouts;
  #entry: string;
  #top: Entry | null;
  #asked = false;
  #first = true;
  /** A dialog closed, and the browser is on its way back. */
  #returning = false;
  /** The address as the entry on top has it. */
  #href = '';
  /** The address is another one, which nobody has read yet: the browser tells of it after what runs now. */
  #away = false;

  /** @param entry of the scenario that is shown, as the page's own storage has it */
  constructor(entry: string, page: Whereabouts) {
    this.#page = page;
    this.#entry = entry;
    this.#top = null;
    addEventListener('popstate', ({ state }) => this.#came(entryOf(state)));
  }

  /** Names the scenario that is shown. */
  get entry(): string {
    return this.#entry;
  }

  /** Another scenario is shown from now on. */
  opened(entry: string): void {
    this.#entry = entry;
    this.moved();
  }

  /** The entry that is on top shows this scenario from now on. */
  shows(entry: string): void {
    this.#entry = entry;
    if (this.#top) this.#top = { ...this.#top, piece: entry };
    this.moved();
  }

  /** Something else is shown, or has another address. */
  moved(): void {
    if (this.#asked) return;
    this.#asked = true;
    queueMicrotask(() => {
      this.#asked = false;
      this.#settle();
    });
  }

  /** Whoever reads an address that came from outside has begun with it. */
  heard(): void {
    this.#away = false;
    this.#href = location.href;
  }

  #settle(): void {
    if (this.#top !== null) this.#leave();
    // The browser tells when it is there, and whoever reads an address when it is read.
    if (this.#returning || this.#away || this.#page.following()) return;
    const tool = this.#page.tool();
    if (this.#first) this.#begin(tool);
    if (this.#top && this.#top.piece !== this.#entry) this.#write(null, this.#top.tool === undefined);
    if (this.#top?.tool !== undefined && tool === null) {
      this.#returning = true;
      history.back();
      return;
    }
    this.#write(tool, this.#top !== null && tool !== null && this.#top.tool === undefined);
  }

  /** A visit that begins in a dialog has the page behind it, so that Back and Escape lead there. */
  #begin(tool: string | null): void {
    this.#first = false;
    if (tool !== null && entryOf(history.state)?.tool === tool) {
      this.#write(tool, false);
      return;
    }
    const address = location.href;
    this.#write(null, false);
    if (tool === null) return;
    history.replaceState(this.#top, '', location.pathname + location.search);
    history.pushState(null, '', address);
    this.#top = null;
  }

  /** An entry of nobody on top, with another address: a link or a place was followed. */
  #leave(): void {
    if (entryOf(history.state) !== null || location.href === this.#href) return;
    this.#away = true;
    this.#top = null;
  }

  #write(tool: string | null, anew: boolean): void {
    // An address that came from outside stays as it came.
    const url = this.#top === null ? location.href : this.#page.url();
    this.#top = {
      tab: this.#page.tab(),
      piece: this.#entry,
      ...(tool === null ? {} : { tool }),
      ...(this.#page.bare() ? { bare: true } : {}),
    };
    if (anew) history.pushState(this.#top, '', url);
    else history.replaceState(this.#top, '', url);
    this.#href = location.href;
  }

  #came(state: Entry | null): void {
    const returned = this.#returning;
    this.#returning = false;
    if (state === null) {
      this.#leave();
      this.#top = null;
      return;
    }
    this.#top = state;
    this.#href = location.href;
    this.#away = false;
    const tool = this.#page.tool();
    if (!returned && tool !== null && tool !== state.tool) this.#page.closeTool(tool);
    if (state.piece !== this.#entry && !returned) {
      this.#entry = state.piece;
      this.#page.bring(state);
    }
    // Forward to a dialog that was closed: its entry shows what is behind it.
    if (state.tool !== undefined && this.#page.tool() === null) this.#top = { ...state };
    if (this.#top?.tool !== undefined && this.#page.tool() === null) delete this.#top.tool;
    this.moved();
  }
}
