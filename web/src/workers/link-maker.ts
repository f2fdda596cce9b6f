// SPDX-License-Identifier: MIT
import type { LinkState } from '#engine/link/types.ts';
import { WorkerClient } from './client.ts';

/** A document and what a link records beside it. */
export type LinkQuestion = Omit<LinkState, 'scenario'> & { text: string };

export interface LinkAnswer {
  seq: number;
  /** '' if no link can be made. */
  hash: string;
}

interface Wanted {
  question: LinkQuestion;
  give: (hash: string | null) => void;
}

/** Makes links in a worker; while it is busy, only the newest question waits. */
export class LinkMaker {
  /** Those that a broken worker would leave without an answer. */
  readonly #open = new Set<Wanted>();
  readonly #client = new WorkerClient<Wanted, LinkAnswer>({
    create: () => new Worker(new URL('./link.worker.ts', import.meta.url), { type: 'module', name: 'link' }),
    name: 'The maker of links',
    again: 'The next change asks it again.',
    queue: true,
    message: ({ question }) => question,
    isLast: () => true,
    hear: ({ hash }, wanted) => this.#give(wanted, hash),
    // Then there is no link, and nothing to report, since the reader asked for none.
    broke: () => {
      for (const wanted of this.#open) this.#give(wanted, '');
    },
  });

  /** The link's hash, '' if none can be made; null if a newer question replaced this one. */
  make(question: LinkQuestion): Promise<string | null> {
    return new Promise((give) => {
      const wanted = { question, give };
      this.#open.add(wanted);
      const dropped = this.#client.ask(wanted);
      if (dropped) this.#give(dropped, null);
    });
  }

  #give(wanted: Wanted, hash: string | null): void {
    this.#open.delete(wanted);
    wanted.give(hash);
  }
}
