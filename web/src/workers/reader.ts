// SPDX-License-Identifier: MIT
import type { Stage } from '#engine/import/import-any.ts';
import type { ReadAnswer, ReadFor, ReadQuestion, Readings } from '#engine/view/reading-protocol.ts';
import { WorkerClient } from './client.ts';

/** The longest text that is read takes a few seconds; on a machine that is very busy more. */
const PATIENCE_MS = 60_000;

/**
 * What came of a reading. `why` says in words why nothing did; null if it was cancelled, or if a newer text took its
 * place.
 */
export type Outcome<For extends ReadFor> =
  { ok: true; reading: Readings[For] } | { ok: false; why: string | null };

interface Wanted {
  question: ReadQuestion;
  give: (outcome: Outcome<ReadFor>) => void;
  told: (stage: Stage) => void;
}

/** Reads strangers' texts in a worker. While it is busy, only the newest text waits. */
export class Reader {
  /** Those that would be left without an answer if the worker ended. */
  readonly #open = new Set<Wanted>();
  readonly #client = new WorkerClient<Wanted, ReadAnswer>({
    create: () =>
      new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module', name: 'reader' }),
    name: 'The reader of pasted text',
    again: 'Paste or open it again to try once more.',
    queue: true,
    message: ({ question }) => question,
    isLast: ({ kind }) => kind === 'read' || kind === 'failed',
    hear: (answer, wanted) => this.#hear(answer, wanted),
    broke: (trouble) => this.#giveAll(trouble),
  });

  /** @param told hears of each stage that the reading comes to */
  read<For extends ReadFor>(
    readFor: For,
    text: string,
    told: (stage: Stage) => void = () => {},
  ): Promise<Outcome<For>> {
    return new Promise((resolve) => {
      // What is read for a purpose answers that purpose.
      const give = (outcome: Outcome<ReadFor>) => resolve(outcome as Outcome<For>);
      const wanted = { question: { readFor, text }, give, told };
      this.#open.add(wanted);
      const dropped = this.#client.ask(wanted);
      if (dropped) this.#give(dropped, { ok: false, why: null });
    });
  }

  /** Ends every reading at once. */
  cancel(): void {
    this.#client.end();
    this.#giveAll(null);
  }

  #hear(answer: ReadAnswer, wanted: Wanted): void {
    switch (answer.kind) {
      case 'begun':
        // The reading's time counts, not that of the reader on its way through a slow net.
        return this.#client.watch(PATIENCE_MS, (trouble) => this.#giveAll(trouble));
      case 'stage':
        return wanted.told(answer.stage);
      case 'read':
        return this.#give(wanted, { ok: true, reading: answer.reading });
      case 'failed':
        return this.#give(wanted, { ok: false, why: `The text could not be read: ${answer.message}.` });
    }
  }

  #giveAll(why: string | null): void {
    for (const wanted of this.#open) this.#give(wanted, { ok: false, why });
  }

  #give(wanted: Wanted, outcome: Outcome<ReadFor>): void {
    this.#open.delete(wanted);
    wanted.give(outcome);
  }
}
