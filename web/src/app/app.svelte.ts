// SPDX-License-Identifier: MIT
import { told } from '#engine/kernel/unknown.ts';
import { createContext } from 'svelte';
import type { CheckId } from '#engine/kernel/checks.ts';
import type { Start } from '../boot/start.ts';
import type { OpenedLink } from '#engine/link/open.ts';
import { Address, recorded } from './address.ts';
import { sameReturn } from './same-return.ts';
import { AnswerState } from './answer-state.svelte.ts';
import { DocumentStore, type DocumentChange } from './document.svelte.ts';
import { FocusStore } from './focus.ts';
import { EMPTY, FIRST } from '../boot/first-scenario.ts';
import { at } from '#engine/scenario/path.ts';
import { Autosave } from './autosave.ts';
import { Notices } from './notices.svelte.ts';
import { Persistence, freshId, type Shown } from './persistence.svelte.ts';
import type { Piece } from './kept/piece.ts';
import { Trail, entryOf } from './trail.ts';
import type { AnsweringCore } from '../boot/answering-core.ts';
import { RunStore } from './run.svelte.ts';
import { SelectionStore, type LeftTab } from './selection.svelte.ts';
import { ThemeStore } from './theme.svelte.ts';
import type { Tool } from './tool.ts';
import { ToolStore } from './tools.svelte.ts';
import { UnfinishedRuns } from '../boot/unfinished.ts';
import { ViewStore } from './view.svelte.ts';
import { newWorker } from '../workers/engine-worker.ts';
import { LAST_RUN } from '#engine/view/chosen.ts';

export const [getApp, setApp] = createContext<App>();

/** The stores of the page and what ties them together. Components read the stores and call the methods. */
export class App {
  readonly document = new DocumentStore();
  readonly selection = new SelectionStore();
  readonly theme = new ThemeStore();
  readonly view = new ViewStore();
  readonly notices = new Notices();
  readonly persistence: Persistence;
  readonly run: RunStore;
  readonly answer: AnswerState;
  readonly focus = new FocusStore();
  readonly address = new Address(this);
  readonly tools: ToolStore;
  readonly trail: Trail;
  /** The entry of the history that the text on the screen belongs to. */
  #showing: string;
  /** Texts as they were opened: whoever wants one again has it elsewhere. Own work is what differs from all of them. */
  #given: string[] = [FIRST, EMPTY];
  /** What the link said the verdict was, if the document came from a link and was not edited since. */
  #opened = $state.raw<OpenedLink | null>(null);
  /** Why the link that this visit began with is not shown, until the reader goes on without it. */
  #brokenLink = $state.raw<string | null>(null);
  readonly #autosave = new Autosave(this);
  // Nothing is drawn of it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #stores = new Map<unknown, unknown>();

  /**
   * @param start what the visit begins with
   * @param worker an engine that is ready, from the first verdict
   * @param tools what can be opened
   */
  constructor(start: Start, worker: Worker | null, tools: readonly Tool[]) {
    this.tools = new ToolStore(tools, () => this.trail.moved());
    const before = entryOf(history.state);
    // An entry that shows something else than what this tab had last is not overwritten with that.
    this.#showing = before && before.piece === start.found?.entry ? before.piece : freshId();
    this.trail = new Trail(this.#showing, {
      tab: () => this.persistence.id,
      tool: () => this.tools.over?.tool.id ?? null,
      url: () => this.address.url,
      closeTool: (tool) => this.tools.close(tool),
      bring: (piece) => void this.#bring(piece),
    });
    this.persistence = new Persistence(start.found, before?.tab ?? null, start.newer, (piece) =>
      this.#newerFound(piece, start),
    );
    this.run = new RunStore(newWorker, new UnfinishedRuns(), worker);
    this.answer = new AnswerState(this.document, this.run, this.selection);
    this.document.place = () => this.selection.step;
    this.document.subscribe((change) => this.#changed(change));
    addEventListener('hashchange', () => void this.address.follow());
    this.#begin(start);
    this.trail.moved();
  }

  /** The app's own store of a column or a tool, made when it is first asked for and kept from then on. */
  of<T>(Store: new (app: App) => T): T {
    const known = this.#stores.get(Store);
    if (known !== undefined) return known as T;
    let made: T | undefined;
    // Its own signals live as long as the app, not only as long as the component that asked first.
    $effect.root(() => {
      made = new Store(this);
    });
    this.#stores.set(Store, made);
    return made as T;
  }

  get title(): string {
    const title = at(this.document.readable, ['title']);
    return typeof title === 'string' ? title : '';
  }

  get brokenLink(): string | null {
    return this.#brokenLink;
  }

  /** The reader goes on without the link: the first scenario's verdict is shown. */
  goOnWithoutLink(): void {
    this.#brokenLink = null;
  }

  get notes(): string {
    const notes = at(this.document.readable, ['notes']);
    return typeof notes === 'string' ? notes : '';
  }

  /** Number of steps as the document writes them, also while some of them are wrong. */
  get stepCount(): number {
    const steps = at(this.document.readable, ['steps']);
    return Array.isArray(steps) ? steps.length : 0;
  }

  /** What a link said its verdict was, if it was another than today's; null otherwise. */
  get linkDifference(): string | null {
    const verdict = this.#opened?.verdict;
    const { summary, scenario, status } = this.run;
    if (!verdict || !this.#opened || status !== 'ready' || scenario !== this.document.parsed.scenario)
      return null;
    const line = summary?.at({ step: this.#opened.step, repeat: LAST_RUN });
    if (!line) return null;
    const today = recorded(line, this);
    const step = scenario?.steps[line.step]?.do;
    if (sameReturn(verdict.ret, today.ret, step) && today.check === verdict.check) return null;
    const words = (one: { ret: string; check: string | null }) =>
      one.check ? `${one.ret} by ${told('check', one.check)}` : one.ret;
    return (
      `When the link was made (${verdict.revision}), step ${line.step + 1} gave ${words(verdict)}; ` +
      `today (${today.revision}) it gives ${words(today)}.`
    );
  }

  /** The beginning of a visit: nothing to undo, nothing to keep yet. */
  #begin({ text, step, found, opened, trouble }: Start): void {
    this.selection.choose(step);
    this.document.start(text);
    if (found && text === found.text) this.address.written = found.hash;
    if (opened || found?.own === false) this.#given.push(text);
    // Where there is no work to show, the reason stands in the place of a verdict that nobody asked for.
    if (trouble && !found) this.#brokenLink = trouble;
    else if (trouble) this.notices.show(trouble, { kind: 'warning', about: 'address' });
    if (opened) {
      this.address.written = opened.hash;
      this.#takeUp(opened);
      if (found && found.text !== opened.text) {
        // By the same name with each reload: it is kept once.
        this.persistence.setAside(`${found.id}.${found.seq}`, found);
        this.notices.show(`A link was opened. Your work “${found.title || 'untitled'}” is kept.`, {
          about: 'address',
          actions: [{ label: 'Bring it back', run: () => this.bringBack({ ...found, kind: 'aside' }) }],
        });
      }
    }
    this.address.showPlace();
    if (!found && !opened) void this.#offerRecovery();
  }

  get showing(): string {
    return this.#showing;
  }

  /** What the page shows, as it is kept. */
  shown(): Shown {
    const { text } = this.document;
    const own = !this.#given.includes(text);
    return { text, title: this.title, step: this.selection.step, hash: this.address.written, own };
  }

  /** Replaces the document as one change that can be undone; what was there is set aside, and Back shows it again. */
  load(text: string, label: string, step = 0, own = false): void {
    if (text !== this.document.text) {
      this.persistence.setAside(this.#showing, this.shown());
      this.#showing = freshId();
      this.trail.opened(this.#showing);
    }
    this.#replace(text, label, step, own);
  }

  /** Shows a piece of earlier work. */
  bringBack(piece: Piece): void {
    this.load(piece.text, 'bring work back', piece.step, piece.own);
    this.persistence.broughtBack(piece);
  }

  #replace(text: string, label: string, step: number, own: boolean): void {
    this.#given = this.#given.filter((one) => one !== text || one === FIRST || one === EMPTY).slice(-50);
    if (!own) this.#given.push(text);
    if (text !== this.document.text) this.address.written = '';
    this.selection.foldAll();
    this.document.seal();
    this.document.setText(text, label, { place: step });
    this.document.seal();
  }

  /** Back or Forward led to a scenario that was shown before. */
  async #bring(id: string): Promise<void> {
    let piece: Piece | null = null;
    try {
      piece = await this.persistence.read(id);
    } catch {
      // Told of below.
    }
    // The reader went on meanwhile.
    if (this.trail.entry !== id || this.#showing === id) return;
    if (piece) {
      this.persistence.setAside(this.#showing, this.shown());
      this.#showing = id;
      this.#replace(piece.text, 'go back', piece.step, piece.own);
      this.address.written = piece.hash;
      this.trail.moved();
      return;
    }
    this.#showing = freshId();
    this.trail.opened(this.#showing);
    this.notices.show('What was shown here is no longer kept in this browser, so your work stays.', {
      kind: 'warning',
      about: 'address',
    });
  }

  /** A crash left something newer in the database than this tab remembers. */
  #newerFound(piece: Piece, { found, opened }: Start): void {
    if (!this.#autosave.touched && !opened) {
      if (!piece.own) this.#given.push(piece.text);
      this.selection.choose(piece.step);
      this.document.start(piece.text);
      this.address.written = piece.hash;
      this.trail.moved();
      return;
    }
    if (piece.text === found?.text) return;
    const aside: Piece = { ...piece, id: `${piece.id}.${piece.seq}`, kind: 'aside' };
    this.persistence.setAside(aside.id, aside);
    this.notices.show(`Newer work of this tab, “${piece.title || 'untitled'}”, was kept.`, {
      actions: [{ label: 'Show it', run: () => this.bringBack(aside) }],
    });
  }

  /** Opens a link in the place of the work, whether it was followed or pasted. */
  loadLink(opened: OpenedLink): void {
    const mine = this.shown();
    this.load(opened.text, 'open link', opened.step);
    this.notices.show('A link was opened. Undo brings your work back.', {
      about: 'address',
      // What was there when the link came, whatever was opened or undone since.
      actions: [{ label: 'Undo', run: () => this.load(mine.text, 'bring work back', mine.step, mine.own) }],
    });
    this.#takeUp(opened);
  }

  newScenario(): void {
    this.load(EMPTY, 'new scenario', 1);
  }

  choose(step: number, repeat = LAST_RUN): void {
    const last = Math.max(0, this.stepCount - 1);
    this.selection.choose(Math.min(step, last), repeat);
    this.document.seal();
    // While the answer is for another text, AnswerState.follow() asks for the details of the step in it.
    if (this.answer.behind === null || this.run.slow !== null) this.run.choose(this.selection.chosen);
    this.#autosave.later();
  }

  /** Focuses what keeps the text from being run, in the form or in the document. */
  showFault(at: { start: number; end: number } | null = null): void {
    const [field] = this.answer.unread;
    const { scenario, problems } = this.document.parsed;
    const fault = at ?? problems.find(({ severity }) => severity === 'error');
    if (fault && (at || scenario === null)) {
      this.view.want(fault);
      this.showTab('document');
    } else if (field) this.focus.to(field.input);
  }

  openCheck(check: CheckId): void {
    this.tools.open('check', check);
  }

  showTab(tab: LeftTab): void {
    this.selection.showTab(tab);
    this.#autosave.later();
  }

  /** Lets an edited core answer, or the shipped one again; what the other said is what it is compared with. */
  answerWith(core: AnsweringCore | null): void {
    this.run.setBaseline(this.run.summary);
    this.run.answerWith(core);
    this.runAgain();
  }

  runAgain(): void {
    const { scenario, text } = this.document.parsed;
    if (scenario) this.run.run(scenario, text, this.selection.chosen, true);
  }

  #changed(change: DocumentChange): void {
    if (change.newEntry) this.run.setBaseline(change.kind === 'load' ? null : this.run.summary);
    this.#brokenLink = null;
    if (change.place !== null) this.selection.choose(change.place);
    const last = Math.max(0, this.stepCount - 1);
    if (this.selection.step > last) this.selection.choose(last);
    this.#opened = null;
    const { scenario, text, value } = this.document.parsed;
    const { edited } = this.run;
    if (edited && scenario && scenario.kernel.revision !== edited.revision) {
      this.run.answerWith(null);
      this.notices.show(`The shipped core answers again: the edited one was of ${edited.revision}.`);
    }
    if (scenario) {
      this.answer.asked(scenario, value);
      this.run.run(scenario, text, this.selection.chosen);
    }
    if (change.label !== 'open') this.#autosave.later();
  }

  /** Keeps the work now, for a page that is about to go. */
  keep(): void {
    this.#autosave.now();
  }

  /** What a link carries beside its scenario: the verdict of then, the view, and what a tool makes of the rest. */
  #takeUp(opened: OpenedLink): void {
    this.#opened = opened;
    this.selection.showTab(opened.view === 'document' ? 'document' : 'form');
    for (const tool of this.tools.all) tool.linkOpened?.(this, opened);
  }

  async #offerRecovery(): Promise<void> {
    const all = await this.persistence.recoverable().catch(() => []);
    const lost = all.filter(({ own, kind }) => own && kind === 'tab');
    const [newest] = lost;
    if (!newest) return;
    const what = lost.length === 1 ? `“${newest.title || 'untitled'}”` : `${lost.length} pieces of work`;
    this.notices.show(`From earlier visits ${what} can be brought back.`, {
      actions: [{ label: 'Show', run: () => this.tools.open('recover') }],
    });
  }
}
