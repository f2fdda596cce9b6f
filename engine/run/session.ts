// SPDX-License-Identifier: MIT
import type { MayMachine } from '../core/may-machine.ts';
import { hasAnswers } from '../scenario/answers.ts';
import { markStep } from '../scenario/left-out.ts';
import type { JsonValue } from '../scenario/json.ts';
import { stepOf } from '../scenario/plain-json.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { AnswerSource } from './answer-source.ts';
import { answersOf, sourceOf, type Answerer } from './answers.ts';
import { bytesKept } from './io-limits.ts';
import type { Context } from './execute.ts';
import { extras } from './extras.ts';
import type { Foresee } from './foresee-types.ts';
import { perform, type Performance } from './perform.ts';
import { setupOf } from './may.ts';
import { Tracker } from './state.ts';
import type { Execution, Run } from './types.ts';

/**
 * A machine on which one step after the other is done, as they come. What was done is a Run at any time, as a Runner
 * would make it of all the steps together.
 */
export class RunSession {
  readonly machine: MayMachine;
  readonly #answers: AnswerSource | null;
  readonly #of: Performance;
  readonly #executions: Execution[] = [];
  readonly #expectations: Run['expectations'] = { met: 0, unmet: [] };
  readonly #steps: JsonValue[] = [];
  readonly #start: Run['checkpoints'];
  #stopped: Run['stopped'] = null;

  /** @param scenario the machine; its own steps are not done */
  constructor(
    module: WebAssembly.Module,
    scenario: Scenario,
    server: Answerer | null = null,
    foresee?: Foresee,
  ) {
    this.machine = extras.newMachine(module, setupOf(scenario));
    this.#answers = answersOf(scenario, server && sourceOf(server));
    const tracker = new Tracker();
    this.#answers?.begin({ machine: this.machine, tracker, scenario });
    this.#start = [{ before: 0, state: tracker.snapshot() }];
    const context: Context = {
      scenario: { ...scenario, steps: [] },
      machine: this.machine,
      tracker,
      done: this.#executions,
      firstOfStep: [],
      handles: new Map(),
      lastBegin: -1,
      extra: { extras, machine: this.machine, caches: extras.newCaches(), answers: this.#answers },
      kept: bytesKept([]),
    };
    this.#of = { module, context, inodes: resolveInodes(scenario), foresee };
  }

  /**
   * Does a step, once. Throws an Error if it is not a step, and after the kernel crashed.
   * @param value as a document has it; its `times` is ignored
   */
  do(value: { [key: string]: JsonValue }): Execution {
    if (this.#stopped !== null) throw new Error(this.#stopped.message);
    const { context } = this.#of;
    const step = context.scenario.steps.length;
    const asked = stepOf(value);
    if (hasAnswers(context.scenario)) markStep(asked, value);
    context.scenario.steps.push(asked);
    this.#steps.push(value);
    (context.firstOfStep as number[]).push(this.#executions.length);
    const { execution, oops, looked } = perform(this.#of, { step, repeat: 0, last: true });
    this.#executions.push(execution);
    context.kept += execution.io?.data?.length ?? 0;
    this.#expectations.unmet.push(...execution.unmet);
    this.#expectations.met += looked - execution.unmet.length;
    if (oops !== null) {
      const message = `The kernel would oops here: ${oops}`;
      this.#stopped = { execution: execution.index, reason: 'oops', message };
    }
    return execution;
  }

  /** The steps so far, as documents. */
  get steps(): readonly JsonValue[] {
    return this.#steps;
  }

  /** The scenario that was done so far. */
  get scenario(): Scenario {
    return this.#of.context.scenario;
  }

  get run(): Run {
    return {
      revision: this.scenario.kernel.revision,
      executions: [...this.#executions],
      checkpoints: this.#start,
      expectations: { met: this.#expectations.met, unmet: [...this.#expectations.unmet] },
      stopped: this.#stopped,
      reused: 0,
      ...(this.#answers === null ? {} : { server: this.#answers.told() }),
    };
  }
}
