// SPDX-License-Identifier: MIT
import type { ServerRecord } from '#engine/scenario/server-record.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Chosen } from '#engine/view/chosen.ts';
import { WorkerClient } from '../workers/client.ts';
import type { Answer, Detail, Look, LookAnswer, Question } from '../workers/protocol.ts';
import { partOf } from '#engine/scenario/part.ts';
import { FORGETFUL, type AnsweringCore, type Unfinished } from '../boot/answering-core.ts';
import { RunWatch, type Slow } from './run-watch.svelte.ts';
import { Summary } from '#engine/view/summary.ts';

/** How long a run may take before it is stopped. The largest scenarios need about a second. */
const PATIENCE_MS = 10_000;

/**
 * - `starting`: no answer yet
 * - `ready`: what is shown answers the document
 * - `running`: a newer answer is on its way
 * - `stuck`: a run was stopped because it did not end
 * - `held`: this text did not end at an earlier visit, so it waits for a click
 * - `failed`: the worker or the core broke
 * - `missing`: the core of a revision did not load; the engine still has its last run
 * - `server`: the code of its server has not run, see ServerCode
 */
export type RunStatus = 'starting' | 'ready' | 'running' | 'stuck' | 'held' | 'failed' | 'missing' | 'server';

/** A question before it is sent: of its scenario the worker may have most already. */
type Asking = { text: string; chosen: Chosen } & (
  { kind: 'run'; scenario: Scenario; recorded: ServerRecord | undefined } | { kind: 'detail' }
);

/** How an engine is started. */
interface Engines {
  shipped: () => Worker;
  edited: () => Worker;
}

/** What is posted of one. */
type Unnumbered =
  Omit<Extract<Question, { kind: 'run' }>, 'seq'> | Omit<Extract<Question, { kind: 'detail' }>, 'seq'>;

/** What the engine says of the document, and how it is asked. */
export class RunStore {
  readonly #client: WorkerClient<Asking, Answer>;
  #status = $state.raw<RunStatus>('starting');
  #message = $state.raw('');
  #scenario = $state.raw<Scenario | null>(null);
  #summary = $state.raw<Summary | null>(null);
  #detail = $state.raw<Detail | null>(null);
  /** The verdicts as they stood before the edit that is going on. */
  #baseline = $state.raw<Summary | null>(null);

  /** The code of a server runs, or may not: what comes from the engine is of what was there before. */
  #waits = false;
  #choosing = $state.raw(false);
  #edited = $state.raw<AnsweringCore | null>(null);

  /** The scenario that the worker was sent last. */
  #sent: Scenario | null = null;
  readonly #watch = new RunWatch();
  #shippedUnfinished: Unfinished;

  /**
   * @param create how to start an engine: for the shipped core, and for an edited one
   * @param ready a worker that is there already
   */
  constructor(create: Engines, unfinished: Unfinished, ready: Worker | null = null) {
    this.#shippedUnfinished = unfinished;
    this.#client = new WorkerClient<Asking, Answer>(
      {
        create: () => this.#begin(create),
        name: 'The engine',
        again: 'It starts afresh with the next edit.',
        queue: true,
        message: (question) => this.#posted(question),
        isLast: ({ kind }) => kind !== 'running',
        asked: (question) => this.#asked(question),
        hear: (answer, question, next) => this.#hear(answer, question, next),
        broke: (trouble) => this.#end('failed', trouble),
      },
      ready,
    );
  }

  get #unfinished(): Unfinished {
    return this.#edited ? FORGETFUL : this.#shippedUnfinished;
  }

  /** The edited core that answers; null while it is the shipped one. */
  get edited(): AnsweringCore | null {
    return this.#edited;
  }

  /**
   * Lets an edited core answer from the next run on, or the shipped one again. A run in progress is ended, and what the
   * other core said is dropped: it is not this one's answer, however long that takes.
   */
  answerWith(core: AnsweringCore | null): void {
    this.#end('starting', '');
    this.#edited = core;
    this.#scenario = null;
    this.#summary = null;
    this.#detail = null;
    this.#baseline = null;
  }

  get status(): RunStatus {
    return this.#status;
  }
  /** Why there is no answer, if there is none. */
  get message(): string {
    return this.#message;
  }
  /** The scenario that `summary` and `detail` answer. */
  get scenario(): Scenario | null {
    return this.#scenario;
  }
  get summary(): Summary | null {
    return this.#summary;
  }
  get detail(): Detail | null {
    return this.#detail;
  }
  get baseline(): Summary | null {
    return this.#baseline;
  }

  /** The answer takes long, and why. A run can be stopped. */
  get slow(): Slow {
    return this.#watch.slow;
  }

  /** The details of another execution are on their way: those that are shown are of the one before. */
  get choosing(): boolean {
    return this.#choosing;
  }

  /** What is shown now is what the next edit is compared with; null compares with nothing. */
  setBaseline(summary: Summary | null): void {
    this.#baseline = summary;
  }

  /** Runs a scenario. A text whose run did not end before is not run again unless `insist` is set. */
  run(
    scenario: Scenario,
    text: string,
    chosen: Chosen,
    insist = false,
    recorded: ServerRecord | undefined = undefined,
  ): void {
    this.#waits = false;
    if (!insist && this.#unfinished.has(text)) {
      this.#client.dropNext();
      this.#status = 'held';
      this.#message = 'The run of this scenario did not come to an end before, so it was not started again.';
      return;
    }
    this.#client.ask({ kind: 'run', scenario, chosen, text, recorded });
  }

  /** The code of a server runs first; then run() is called. */
  wait(): void {
    this.#client.dropNext();
    this.#waits = true;
    this.#status = this.#summary ? 'running' : 'starting';
    this.#message = '';
  }

  /** There is no run of the document, and nothing of another one is shown in its place. */
  withhold(): void {
    this.wait();
    this.#status = 'server';
    this.#scenario = this.#summary = this.#detail = this.#baseline = null;
  }

  /** Asks for the details of another execution of the run that is shown. */
  choose(chosen: Chosen): void {
    // An engine that was ended took its run with it; a new one has none to tell of.
    if (!this.#client.alive) return;
    const { now, next } = this.#client;
    if (next?.kind === 'run') next.chosen = chosen;
    else this.#client.ask({ kind: 'detail', chosen, text: now?.text ?? '' });
  }

  /**
   * A closer look at the run that is shown, beside whatever else is asked. Null if there is none, if the engine
   * was ended meanwhile, or if it could not say.
   */
  async look<A extends LookAnswer>(
    question: Omit<Extract<Look, { kind: A['kind'] }>, 'seq'>,
  ): Promise<A | null> {
    return (await this.#client.askBeside(question, ({ kind }) => kind === 'failed')) as A | null;
  }

  /** Abandons what is loading, and the engine that waits for it. The next run starts another. */
  giveUpLoading(): void {
    this.#end(this.#summary ? 'running' : 'starting', '');
  }

  /** Ends the run that is going on. */
  stop(): void {
    const { now } = this.#client;
    if (!now) return;
    this.#unfinished.mark(now.text);
    this.#end('stuck', 'The run was stopped. Edit the scenario, or run it again.');
  }

  #asked({ kind, text }: Asking): void {
    this.#choosing = kind === 'detail';
    if (kind === 'run') this.#status = this.#summary ? 'running' : 'starting';
    // Of an edited core nothing is left to load.
    if (kind === 'detail' || this.#edited) this.#runs(text);
    else this.#watch.loading();
  }

  /** The run of a text has begun: its time counts, not that of a core on its way through a slow net. */
  #runs(text: string): void {
    const mark = () => this.#unfinished.mark(text);
    // Marked as soon as it is slow, in case the reader closes the page instead of waiting.
    this.#watch.running(mark);
    const over = (trouble: string) => {
      mark();
      this.#end('stuck', trouble);
    };
    this.#client.watch(PATIENCE_MS, over, 'The run');
  }

  /** What goes to the worker, which may have most of the scenario already. */
  #posted(question: Asking): Unnumbered {
    const { kind, chosen } = question;
    if (kind === 'detail') return { kind, chosen };
    const part = partOf(question.scenario, this.#sent);
    const { recorded } = question;
    if (recorded !== undefined) part.scenario.recorded = recorded;
    this.#sent = question.scenario;
    return { kind, chosen, part, verdictOnly: false };
  }

  #begin({ shipped, edited }: Engines): Worker {
    const module = this.#edited?.module;
    const worker = module ? edited() : shipped();
    if (module) worker.postMessage({ kind: 'core', seq: 0, module } satisfies Question);
    return worker;
  }

  #hear(answer: Answer, question: Asking, next: Asking | null): void {
    if (answer.kind === 'running') return this.#runs(question.text);
    this.#watch.calm();
    this.#choosing = false;
    // It is of a text that is gone.
    if (this.#waits) return;
    if (answer.kind === 'failed' && answer.missing) {
      this.#status = 'missing';
      this.#message = answer.message;
    } else if (answer.kind === 'failed') {
      this.#end('failed', `The engine could not run this scenario: ${answer.message}`);
    } else if (answer.kind === 'run' || answer.kind === 'detail') {
      if (answer.kind === 'run' && question.kind === 'run') {
        this.#scenario = question.scenario;
        this.#summary = new Summary(answer.summary);
        this.#unfinished.clear(question.text);
        // Another execution of this run may be asked for already; its verdicts are still current.
        this.#status = next?.kind === 'run' ? 'running' : 'ready';
        this.#message = '';
      }
      this.#detail = answer.detail;
    }
  }

  #end(status: RunStatus, message: string): void {
    this.#watch.calm();
    this.#client.end();
    this.#sent = null;
    this.#choosing = false;
    this.#status = status;
    this.#message = message;
  }
}
