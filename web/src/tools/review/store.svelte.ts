// SPDX-License-Identifier: MIT
import type { ReviewQuestion, SearchAnswer } from '#engine/view/search-protocol.ts';
import type { ReviewedCase } from '#engine/view/review/table.ts';
import { WorkerClient } from '../../workers/client.ts';
import { newSearchWorker } from '../../workers/new-search.ts';
import { REVIEW_EXAMPLES } from './examples.ts';

type Asked = Omit<ReviewQuestion, 'seq'>;

/** The review table, asked of the cores in a worker of its own that ends with the answer; the answer stays. */
export class ReviewStore {
  #cases = $state.raw<readonly ReviewedCase[] | null>(null);
  #done = $state.raw<{ done: number; of: number | null } | null>(null);
  #trouble = $state.raw<string | null>(null);
  readonly #client = new WorkerClient<Asked, SearchAnswer>({
    create: newSearchWorker,
    name: 'The review table',
    again: 'Ask again to start it afresh.',
    queue: false,
    isLast: ({ kind }) => kind !== 'progress',
    hear: (answer) => this.#hear(answer),
    broke: (trouble) => this.#stop(trouble),
  });

  /** Null until the cores have answered. */
  get cases(): readonly ReviewedCase[] | null {
    return this.#cases;
  }
  get progress(): { done: number; of: number | null } | null {
    return this.#done;
  }
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Asks the cores, unless they have answered. */
  ask(): void {
    if (this.#cases !== null || this.#client.now !== null) return;
    this.#trouble = null;
    this.#client.ask({ kind: 'review', examples: [...REVIEW_EXAMPLES] });
  }

  /** Ends the work in progress. */
  cancel(): void {
    this.#stop(null);
  }

  #hear(answer: SearchAnswer): void {
    if (answer.kind === 'progress') this.#done = answer;
    else if (answer.kind === 'review') {
      this.#cases = answer.cases;
      this.#stop(null);
    } else if (answer.kind === 'failed') this.#stop(answer.message);
  }

  #stop(trouble: string | null): void {
    this.#trouble = trouble;
    this.#done = null;
    this.#client.end();
  }
}
