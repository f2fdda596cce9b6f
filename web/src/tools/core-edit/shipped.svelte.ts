// SPDX-License-Identifier: MIT
import type { Scenario } from '#engine/scenario/schema.ts';
import { LAST_RUN, type Chosen } from '#engine/view/chosen.ts';
import { Summary, type Line } from '#engine/view/summary.ts';
import { WorkerClient } from '../../workers/client.ts';
import { newWorker } from '../../workers/new-engine.ts';
import type { Answer } from '../../workers/protocol.ts';

/** What the shipped core says of the page's scenario while an edited one answers: from an engine of its own. */
export class ShippedAnswer {
  #scenario = $state.raw<Scenario | null>(null);
  #summary = $state.raw<Summary | null>(null);
  #trouble = $state.raw<string | null>(null);
  readonly #client = new WorkerClient<{ scenario: Scenario }, Answer>({
    create: newWorker,
    name: 'The shipped core',
    again: 'It is asked again with the next edit.',
    queue: true,
    message: ({ scenario }) => ({
      kind: 'run',
      part: { scenario, head: 0, tail: 0 },
      chosen: { step: 0, repeat: LAST_RUN },
      verdictOnly: true,
    }),
    isLast: ({ kind }) => kind !== 'running',
    hear: (answer, { scenario }) => {
      this.#trouble = answer.kind === 'failed' ? answer.message : null;
      if (answer.kind !== 'run') return;
      this.#scenario = scenario;
      this.#summary = new Summary(answer.summary);
    },
    broke: (trouble) => (this.#trouble = trouble),
  });

  /** Why there is no answer, if there is none to come. */
  get trouble(): string | null {
    return this.#trouble;
  }

  ask(scenario: Scenario): void {
    if (scenario !== this.#scenario) this.#client.ask({ scenario });
  }

  /** The chosen step's answer; null while it is of another text. */
  lineOf(scenario: Scenario | null, chosen: Chosen): Line | null {
    return scenario === this.#scenario ? (this.#summary?.at(chosen) ?? null) : null;
  }

  /** The edited core answers no more. */
  end(): void {
    this.#client.end();
  }
}
