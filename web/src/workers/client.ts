// SPDX-License-Identifier: MIT
/**
 * What every worker of the page needs of the page: questions are numbered, the newest wins, the time is kept, a
 * worker that breaks or does not end is ended, and the reader is told in words. What the answers mean is for the
 * store that asks.
 */

import { whenGone, type Alive } from './alive.ts';

/** A page that was busy first handles the messages that arrived meanwhile. */
const GRACE_MS = 250;

/** A page that was open while its files were replaced, or a browser without module workers. */
const NOT_LOADED = 'If that does not help, reload the page; a browser from before 2023 is too old for it.';

export interface Numbered {
  seq: number;
}

export interface ClientOptions<Q, A extends Numbered> {
  /** Makes a worker: with the first question, and with the first one after it was ended. */
  create: () => Worker;
  /** What the reader knows it as, at the beginning of a sentence: `The engine`. */
  name: string;
  /** What the reader can do once it broke, as a sentence. */
  again: string;
  /**
   * true: while a question is being answered only the newest of the others waits. false: every question goes out
   * at once, and the worker abandons the one before.
   */
  queue: boolean;
  /** What is posted for a question, but for its number. Left out, the question itself. */
  message?: (question: Q) => object;
  /** Whether an answer is the last one to its question. */
  isLast: (answer: A) => boolean;
  /** A question goes out. */
  asked?: (question: Q) => void;
  /** An answer to the question that counts. @param next the question that waits, which is asked after this */
  hear: (answer: A, question: Q, next: Q | null) => void;
  /**
   * The worker broke and was ended, and its questions with it.
   * @param trouble what to tell the reader
   * @param why the browser's message; '' if there is none
   */
  broke: (trouble: string, why: string) => void;
}

export class WorkerClient<Q extends object, A extends Numbered> {
  readonly #options: ClientOptions<Q, A>;
  #worker: Worker | null = null;
  #seq = 0;
  #now: { question: Q; seq: number } | null = null;
  #next: Q | null = null;
  #beside = new Map<number, (answer: A | null) => void>();
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  /** Counts this worker's messages. */
  #heard = 0;

  /** @param ready a worker that is there already */
  constructor(options: ClientOptions<Q, A>, ready: Worker | null = null) {
    this.#options = options;
    if (ready) this.#worker = this.#listen(ready);
  }

  /** Whether there is a worker. */
  get alive(): boolean {
    return this.#worker !== null;
  }

  /** The question that is being answered. */
  get now(): Q | null {
    return this.#now?.question ?? null;
  }

  /** The question that waits. */
  get next(): Q | null {
    return this.#next;
  }

  /** Asks, or lets the question wait. Returns the one that waited and is not asked any more. */
  ask(question: Q): Q | null {
    if (this.#options.queue && this.#now) {
      const dropped = this.#next;
      this.#next = question;
      return dropped;
    }
    this.#send(question);
    return null;
  }

  /** Drops the question that waits. */
  dropNext(): void {
    this.#next = null;
  }

  /**
   * Asks beside the other questions. Resolves to null if there is no worker, if it is ended before it answers, or if
   * `failed` says so of the answer.
   */
  askBeside(message: object, failed: (answer: A) => boolean): Promise<A | null> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve(null);
    const seq = ++this.#seq;
    return new Promise((resolve) => {
      this.#beside.set(seq, (answer) => resolve(answer === null || failed(answer) ? null : answer));
      worker.postMessage({ ...message, seq });
    });
  }

  /**
   * Ends the worker if nothing comes from it for so long; the time begins now.
   * @param over called after that, with what the reader may be told
   */
  watch(patienceMs: number, over: (trouble: string) => void, what = this.#options.name): void {
    clearTimeout(this.#watchdog);
    const heard = this.#heard;
    this.#watchdog = setTimeout(() => {
      this.#watchdog = setTimeout(() => {
        if (heard !== this.#heard) return;
        this.end();
        over(`${what} did not end within ${patienceMs / 1000} seconds and was stopped.`);
      }, GRACE_MS);
    }, patienceMs);
  }

  /** Ends the worker at once; the next question starts another. */
  end(): void {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#now = null;
    this.#next = null;
    const waiting = [...this.#beside.values()];
    this.#beside.clear();
    for (const resolve of waiting) resolve(null);
  }

  #send(question: Q): void {
    const { create, message, asked } = this.#options;
    this.#worker ??= this.#listen(create());
    const seq = ++this.#seq;
    this.#now = { question, seq };
    asked?.(question);
    this.#worker.postMessage({ ...(message?.(question) ?? question), seq });
  }

  #listen(worker: Worker): Worker {
    this.#heard = 0;
    worker.onmessage = ({ data }: MessageEvent<A | Alive>) => {
      if (!('alive' in data)) return this.#hear(data);
      this.#heard++;
      whenGone(data.alive, () => {
        // One that was ended is gone as well.
        if (this.#worker === worker) this.#broke('it closed without a word');
      });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#broke(event.message);
    };
    worker.onmessageerror = () => this.#broke('what it said could not be read');
    return worker;
  }

  #hear(answer: A): void {
    this.#heard++;
    const beside = this.#beside.get(answer.seq);
    if (beside) {
      this.#beside.delete(answer.seq);
      return beside(answer);
    }
    const now = this.#now;
    if (now === null || answer.seq !== now.seq) return;
    const { hear, isLast } = this.#options;
    if (!isLast(answer)) return hear(answer, now.question, this.#next);
    clearTimeout(this.#watchdog);
    const next = this.#next;
    this.#now = null;
    this.#next = null;
    hear(answer, now.question, next);
    if (next) this.ask(next);
  }

  #broke(why: string): void {
    const { name, again, broke } = this.#options;
    const [what, otherwise] = this.#heard > 0 ? ['stopped working', ''] : ['did not load', ` ${NOT_LOADED}`];
    this.end();
    broke(`${name} ${what}${why ? `: ${why}` : ''}. ${again}${otherwise}`, why);
  }
}
