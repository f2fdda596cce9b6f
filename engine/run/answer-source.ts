// SPDX-License-Identifier: MIT
/**
 * Who answers what the steps of a scenario leave open. A scripted reply wins; then the sources are asked in their order:
 * a server of callbacks, then the extents of the files. Each hears SETATTR and FALLOCATE too.
 */
import type { Machine } from '../core/machine.ts';
import type { AnswerBy, Request } from '../kernel/wire-types.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Server } from '../server/server.ts';
import type { Tracker } from './state.ts';
import type { Change, ServerReport } from './types.ts';

/** What a source sees of a run, besides the requests. */
export interface AnswerWorld {
  machine: Machine;
  tracker: Tracker;
  scenario: Scenario;
}

export interface AnswerSource extends Server {
  /** Who answers: a reply says so (Reply.by). */
  readonly by: AnswerBy;
  /** Whether a run can go on from a copy of what it remembers. */
  readonly resumable: boolean;
  /** A run begins, on a machine that nothing has happened on. */
  begin(world: AnswerWorld): void;
  /** A run goes on before this execution, with what save() returned then; undefined if nothing was saved. */
  resume(state: unknown, execution: number, world: AnswerWorld): void;
  /** A copy of what it remembers, which is taken back more than once. */
  save(): unknown;
  /** From now on requests belong to this execution. */
  at(execution: number): void;
  /** Whether it leaves a request to the next source. */
  leaves(request: Request): boolean;
  /** Null if it gives no (further) answer: the kernel goes on waiting. */
  answer(request: Request, diskSizeBytes?: () => bigint): { bytes: Uint8Array } | null;
  /** Whether the answer to this request left `write` out, so that a pure overwrite of `read` stood in. */
  filledIn(unique: bigint): boolean;
  /** Why a request of this execution got no answer, in words; null if each got one. */
  trouble(execution: number): string | null;
  /** What it remembers otherwise since this was last asked, as changes of the machine. */
  changes(): Change[];
  /** What it did that no execution shows. */
  told(): ServerReport;
}

/** Several sources as one: each request goes to the first that does not leave it. */
export class AnswerChain implements AnswerSource {
  readonly #first: AnswerSource;
  readonly #next: AnswerSource;
  /** The one that was asked last. */
  #asked: AnswerSource;

  constructor(first: AnswerSource, next: AnswerSource) {
    this.#first = first;
    this.#next = next;
    this.#asked = first;
  }

  get by(): AnswerBy {
    return this.#asked.by;
  }

  get resumable(): boolean {
    return this.#first.resumable && this.#next.resumable;
  }

  begin(world: AnswerWorld): void {
    this.#first.begin(world);
    this.#next.begin(world);
  }

  resume(state: unknown, execution: number, world: AnswerWorld): void {
    const [first, next] = state as [unknown, unknown];
    this.#first.resume(first, execution, world);
    this.#next.resume(next, execution, world);
  }

  save(): unknown {
    return [this.#first.save(), this.#next.save()];
  }

  at(execution: number): void {
    this.#first.at(execution);
    this.#next.at(execution);
  }

  leaves(request: Request): boolean {
    return this.#first.leaves(request) && this.#next.leaves(request);
  }

  answer(request: Request, diskSizeBytes?: () => bigint): { bytes: Uint8Array } | null {
    this.#asked = this.#first.leaves(request) ? this.#next : this.#first;
    return this.#asked.answer(request, diskSizeBytes);
  }

  filledIn(unique: bigint): boolean {
    return this.#first.filledIn(unique) || this.#next.filledIn(unique);
  }

  trouble(execution: number): string | null {
    return this.#first.trouble(execution) ?? this.#next.trouble(execution);
  }

  changes(): Change[] {
    return [...this.#first.changes(), ...this.#next.changes()];
  }

  told(): ServerReport {
    const [first, next] = [this.#first.told(), this.#next.told()];
    return {
      registered: [...first.registered, ...next.registered],
      events: [...first.events, ...next.events].sort((a, b) => a.execution - b.execution),
    };
  }
}
