// SPDX-License-Identifier: MIT
import { clean } from '#engine/kernel/clean.ts';
import { createContext } from 'svelte';
import type { CheckId } from '#engine/kernel/checks.ts';
import type { Start } from '../boot/start.ts';
import { Address } from './address.ts';
import { AnswerState } from './answer-state.svelte.ts';
import { Foresight } from './foresight.svelte.ts';
import { DocumentStore, type DocumentChange } from './document.svelte.ts';
import { FocusStore } from './focus.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { EMPTY } from '#engine/view/empty.ts';
import { at } from '#engine/scenario/path.ts';
import { Notices } from './notices.svelte.ts';
import { OpenedLinkStore } from './opened-link.svelte.ts';
import type { Persistence } from './persistence.svelte.ts';
import { ShownWork } from './shown-work.ts';
import type { Trail } from './trail.ts';
import { FORGETFUL, type AnsweringCore } from '../boot/answering-core.ts';
import { ReadingStore } from './reading.svelte.ts';
import { RunStore } from './run.svelte.ts';
import { ServerCode } from './server-code.svelte.ts';
import { SelectionStore, type LeftTab } from './selection.svelte.ts';
import { ThemeStore } from './theme.svelte.ts';
import type { Tool } from './tool.ts';
import { ToolStore } from './tools.svelte.ts';
import { UnfinishedRuns } from '../boot/unfinished.ts';
import { ViewStore } from './view.svelte.ts';
import { confinedEngine } from '../workers/confined.ts';
import { newWorker } from '../workers/new-engine.ts';
import { LAST_RUN } from '#engine/view/chosen.ts';

export const [getApp, setApp] = createContext<App>();

/** The stores of the page and what ties them together. Components read the stores and call the methods. */
export class App {
  readonly document = new DocumentStore();
  readonly selection = new SelectionStore();
  readonly theme = new ThemeStore();
  readonly view = new ViewStore();
  readonly notices = new Notices();
  readonly reading = new ReadingStore();
  readonly run: RunStore;
  readonly answer: AnswerState;
  readonly foresight: Foresight;
  readonly code = new ServerCode();
  readonly focus = new FocusStore();
  readonly address = new Address(this);
  readonly tools: ToolStore;
  readonly link = new OpenedLinkStore(this);
  readonly work: ShownWork;
  // Nothing is drawn of it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #stores = new Map<unknown, unknown>();

  /**
   * @param start what the visit begins with
   * @param worker an engine that is ready, from the first verdict
   * @param tools what can be opened
   * @param elsewhere opens a tool that is not among them, in an embed
   */
  constructor(
    start: Start,
    worker: Worker | null,
    tools: readonly Tool[],
    elsewhere?: (id: string, subject: string) => void,
  ) {
    this.tools = new ToolStore(tools, () => this.trail.moved(), elsewhere);
    this.work = new ShownWork(this, start);
    const unfinished = start.embedded ? FORGETFUL : new UnfinishedRuns();
    this.run = new RunStore({ shipped: newWorker, edited: confinedEngine }, unfinished, worker);
    this.answer = new AnswerState(this.document, this.run, this.selection);
    this.foresight = new Foresight(this.run);
    this.document.place = () => this.selection.step;
    this.document.subscribe((change) => this.#changed(change));
    if (!start.embedded) addEventListener('hashchange', () => void this.address.follow());
    this.work.begin(start);
    if (start.embedded) return;
    // Whoever followed a link before this page listened is not forgotten.
    if (location.hash === start.hash) this.trail.moved();
    else void this.address.follow();
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
    return typeof title === 'string' ? clean(title) : '';
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

  get trail(): Trail {
    return this.work.trail;
  }

  get persistence(): Persistence {
    return this.work.persistence;
  }

  /** Replaces the document as one change that can be undone; Back shows again what was there. */
  load(text: string, label: string, step = 0, own = false): void {
    this.work.load(text, label, step, own);
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
    this.work.autosave.later();
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
    this.work.autosave.later();
  }

  /** Lets an edited core answer, or the shipped one again. */
  answerWith(core: AnsweringCore | null): void {
    this.run.answerWith(core);
    this.runAgain();
  }

  runAgain(): void {
    const { scenario, text } = this.document.parsed;
    if (scenario) this.#play(scenario, text, true);
  }

  #changed(change: DocumentChange): void {
    this.notices.wentOn();
    if (change.newEntry) this.run.setBaseline(change.kind === 'load' ? null : this.run.summary);
    if (change.place !== null) this.selection.choose(change.place);
    const last = Math.max(0, this.stepCount - 1);
    if (this.selection.step > last) this.selection.choose(last);
    this.link.forget();
    const { scenario, text, value } = this.document.parsed;
    const { edited } = this.run;
    if (edited && scenario && scenario.kernel.revision !== edited.revision) {
      this.run.answerWith(null);
      this.notices.show(`The shipped core answers again: the edited one was of ${edited.revision}.`);
    }
    if (scenario) {
      this.answer.asked(scenario, value);
      this.#play(scenario, text);
    }
    if (change.label !== 'open') this.work.autosave.later();
  }

  /** Runs a scenario, with its server's code first where it has some. */
  #play(scenario: Scenario, text: string, insist = false): void {
    this.code.play(scenario, {
      wait: () => this.run.wait(),
      withhold: () => this.run.withhold(),
      run: (recorded) => this.run.run(scenario, text, this.selection.chosen, insist, recorded),
    });
  }

  /** Keeps the work now, for a page that is about to go. */
  keep(): void {
    this.work.autosave.now();
  }
}
