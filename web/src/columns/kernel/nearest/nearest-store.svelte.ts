// SPDX-License-Identifier: MIT
import type { Execution } from '#engine/run/types.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Alternative, Offer, SearchAnswer, SearchQuestion } from '#engine/view/search-protocol.ts';
import { partOf } from '#engine/scenario/part.ts';
import { WorkerClient } from '../../../workers/client.ts';
import { newSearchWorker } from '../../../workers/new-search.ts';
import type { DocumentStore } from '../../../app/document.svelte.ts';
import { edit } from '../../../app/editing.ts';

/** The search begins after this pause after a verdict: while one types, the next edit comes soon. */
const PAUSE_MS = 150;

export interface NearestProgress {
  fields: number;
  evaluations: number;
}

/** What the last click applied: in words, and as the history calls it. */
interface Applied {
  text: string;
  label: string;
}

/** Whether there is a reply that the kernel judged by its mappings: only such a reply has a nearest one. */
export function canSearch({ do: what, outcome, decided, reply }: Execution): boolean {
  const judged = outcome === 'ok' || (outcome === 'refused' && decided !== null && decided.which !== null);
  return what === 'iomap_begin' && judged && reply !== null && reply.read !== null;
}

type Question = NearestQuestion | { kind: 'stop' };
interface NearestQuestion {
  kind: 'nearest';
  scenario: Scenario;
  execution: Execution;
}

/** The nearest reply with the other verdict, looked for in a worker of its own. An edit ends the search. */
export class NearestStore {
  #offer = $state.raw<Offer | null>(null);
  /** Whether `offer` is of the reply that is shown. */
  #fresh = $state.raw(false);
  #progress = $state.raw<NearestProgress | null>(null);
  #trouble = $state.raw<string | null>(null);
  #applied = $state.raw<Applied | null>(null);
  readonly #client = new WorkerClient<Question, SearchAnswer>({
    create: newSearchWorker,
    name: 'The search',
    again: 'The next edit starts it afresh.',
    queue: false,
    message: (question) => (question.kind === 'stop' ? question : this.#posted(question)),
    isLast: ({ kind }) => kind !== 'nearest-progress',
    hear: (answer) => this.#hear(answer),
    broke: (trouble) => this.#end(trouble),
  });
  /** The scenario that the worker was sent last. */
  #sent: Scenario | null = null;
  #searching = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** Of the reply that is shown if `fresh`, else of one before it. */
  get offer(): Offer | null {
    return this.#offer;
  }
  get fresh(): boolean {
    return this.#fresh;
  }
  get progress(): NearestProgress | null {
    return this.#progress;
  }
  get trouble(): string | null {
    return this.#trouble;
  }
  get applied(): Applied | null {
    return this.#applied;
  }

  /** Looks, after a pause, for what is nearest to the reply of an execution. */
  ask(scenario: Scenario, execution: Execution): void {
    this.cancel();
    this.#pause = setTimeout(() => {
      this.#searching = true;
      this.#client.ask({ kind: 'nearest', scenario, execution });
    }, PAUSE_MS);
  }

  /** Drops the search: its result is not wanted any more. */
  cancel(): void {
    clearTimeout(this.#pause);
    this.#fresh = false;
    this.#progress = null;
    this.#trouble = null;
    if (!this.#searching) return;
    this.#searching = false;
    if (this.#client.alive) this.#client.ask({ kind: 'stop' });
  }

  /** Edits the document as an alternative says, as one change that can be undone. */
  apply(document: DocumentStore, { edits, text }: Alternative): void {
    const label = `apply ${text}`;
    document.seal();
    const own = edits.map(({ path, value }) => ({ path: [...path], value }));
    edit(document, own, label);
    document.seal();
    this.#applied = { text, label };
  }

  #posted({ kind, scenario, execution }: NearestQuestion) {
    // What comes after the step says nothing of its reply.
    const beginning = { ...scenario, steps: scenario.steps.slice(0, execution.step + 1) };
    const part = partOf(beginning, this.#sent);
    this.#sent = beginning;
    return { kind, part, execution } satisfies Omit<Extract<SearchQuestion, { kind: 'nearest' }>, 'seq'>;
  }

  #hear(answer: SearchAnswer): void {
    if (answer.kind === 'nearest-progress') {
      this.#progress = { fields: answer.fields, evaluations: answer.evaluations };
      return;
    }
    this.#searching = false;
    this.#progress = null;
    if (answer.kind === 'nearest') {
      this.#offer = answer.offer;
      this.#fresh = true;
    } else if (answer.kind === 'failed') this.#end(answer.message);
  }

  #end(trouble: string): void {
    this.#client.end();
    this.#sent = null;
    this.#searching = false;
    this.#progress = null;
    this.#offer = null;
    this.#trouble = trouble;
  }
}
