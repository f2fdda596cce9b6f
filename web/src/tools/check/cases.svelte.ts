// SPDX-License-Identifier: MIT
import { CATALOGUE } from '#engine/checks/catalogue.ts';
import type { CheckId } from '#engine/kernel/checks.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { JsonValue } from '#engine/scenario/path.ts';
import type { CaseAnswer } from '#engine/view/case-answer.ts';
import { onRevisions, revisionOfCases } from '#engine/view/check-page.ts';
import { WorkerClient } from '../../workers/client.ts';
import type { CasesAnswer, CasesQuestion } from './cases-protocol.ts';

/** Smallest cases end at once: what takes longer than this, cores included, does not load. */
const PATIENCE_MS = 15_000;

const newWorker = (): Worker =>
  new Worker(new URL('./cases.worker.ts', import.meta.url), { type: 'module', name: 'cases' });

/** What the cores say of the smallest cases of the check that lies open. */
export class LiveCases {
  #answers = $state.raw<readonly (CaseAnswer | string)[] | null>(null);
  #asked = $state.raw<readonly { revision: Revision; document: JsonValue }[]>([]);
  #trouble = $state.raw<string | null>(null);
  readonly #client = new WorkerClient<CasesQuestion, CasesAnswer>({
    create: newWorker,
    name: 'What asks the cores',
    again: 'Opening the check again starts it again.',
    queue: true,
    isLast: () => true,
    asked: () => this.#client.watch(PATIENCE_MS, (trouble) => (this.#trouble = trouble)),
    hear: ({ answers }, { cases }) => {
      if (cases === this.#asked) this.#answers = answers;
    },
    broke: (trouble) => (this.#trouble = trouble),
  });

  /** Asks for the cases of a check: the accepted one, and the refused one on each revision that makes the check. */
  ask(check: CheckId): void {
    const passing = { revision: revisionOfCases(check), document: CATALOGUE[check].examples.passing };
    const refused = onRevisions(check).flatMap(({ revision, refused: one }) =>
      'document' in one ? [{ revision, document: one.document }] : [],
    );
    this.#answers = null;
    this.#trouble = null;
    const cases = [passing, ...refused];
    this.#asked = cases;
    this.#client.ask({ cases });
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  /** The verdict of the accepted case; null while it is being asked for; a string says why there is none. */
  get passing(): CaseAnswer | string | null {
    return this.#answers?.[0] ?? null;
  }

  /** The verdict of the refused case on a revision. */
  refused(revision: Revision): CaseAnswer | string | null {
    const at = this.#asked.findIndex((one, i) => i > 0 && one.revision === revision);
    return at < 0 ? null : (this.#answers?.[at] ?? null);
  }

  end(): void {
    this.#client.end();
  }
}
