// SPDX-License-Identifier: MIT
import { linkedPart } from '#engine/exercises/link.ts';
import { documentText, editableFields, exerciseFile, type Opened } from '#engine/exercises/make.ts';
import { readExercise } from '#engine/exercises/read.ts';
import { edited } from '#engine/lessons/documents.ts';
import { pointerOf } from '#engine/lessons/pointer.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import { at, type JsonObject, type JsonValue } from '#engine/scenario/path.ts';
import { goalOffers } from '#engine/view/goal-offers.ts';
import type { App } from '../../app/app.svelte.ts';
import { valueOf } from '../../fields/values.ts';
import { Trial, type TrialResult } from './trial.ts';

/** When a hint is shown: for any wrong answer, or for one that a check refused. */
export type HintFor = 'any' | CheckId;
export interface HintRow {
  when: HintFor;
  text: string;
}

/** What the teacher wrote so far, and the exercise that it makes. */
export class MakeStore {
  title = $state('');
  text = $state('');
  task = $state('');
  /** Keys of what the goal asks for. */
  goal = $state.raw<readonly string[]>(['ret', 'check']);
  nothingRefused = $state(false);
  /** By pointer: what the reader finds in a field that may be edited, as it is typed. */
  found = $state.raw<Readonly<Record<string, string>>>({});
  hints = $state.raw<readonly HintRow[]>([]);
  withSolution = $state(true);
  #tried = $state.raw<{ part: string; result: TrialResult } | null>(null);
  readonly #app: App;
  readonly #trial = new Trial((part, result) => (this.#tried = { part, result }));

  constructor(app: App) {
    this.#app = app;
  }

  readonly execution = $derived.by(() => this.#app.answer.detail?.execution ?? null);
  readonly offers = $derived.by(() => (this.execution ? goalOffers(this.execution) : []));
  readonly fields = $derived.by(() => editableFields(this.#app.document.parsed.value ?? undefined));

  /** What stands in a field of the scenario. */
  valueAt(path: readonly (string | number)[]): JsonValue | undefined {
    return at(this.#app.document.parsed.value ?? undefined, path);
  }

  readonly #opened = $derived.by((): Opened[] =>
    this.fields.flatMap((path) => {
      const text = this.found[pointerOf(path)];
      if (text === undefined) return [];
      return [{ path, found: typed(text, this.valueAt(path)) }];
    }),
  );

  readonly #goal = $derived.by(
    (): JsonObject =>
      Object.assign(
        {},
        ...this.offers.filter(({ key }) => this.goal.includes(key)).map((one) => one.expect),
      ) as JsonObject,
  );

  /** The file; null while something that it needs is missing. */
  readonly #file = $derived.by(() => {
    const { execution } = this;
    if (execution === null || this.#app.document.parsed.scenario === null) return null;
    return exerciseFile({
      title: this.title,
      text: this.text,
      task: this.task,
      document: this.#app.document.text,
      step: execution.step,
      opened: this.#opened,
      goal: this.#goal,
      nothingRefused: this.nothingRefused && this.mayAskForNoRefusal,
      hints: this.hints
        .filter(({ text }) => text.trim() !== '')
        .map(({ when, text }) => ({ when: answersOf(when), text: text.trim() })),
      withSolution: this.withSolution,
    });
  });

  /** Whether the scenario as it is has no refusal, so that a goal may ask for none. */
  get mayAskForNoRefusal(): boolean {
    return !this.offers.some(({ key }) => key === 'check');
  }

  /** What is still to do, in a sentence; null if nothing is. */
  readonly missing = $derived.by((): string | null => {
    if (this.execution === null || this.#app.document.parsed.scenario === null)
      return 'The scenario has to run first: the goal is taken from what comes out.';
    if (this.title.trim() === '') return 'Give it a title.';
    if (this.task.trim() === '') return 'Say what is to come out.';
    if (this.#opened.length === 0) return 'Choose a field that may be edited.';
    if (Object.keys(this.#goal).length === 0) return 'Choose what the goal asks for.';
    return null;
  });

  /** The link's part, and what is wrong with it. */
  readonly made = $derived.by((): { part: string | null; problems: readonly string[] } => {
    if (this.missing !== null || this.#file === null) return { part: null, problems: [] };
    const { exercise, problems } = readExercise(documentText(this.#file));
    if (exercise === null) return { part: null, problems };
    try {
      return { part: linkedPart(this.#file), problems: [] };
    } catch (error) {
      return { part: null, problems: [(error as Error).message] };
    }
  });

  /** What the core says of it; null while it is asked. */
  get tried(): TrialResult | null {
    return this.#tried !== null && this.#tried.part === this.made.part ? this.#tried.result : null;
  }

  /** Asks the core whether the start misses the goal, and the scenario as it is meets it. */
  try(): void {
    const { part } = this.made;
    if (part === null || this.#file === null) return;
    const { exercise } = readExercise(documentText(this.#file));
    if (exercise === null) return;
    const { step, revision, start } = exercise;
    const solved = edited(
      start,
      this.#opened.map(({ path }) => ({ path: [...path], value: this.valueAt(path) })),
    );
    this.#trial.ask({ part, step, revision, start, solved });
  }

  /** Lets a field be edited, or not any more. */
  toggle(path: readonly (string | number)[]): void {
    const pointer = pointerOf(path);
    const { [pointer]: before, ...others } = this.found;
    this.found = before === undefined ? { ...this.found, [pointer]: '' } : others;
  }

  end(): void {
    this.#trial.end();
  }
}

/** What is typed, as a value of the kind that stands in the field now. */
function typed(text: string, now: JsonValue | undefined): JsonValue | undefined {
  const word = text.trim();
  if (typeof now === 'boolean' && (word === 'true' || word === 'false')) return word === 'true';
  return valueOf(text, Array.isArray(now) ? 'flags' : 'number');
}

/** The answers that a hint is for, as an expectation. */
const answersOf = (when: HintFor): JsonObject => (when === 'any' ? {} : { check: when });
