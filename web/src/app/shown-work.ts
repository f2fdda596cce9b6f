// SPDX-License-Identifier: MIT
import type { OpenedLink } from '#engine/link/open.ts';
import { EMPTY } from '#engine/view/empty.ts';
import { FIRST, FIRST_STEP } from '../boot/first-scenario.ts';
import { decode, isLink } from '../boot/link.ts';
import type { Start } from '../boot/start.ts';
import type { App } from './app.svelte.ts';
import { Autosave } from './autosave.ts';
import type { Piece } from './kept/piece.ts';
import { Persistence, freshId, type Shown } from './persistence.svelte.ts';
import { Trail, entryOf, type Entry } from './trail.ts';

/** What a first visit shows, of which nothing is kept. */
const AS_IT_COMES: Shown = { text: FIRST, title: '', step: FIRST_STEP, hash: '', own: false };

/** The work that is shown: what takes its place, and how what was there comes back. */
export class ShownWork {
  readonly persistence: Persistence;
  readonly trail: Trail;
  readonly autosave: Autosave;
  readonly #app: App;
  /** The entry of the history that the text on the screen belongs to. */
  #showing: string;
  /** The visit began at this entry, which shows something else than what the tab had last. */
  #returnsTo: Entry | null;
  /** Texts as they were opened: whoever wants one again has it elsewhere. Own work is what differs from all of them. */
  #given: string[] = [FIRST, EMPTY];

  /** @param start what the visit begins with; `begin` shows it */
  constructor(app: App, { found, opened, newer, embedded = false }: Start) {
    this.#app = app;
    this.autosave = new Autosave(app, !embedded);
    const before = newer ? null : entryOf(history.state);
    const untouched = before?.bare === true && found === null ? before.piece : null;
    const last = (untouched ?? found?.entry) || freshId();
    this.#returnsTo = before && before.piece !== last ? before : null;
    this.#showing = opened ? freshId() : last;
    this.trail = new Trail(this.#returnsTo?.piece ?? this.#showing, {
      tab: () => this.persistence.id,
      tool: () => app.tools.over?.tool.id ?? null,
      // While the piece of an entry is on its way, the address is the entry's.
      url: () => (this.#showing === this.trail.entry ? app.address.url : location.href),
      bare: () => this.persistence.status === null && app.document.text === FIRST,
      following: () => app.address.following !== null,
      closeTool: (tool) => app.tools.close(tool),
      bring: (entry) => void this.#bring(entry),
    });
    this.persistence = new Persistence(
      { found, known: before?.tab ?? null, newer, embedded },
      {
        newerFound: (piece) => this.#newerFound(piece, found?.text ?? null, opened !== null),
        trouble: (why) => {
          if (why === null) app.notices.closeAbout('keeping');
          else app.notices.show(why, { kind: 'warning', about: 'keeping' });
        },
      },
    );
  }

  /** Names the entry of the history that what is on the screen belongs to. */
  get showing(): string {
    return this.#showing;
  }

  /** What the page shows, as it is kept. */
  shown(): Shown {
    const { document, selection, address, title } = this.#app;
    const own = !this.#given.includes(document.text);
    return { text: document.text, title, step: selection.step, hash: address.written, own };
  }

  /** The beginning of a visit: nothing to undo, nothing to keep yet. */
  begin({ text, step, found, opened, trouble, hash, embedded }: Start): void {
    const app = this.#app;
    app.selection.choose(step);
    app.document.start(text);
    if (found && text === found.text) app.address.written = found.hash;
    if (opened || found?.own === false) this.#given.push(text);
    // Where there is no work to show, the reason stands in the place of a verdict that nobody asked for.
    if (trouble && !found) {
      app.link.fail(trouble);
      app.address.unused = hash;
    } else if (trouble) app.notices.show(trouble, { kind: 'warning', about: 'address' });
    if (opened) {
      app.address.written = opened.hash;
      app.link.takeUp(opened);
    }
    if (found && found.text !== text) {
      // By the same name with each reload: it is kept once. Back and Forward ask for it by the entry's.
      this.persistence.setAside(found.entry || `${found.id}.${found.seq}`, found);
      if (this.#returnsTo === null)
        app.notices.show(`A link was opened. Your work “${found.title || 'untitled'}” is kept.`, {
          about: 'address',
          actions: [{ label: 'Bring it back', run: () => this.bringBack({ ...found, kind: 'aside' }) }],
        });
    }
    if (embedded) return;
    if (!trouble) app.address.showPlace();
    if (!found && !opened) void this.#offerRecovery();
    void this.persistence.ready.then(() => this.#arrive(opened !== null));
  }

  /** Replaces the document as one change that can be undone; what was there is set aside, and Back shows it again. */
  load(text: string, label: string, step = 0, own = false): void {
    if (text !== this.#app.document.text) {
      this.persistence.setAside(this.#showing, this.shown());
      this.#showing = freshId();
      this.trail.opened(this.#showing);
    }
    this.#replace(text, label, step, own);
  }

  /** Opens a link in the place of the work, whether it was followed or pasted. */
  loadLink(opened: OpenedLink): void {
    const mine = this.shown();
    this.load(opened.text, 'open link', opened.step);
    this.#app.notices.show('A link was opened. Undo or Back brings your work back.', {
      about: 'address',
      // What was there when the link came, whatever was opened or undone since.
      actions: [{ label: 'Undo', run: () => this.load(mine.text, 'bring work back', mine.step, mine.own) }],
    });
    this.#app.link.takeUp(opened);
  }

  /** Shows a piece of earlier work. */
  bringBack(piece: Piece): void {
    this.load(piece.text, 'bring work back', piece.step, piece.own);
    this.persistence.broughtBack(piece);
  }

  #replace(text: string, label: string, step: number, own: boolean): void {
    const { document, address, selection } = this.#app;
    this.#note(text, own);
    if (text !== document.text) address.written = '';
    selection.foldAll();
    document.seal();
    document.setText(text, label, { place: step });
    document.seal();
  }

  /** Notes whose a text is. */
  #note(text: string, own: boolean): void {
    this.#given = this.#given.filter((one) => one !== text || one === FIRST || one === EMPTY).slice(-50);
    if (!own) this.#given.push(text);
  }

  /** Shows the text of an entry as if the visit had begun with it. */
  #start({ text, step, hash, own }: Shown, entry: string): void {
    this.#note(text, own);
    this.#app.selection.choose(step);
    this.#app.document.start(text);
    this.#app.address.written = hash;
    this.#showing = entry;
    this.trail.moved();
  }

  /** The tab knows its name, and the database can be asked. */
  async #arrive(opened: boolean): Promise<void> {
    // The name may be different from the one that the entry has.
    this.trail.moved();
    const entry = this.#returnsTo;
    this.#returnsTo = null;
    if (entry === null || this.trail.entry !== entry.piece) return;
    if (!opened) return this.#bring(entry);
    // What is on the screen is the entry's own link: only what the link may have left out takes its place.
    const piece = await this.#entryOf(entry.piece, entry.tab);
    if (this.trail.entry !== entry.piece) return;
    if (piece && !this.autosave.touched) this.#start(piece, entry.piece);
    else this.#showing = entry.piece;
  }

  /** Back or Forward led to a scenario that was shown before. */
  async #bring({ piece: id, tab, bare }: Entry): Promise<void> {
    const piece =
      (await this.#entryOf(id, tab)) ?? (bare ? AS_IT_COMES : null) ?? (await this.#entryByLink());
    // The reader went on meanwhile.
    if (this.trail.entry !== id || this.#showing === id) return;
    if (piece) {
      this.persistence.setAside(this.#showing, this.shown());
      this.#showing = id;
      this.#replace(piece.text, 'go back', piece.step, piece.own);
      this.#app.address.written = piece.hash;
      this.trail.moved();
      return;
    }
    this.trail.shows(this.#showing);
    this.#app.notices.show('What was shown here is no longer kept in this browser, so your work stays.', {
      kind: 'warning',
      about: 'address',
    });
  }

  async #entryOf(id: string, tab: string): Promise<Piece | null> {
    try {
      return await this.persistence.readEntry(id, tab);
    } catch {
      return null;
    }
  }

  /** The address of the entry may hold all of it. */
  async #entryByLink(): Promise<Shown | null> {
    const { hash } = location;
    const opened = isLink(hash) ? await decode(hash) : '';
    if (typeof opened === 'string') return null;
    return { text: opened.text, step: opened.step, title: '', hash, own: false };
  }

  /** The database has something newer of this tab than the tab's own storage: after a crash, or for want of room. */
  #newerFound(piece: Piece, found: string | null, opened: boolean): void {
    const entry = this.#returnsTo?.piece ?? null;
    const elsewhere = entry !== null && piece.entry !== '' && piece.entry !== entry;
    if (!this.autosave.touched && !elsewhere && (!opened || piece.entry === entry)) {
      this.#returnsTo = null;
      return this.#start(piece, this.trail.entry);
    }
    if (piece.text === found) return;
    const id = piece.entry || `${piece.id}.${piece.seq}`;
    this.persistence.setAside(id, piece);
    if (elsewhere && !this.autosave.touched) {
      // Back leads from here to the entry that the visit began at.
      if (!opened) this.#start(piece, id);
      return;
    }
    this.#app.notices.show(`Newer work of this tab, “${piece.title || 'untitled'}”, was kept.`, {
      actions: [{ label: 'Show it', run: () => this.bringBack({ ...piece, id, kind: 'aside' }) }],
    });
  }

  async #offerRecovery(): Promise<void> {
    const { pieces } = await this.persistence.recoverable().catch(() => ({ pieces: [] }));
    const lost = pieces.filter(({ own, kind }) => own && kind === 'tab');
    const [newest] = lost;
    if (!newest) return;
    const what = lost.length === 1 ? `“${newest.title || 'untitled'}”` : `${lost.length} pieces of work`;
    this.#app.notices.show(`From earlier visits ${what} can be brought back.`, {
      actions: [{ label: 'Show', run: () => this.#app.tools.open('recover') }],
    });
  }
}
