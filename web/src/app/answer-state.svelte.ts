// SPDX-License-Identifier: MIT
import { ordinal } from '#engine/kernel/ordinal.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Detail } from '../workers/protocol.ts';
import type { DocumentStore } from './document.svelte.ts';
import { at, type JsonValue } from '#engine/scenario/path.ts';
import type { RunStore } from './run.svelte.ts';
import type { Slow } from './run-watch.svelte.ts';
import type { SelectionStore } from './selection.svelte.ts';
import { StepsThen } from './steps-then.ts';
import type { Line } from '#engine/view/summary.ts';

/** A field of the form that holds something that the document can't take. */
export interface Unread {
  /** The accessible name of the field. */
  name: string;
  typed: string;
  /** What the document has in its place; '' where it has nothing. */
  held: string;
  message: string;
  input: () => HTMLElement | null;
}

/** Why what is shown does not answer what is written. */
export interface Behind {
  /** field: a field can't be read. document: the text can't be run. run: there is no run of it, or not yet. */
  kind: 'field' | 'document' | 'run';
  /** In a few words: `line 12 can't be read`. */
  why: string;
}

const SLOW: Record<NonNullable<Slow>, string> = {
  loading: 'the core that is to answer is still loading',
  running: 'the run of this one is still going on',
};

const steps = (value: JsonValue | undefined) => {
  const found = at(value, ['steps']);
  return Array.isArray(found) ? found : [];
};

/**
 * Whether the answer that is there is one to what the reader sees, and which of its parts belong to which step.
 * Every view of a result asks here, so that all of them say the same. An engine that is busy for a moment is not a
 * reason to say anything: a new answer then replaces the old one.
 */
export class AnswerState {
  #document: DocumentStore;
  #run: RunStore;
  #selection: SelectionStore;
  #unread = $state.raw<readonly Unread[]>([]);
  /** The text when a scenario was last handed to the engine. */
  #written = new WeakMap<Scenario, JsonValue>();

  constructor(document: DocumentStore, run: RunStore, selection: SelectionStore) {
    this.#document = document;
    this.#run = run;
    this.#selection = selection;
    $effect.root(() => {
      $effect(() => {
        this.#told = this.behind;
      });
    });
  }

  /** The reason that was told last, null once there was none. */
  #told = $state.raw<Behind | null>(null);

  readonly behind: Behind | null = $derived.by(() => {
    const { scenario, status } = this.#run;
    const coming = status === 'running' && scenario !== this.#document.parsed.scenario;
    // It holds until the answer to the mended text is there: no old answer flashes up.
    return this.#behind() ?? (coming ? this.#told : null);
  });

  readonly #then: StepsThen | null = $derived.by(() => {
    const now = steps(this.#document.readable);
    const ran = this.#run.scenario && steps(this.#written.get(this.#run.scenario));
    if (!ran || (this.behind === null && ran.length === now.length)) return null;
    return new StepsThen(ran, now);
  });

  /** The details of the chosen step; null where there are none, or only those of another step. */
  readonly detail: Detail | null = $derived.by(() => {
    const { detail } = this.#run;
    if (!detail || this.behind === null) return detail;
    const then = this.stepThen(this.#selection.step);
    // An engine that was ended has only the details that it already sent.
    const other = this.behind.kind === 'run' && detail.execution.step !== then;
    return then === null || other ? null : detail;
  });

  /** Why the chosen step's verdict is not its answer, in words: `label: why`. Null while it is. */
  readonly note: { label: string; why: string } | null = $derived.by(() => {
    const { step } = this.#selection;
    if (this.behind) {
      const label = this.detail ? 'Answer to the text before' : `Step ${ordinal(step)} has not run yet`;
      return { label, why: this.behind.why };
    }
    const { choosing, detail, summary, status } = this.#run;
    // The answer is there in a moment, and nothing is to be said until then.
    if (
      choosing ||
      status !== 'ready' ||
      !detail ||
      !summary ||
      detail.execution.step === this.#selection.step
    )
      return null;
    if (this.#document.parsed.scenario !== this.#run.scenario) return null;
    const last = ordinal(detail.execution.step);
    return {
      label: `Step ${ordinal(step)} did not run`,
      why: `the run ended at step ${last}, whose answer this is`,
    };
  });

  /** The fields that can't be read, the one typed in last first. */
  get unread(): readonly Unread[] {
    return this.#unread;
  }

  /** Reports a field that can't be read. Returns a function that reports that it can be read again. */
  tell(field: Unread): () => void {
    this.#unread = [field, ...this.#unread];
    return () => (this.#unread = this.#unread.filter((other) => other !== field));
  }

  /** A scenario goes to the engine: what was written stays known as long as its answer is. */
  asked(scenario: Scenario, value: JsonValue): void {
    this.#written.set(scenario, value);
  }

  /** The step of the shown run that a step of the document corresponds to; null if it is newer than the run. */
  stepThen(step: number): number | null {
    return this.#then ? this.#then.of(step) : step;
  }

  /** What became of a step's repeat in the run that is shown. */
  lineOf(step: number, repeat: number): Line | null {
    const then = this.stepThen(step);
    return then === null ? null : (this.#run.summary?.at({ step: then, repeat }) ?? null);
  }

  /** How many expectations of a step did not hold. */
  unmetOf(step: number): number {
    const then = this.stepThen(step);
    return then === null ? 0 : (this.#run.summary?.unmetOf(then) ?? 0);
  }

  /** Keeps the details those of the chosen step while the run is of another text; to be called in an effect. */
  follow(): (() => void) | null {
    if (this.behind === null || this.#run.slow !== null || this.#run.summary === null) return null;
    const step = this.stepThen(this.#selection.step);
    const { repeat } = this.#selection;
    return step === null ? null : () => this.#run.choose({ step, repeat });
  }

  #behind(): Behind | null {
    const [field] = this.#unread;
    const { parsed } = this.#document;
    const fault = parsed.problems.find(({ severity }) => severity === 'error');
    if (parsed.scenario === null)
      return { kind: 'document', why: fault ? `line ${fault.line} can't be read` : "the text can't be read" };
    if (field) return { kind: 'field', why: `${field.name} can't be read` };
    switch (this.#run.status) {
      case 'stuck':
        return { kind: 'run', why: 'the run of this one did not end' };
      case 'held':
        return { kind: 'run', why: 'this one was not run' };
      case 'server':
        return { kind: 'run', why: 'the code of its server has not run' };
      case 'missing':
        return { kind: 'run', why: 'the revision that is to answer did not load' };
      case 'failed':
        return { kind: 'run', why: 'there is no answer to this one' };
      default:
        return this.#run.slow === null ? null : { kind: 'run', why: SLOW[this.#run.slow] };
    }
  }
}
