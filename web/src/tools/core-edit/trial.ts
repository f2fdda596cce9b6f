// SPDX-License-Identifier: MIT
import type { MatrixRow } from '#engine/compare/matrix.ts';
import { WorkerClient } from '../../workers/client.ts';
import { failedRow } from './failed-row.ts';
import { ENDLESS, type TrialAnswer, type TrialQuestion } from './trial-protocol.ts';

/** How long one scenario may take; each needs a few milliseconds. */
const PATIENCE_MS = 4_000;
/** The limit after an edited core once did not end: most likely it will not end again. */
const IMPATIENCE_MS = 1_500;
/** After this many that do not end the rest is left out, until it is asked for. */
const MOST_KILLED = 6;

/** How far a trial has come. */
export interface TrialState {
  rows: readonly MatrixRow[];
  refused: readonly { name: string; text: string }[];
  done: number;
  of: number;
  /** How many scenarios were left out, since the core did not end on those before them. */
  left: number;
  running: boolean;
}

/** One trial of an edited core, scenario by scenario, each under watch. */
export class Trial {
  readonly question: TrialQuestion;
  #report: (state: TrialState) => void;
  readonly #client: WorkerClient<TrialQuestion, TrialAnswer>;
  #rows: MatrixRow[] = [];
  #refused: { name: string; text: string }[] = [];
  /** The scenario that is running, and what the shipped core said of it. */
  #at = 0;
  #shipped: MatrixRow | null = null;
  #killed = 0;

  constructor(question: TrialQuestion, create: () => Worker, report: (state: TrialState) => void) {
    this.question = question;
    this.#report = report;
    this.#at = question.first;
    this.#client = new WorkerClient<TrialQuestion, TrialAnswer>({
      create,
      name: 'The trial',
      again: '',
      queue: false,
      isLast: ({ kind }) => kind === 'end',
      hear: (answer) => this.#hear(answer),
      broke: (_, why) => this.#fail(`breaks: ${why || 'its worker ended'}`),
    });
  }

  /** Starts, or continues with what was left out. */
  start(): void {
    this.#killed = 0;
    this.#spawn();
    this.#tell();
  }

  cancel(): void {
    this.#client.end();
  }

  #spawn(): void {
    this.#client.ask({ ...this.question, first: this.#at });
    // A new worker loads first, and that time does not count against the core.
    this.#watchFor(PATIENCE_MS * 5);
  }

  #hear(answer: TrialAnswer): void {
    if (answer.kind === 'end') {
      this.cancel();
      this.#tell();
      return;
    }
    if (answer.kind === 'shipped') {
      this.#shipped = answer.row;
      this.#watchFor(this.#killed > 0 ? IMPATIENCE_MS : PATIENCE_MS);
      return;
    }
    if (answer.kind === 'row') this.#rows.push(answer.row);
    else this.#refused.push({ name: this.question.scenarios[answer.index]!.name, text: answer.why });
    this.#next(answer.index + 1);
    this.#watchFor(PATIENCE_MS);
  }

  #next(index: number): void {
    this.#at = index;
    this.#shipped = null;
    // Often enough for a bar that fills.
    if (index % 8 === 0) this.#tell();
  }

  #watchFor(patienceMs: number): void {
    this.#client.watch(patienceMs, () => this.#fail(ENDLESS));
  }

  /** Abandons the scenario that is running; the others go on in another worker. */
  #fail(fault: string): void {
    this.cancel();
    this.#killed++;
    const { name } = this.question.scenarios[this.#at] ?? { name: '' };
    const row = this.#shipped ?? { name, cells: [], differs: false };
    if (row.cells.length > 0) this.#rows.push(failedRow(row, fault));
    else this.#refused.push({ name, text: fault });
    this.#next(this.#at + 1);
    if (this.#at < this.question.scenarios.length && this.#killed < MOST_KILLED) this.#spawn();
    this.#tell();
  }

  #tell(): void {
    const of = this.question.scenarios.length;
    const running = this.#client.alive;
    const done = this.#at - this.question.first;
    this.#report({
      rows: [...this.#rows],
      refused: [...this.#refused],
      done,
      of,
      left: running ? 0 : of - this.#at,
      running,
    });
  }
}
