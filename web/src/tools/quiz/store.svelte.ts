// SPDX-License-Identifier: MIT
import type { CheckId } from '#engine/kernel/checks.ts';
import type { QuizQuestion } from '#engine/quiz/quiz.ts';
import type { App } from '../../app/app.svelte.ts';
import { WorkerClient } from '../../workers/client.ts';
import { newQuiz } from './new-quiz.ts';
import type { DrawAnswer, DrawQuestion } from './protocol.ts';

/** Drawing takes a moment; what takes longer than this does not end by itself. */
const PATIENCE_MS = 20_000;

/** What a reader says of a question. */
export type Guess = CheckId | 'accepted';

/** Seeds of runs that nobody named: short enough to be read out. */
export const MOST_SEED = 99_999;

export const rightOf = ({ decided }: QuizQuestion): Guess => decided?.check ?? 'accepted';

/** A run of the quiz: its questions, and what the reader said. It goes on where it was left. */
export class QuizStore {
  #seed = $state.raw<number | null>(null);
  #questions = $state.raw<readonly QuizQuestion[]>([]);
  #guesses = $state.raw<readonly Guess[]>([]);
  /** Index of the question that is shown; the number of questions at the end. */
  #index = $state.raw(0);
  #trouble = $state.raw<string | null>(null);
  readonly #client = new WorkerClient<DrawQuestion, DrawAnswer>({
    create: newQuiz,
    name: 'What draws the questions',
    again: 'Another run starts it again.',
    queue: true,
    isLast: () => true,
    asked: () => this.#client.watch(PATIENCE_MS, (trouble) => (this.#trouble = trouble)),
    hear: (answer) => this.#hear(answer),
    broke: (trouble) => (this.#trouble = trouble),
  });

  /** As app.of() makes stores; nothing of the app is needed. */
  constructor(_app: App) {}

  get seed(): number | null {
    return this.#seed;
  }
  get index(): number {
    return this.#index;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  get questions(): readonly QuizQuestion[] {
    return this.#questions;
  }
  get guesses(): readonly Guess[] {
    return this.#guesses;
  }

  /** The question that is shown; null while there is none. */
  get question(): QuizQuestion | null {
    return this.#questions[this.#index] ?? null;
  }

  /** What was said of the question that is shown. */
  get guess(): Guess | null {
    return this.#guesses[this.#index] ?? null;
  }

  get right(): number {
    return this.#guesses.filter((guess, i) => guess === rightOf(this.#questions[i]!)).length;
  }

  get isOver(): boolean {
    return this.#questions.length > 0 && this.#index === this.#questions.length;
  }

  /** Goes on with the run of a seed, or begins it. @param seed null for the run that was left, or else any */
  open(seed: number | null): void {
    if (seed === null ? this.#seed !== null : seed === this.#seed) return;
    this.begin(seed ?? 1 + Math.floor(Math.random() * MOST_SEED));
  }

  begin(seed: number): void {
    this.#seed = seed;
    this.#questions = [];
    this.#guesses = [];
    this.#index = 0;
    this.#trouble = null;
    this.#client.ask({ seed });
  }

  say(guess: Guess): void {
    if (this.guess === null && this.question !== null) this.#guesses = [...this.#guesses, guess];
  }

  goOn(): void {
    if (this.guess !== null) this.#index++;
  }

  #hear(answer: DrawAnswer): void {
    if (answer.kind === 'failed') this.#trouble = answer.message;
    else this.#questions = answer.questions;
    this.#client.end();
  }
}
