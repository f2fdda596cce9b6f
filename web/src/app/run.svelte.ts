// SPDX-License-Identifier: MIT
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Chosen } from '#engine/view/summary.ts';
import type { Answer, Detail, Look, LookAnswer, Question } from '../workers/protocol.ts';
import { partOf } from '#engine/scenario/part.ts';
import { FORGETFUL, type AnsweringCore, type Unfinished } from '../boot/answering.ts';
import { RunWatch, type Slow } from './run-watch.svelte.ts';
import { Summary } from '#engine/view/summary.ts';

/**
 * - `starting`: no answer yet
 * - `ready`: what is shown answers the document
 * - `running`: a newer answer is on its way
 * - `stuck`: a run was stopped because it did not end
 * - `held`: this text did not end at an earlier visit, so it waits for a click
 * - `failed`: the worker or the core broke
 * - `missing`: the core of a revision did not load; the engine still has its last run
 */
export type RunStatus = 'starting' | 'ready' | 'running' | 'stuck' | 'held' | 'failed' | 'missing';

/** A question before it is sent: of its scenario the worker may have most already. */
type Asking =
  { kind: 'run'; seq: number; scenario: Scenario; chosen: Chosen } | Extract<Question, { kind: 'detail' }>;

/**
 * Evaluation in a worker that can be killed. Every question is numbered, and only the newest answer counts.
 * While the worker is busy, only the newest question waits.
 */
export class RunStore {
  #worker: Worker | null = null;
  #status = $state.raw<RunStatus>('starting');
  #message = $state.raw('');
  #scenario = $state.raw<Scenario | null>(null);
  #summary = $state.raw<Summary | null>(null);
  #detail = $state.raw<Detail | null>(null);
  /** The verdicts as they stood before the edit that is going on. */
  #baseline = $state.raw<Summary | null>(null);

  #choosing = $state.raw(false);
  #edited = $state.raw<AnsweringCore | null>(null);

  #seq = 0;
  #looks: { seq: number; hear: (answer: LookAnswer | null) => void }[] = [];
  #asked: { question: Asking; text: string } | null = null;
  #waiting: { question: Asking; text: string } | null = null;
  /** The scenario that the worker was sent last. */
  #sent: Scenario | null = null;
  readonly #watch = new RunWatch();
  #shippedUnfinished: Unfinished;
  #create: () => Worker;

  /** @param ready a worker that is there already */
  constructor(create: () => Worker, unfinished: Unfinished, ready: Worker | null = null) {
    this.#create = create;
    this.#shippedUnfinished = unfinished;
    if (ready) this.#worker = this.#listen(ready);
  }

  get #unfinished(): Unfinished {
    return this.#edited ? FORGETFUL : this.#shippedUnfinished;
  }

  /** The edited core that answers; null while it is the shipped one. */
  get edited(): AnsweringCore | null {
    return this.#edited;
  }

  /** Lets an edited core answer from the next run on, or the shipped one again. What goes on is ended. */
  answerWith(core: AnsweringCore | null): void {
    this.#end(this.#summary ? 'running' : 'starting', '');
    this.#edited = core;
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

  /** Runs a scenario. A text that did not end before is not run again unless `insist` is set. */
  run(scenario: Scenario, text: string, chosen: Chosen, insist = false): void {
    if (!insist && this.#unfinished.has(text)) {
      this.#waiting = null;
      this.#status = 'held';
      this.#message = 'The run of this scenario did not come to an end before, so it was not started again.';
      return;
    }
    this.#ask({ kind: 'run', seq: ++this.#seq, scenario, chosen }, text);
  }

  /** Asks for the details of another execution of the run that is shown. */
  choose(chosen: Chosen): void {
    // An engine that was ended took its run with it; a new one has none to tell of.
    if (!this.#worker) return;
    if (this.#waiting?.question.kind === 'run') this.#waiting.question.chosen = chosen;
    else this.#ask({ kind: 'detail', seq: ++this.#seq, chosen }, this.#asked?.text ?? '');
  }

  /**
   * A closer look at the run that is shown, beside whatever else is asked. Null if there is none, if the engine
   * was ended meanwhile, or if it could not say.
   */
  look<A extends LookAnswer>(question: Omit<Extract<Look, { kind: A['kind'] }>, 'seq'>): Promise<A | null> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve(null);
    const seq = ++this.#seq;
    return new Promise((resolve) => {
      this.#looks.push({ seq, hear: (answer) => resolve(answer as A | null) });
      worker.postMessage({ ...question, seq } as unknown as Look);
    });
  }

  /** Gives up what is loading, and the engine that waits for it. The next run starts another. */
  giveUpLoading(): void {
    this.#end(this.#summary ? 'running' : 'starting', '');
  }

  /** Ends the run that is going on. */
  stop(): void {
    if (!this.#asked) return;
    this.#unfinished.mark(this.#asked.text);
    this.#end('stuck', 'The run was stopped. Edit the scenario, or run it again.');
  }

  #ask(question: Asking, text: string): void {
    if (this.#asked) {
      this.#waiting = { question, text };
      return;
    }
    this.#worker ??= this.#begin();
    this.#asked = { question, text };
    this.#choosing = question.kind === 'detail';
    if (question.kind === 'run') this.#status = this.#summary ? 'running' : 'starting';
    // Of an edited core nothing is left to load.
    if (question.kind === 'detail' || this.#edited) this.#runs(text);
    else this.#watch.loading();
    this.#send(this.#worker, question);
  }

  /** The run of a text has begun. */
  #runs(text: string): void {
    const mark = () => this.#unfinished.mark(text);
    // Marked as soon as it is slow, in case the reader closes the page instead of waiting.
    this.#watch.running(mark, (seconds) => {
      mark();
      this.#end('stuck', `The run did not end within ${seconds} seconds and was stopped.`);
    });
  }

  #send(worker: Worker, question: Asking): void {
    if (question.kind === 'detail') return worker.postMessage(question satisfies Question);
    const { scenario, ...rest } = question;
    worker.postMessage({
      ...rest,
      part: partOf(scenario, this.#sent),
      verdictOnly: false,
    } satisfies Question);
    this.#sent = scenario;
  }

  #begin(): Worker {
    const worker = this.#listen(this.#create());
    const module = this.#edited?.module;
    if (module) worker.postMessage({ kind: 'core', seq: 0, module } satisfies Question);
    return worker;
  }

  #listen(worker: Worker): Worker {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const why = event.message ? `: ${event.message}` : '';
      this.#end('failed', `The engine stopped working${why}. It starts afresh with the next edit.`);
    };
    return worker;
  }

  #hear(answer: Answer): void {
    const look = this.#looks.find(({ seq }) => seq === answer.seq);
    if (look) {
      this.#looks = this.#looks.filter((other) => other !== look);
      look.hear(answer.kind === 'failed' ? null : (answer as LookAnswer));
      return;
    }
    const asked = this.#asked;
    if (!asked || answer.seq !== asked.question.seq) return;
    if (answer.kind === 'running') return this.#runs(asked.text);
    this.#watch.calm();
    this.#asked = null;
    this.#choosing = false;
    const next = this.#waiting;
    if (answer.kind === 'failed' && answer.missing) {
      this.#status = 'missing';
      this.#message = answer.message;
    } else if (answer.kind === 'failed') {
      this.#end('failed', `The engine could not run this scenario: ${answer.message}`);
    } else if (answer.kind === 'run' || answer.kind === 'detail') {
      if (answer.kind === 'run' && asked.question.kind === 'run') {
        this.#scenario = asked.question.scenario;
        this.#summary = new Summary(answer.summary);
        this.#unfinished.clear(asked.text);
        // Another execution of this run may be asked for already: that makes its verdicts no older.
        this.#status = next?.question.kind === 'run' ? 'running' : 'ready';
        this.#message = '';
      }
      this.#detail = answer.detail;
    }
    this.#waiting = null;
    if (next) this.#ask(next.question, next.text);
  }

  #end(status: RunStatus, message: string): void {
    this.#watch.calm();
    this.#worker?.terminate();
    this.#worker = null;
    this.#sent = null;
    for (const { hear } of this.#looks) hear(null);
    this.#looks = [];
    this.#asked = null;
    this.#waiting = null;
    this.#choosing = false;
    this.#status = status;
    this.#message = message;
  }
}
