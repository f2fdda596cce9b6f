// SPDX-License-Identifier: MIT
import { Machine } from '../core/machine.ts';
import { OutOfMemoryError } from '../core/memory.ts';
import type { AnswerSource } from './answer-source.ts';
import type { Context, ExtraContext } from './execute.ts';
import type { ObservedBytes } from './expect-io.ts';
import type { Extras } from './extras.ts';
import type { Foresee } from './foresee-types.ts';
import { perform, type Performance } from './perform.ts';
import { bytesKept } from './io-limits.ts';
import { sameValue } from './same-value.ts';
import { thinned, worthSaving, type ResumePoint } from './resume-points.ts';
import { machineSetup } from './setup.ts';
import { Tracker } from './state.ts';
import type { Execution, Run } from './types.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';

/** How many executions lie between two checkpoints. */
export const CHECKPOINT_EVERY = 256;

/**
 * Runs scenarios that are being edited: executions before the first edited step are reused from the previous run,
 * up to the last checkpoint. The result equals that of a run from the beginning, except for `reused`.
 *
 * A live server goes on from a checkpoint if it makes copies of what it remembers; else each run begins anew.
 *
 * It lacks what a verdict alone does not need: until it is given the extras, executions have no log lines, nothing is
 * foreseen, and a scenario that needsExtras() can't be run. A Runner has them from the start.
 */
export class BareRunner {
  readonly #module: WebAssembly.Module;
  readonly #foresee: Foresee | undefined;
  #scenario: Scenario | null = null;
  #last: Run | null = null;
  #saved: ResumePoint[] = [];
  #firstOfStep: number[] = [];
  #handles = new Map<number, number>();
  #looked: number[] = [];
  #extras: Extras | null;
  /** Attached: asked first. */
  #attached: AnswerSource | null;
  /** Of the last run. */
  #answers: AnswerSource | null = null;
  /** Of the last run, if it was made with extras. */
  protected extra: ExtraContext | null = null;

  /**
   * @param foresee asked only with extras
   * @param attached who answers what the steps leave open, before the scenario's own; only with extras
   */
  constructor(
    module: WebAssembly.Module,
    extras: Extras | null = null,
    foresee?: Foresee,
    attached: AnswerSource | null = null,
  ) {
    this.#attached = attached;
    this.#module = module;
    this.#extras = extras;
    this.#foresee = foresee;
  }

  /** Adds the extras: from now on it runs every scenario, completely. */
  addExtras(extras: Extras): void {
    this.#extras = extras;
    // A run without extras cannot be resumed from.
    this.#last = null;
  }

  get hasExtras(): boolean {
    return this.#extras !== null;
  }

  /** Who answers first what the steps leave open, from now on; null for nobody. The next run begins anew. */
  attach(answers: AnswerSource | null): void {
    this.#attached = answers;
    this.#last = null;
  }

  run(scenario: Scenario): Run {
    const without = this.#extras?.withoutServer(scenario, this.#attached);
    if (without) {
      this.#scenario = this.#last = this.extra = null;
      return without;
    }
    const resume = this.#resumePoint(scenario);
    const extras = this.#extras;
    if (resume === null) this.#answers = extras?.answersOf(scenario, this.#attached) ?? null;
    const setup = extras === null ? machineSetup(scenario) : extras.setupOf(scenario);
    this.extra = extras && {
      extras,
      machine: extras.newMachine(this.#module, setup),
      caches: resume?.caches?.copy() ?? extras.newCaches(),
      answers: this.#answers,
    };
    const machine = this.extra?.machine ?? new Machine(this.#module, setup);
    const last = this.#last;
    const kept = resume?.before ?? 0;
    const result: Run = {
      revision: scenario.kernel.revision,
      executions: last?.executions.slice(0, kept) ?? [],
      checkpoints:
        last?.checkpoints.filter((checkpoint) => resume !== null && checkpoint.before <= kept) ?? [],
      expectations: { met: 0, unmet: [] },
      stopped: null,
      reused: kept,
    };
    this.#saved = resume === null ? [] : this.#saved.filter((saved) => saved.before <= kept);
    this.#firstOfStep.length = resume === null ? 0 : Math.min(this.#firstOfStep.length, resume.step + 1);
    this.#looked.length = kept;
    for (const execution of this.#handles.keys()) if (execution >= kept) this.#handles.delete(execution);
    const start = result.checkpoints.at(-1);
    const tracker = start === undefined ? new Tracker() : Tracker.from(start.state);
    const world = { machine, tracker, scenario };
    if (resume === null) this.#answers?.begin(world);
    else {
      machine.restoreShared(resume.memory);
      this.#answers?.resume(resume.server, resume.before, world);
    }

    const context: Context = {
      scenario,
      machine,
      tracker,
      done: result.executions,
      firstOfStep: this.#firstOfStep,
      handles: this.#handles,
      lastBegin: resume?.lastBegin ?? -1,
      extra: this.extra,
      kept: bytesKept(result.executions),
    };
    this.#steps(result, context, resume);
    // A kept checkpoint with nothing after it, which a run from the beginning would not make.
    if (result.checkpoints.at(-1)?.before === result.executions.length) {
      const { before } = result.checkpoints.pop()!;
      this.#saved = this.#saved.filter((saved) => saved.before !== before);
    }
    for (const execution of result.executions) result.expectations.unmet.push(...execution.unmet);
    const looked = this.#looked.reduce((sum, count) => sum + count, 0);
    result.expectations.met = looked - result.expectations.unmet.length;
    if (this.#answers !== null) result.server = this.#answers.told();
    this.#scenario = scenario;
    this.#last = result;
    return result;
  }

  #steps(result: Run, context: Context, resume: ResumePoint | null): void {
    const { scenario, tracker } = context;
    const of: Performance = {
      module: this.#module,
      context,
      inodes: resolveInodes(scenario),
      foresee: this.#foresee,
      stepEnded: (...ended) => this.stepEnded(...ended),
    };
    let repeat = resume?.repeat ?? 0;
    try {
      for (let step = resume?.step ?? 0; step < scenario.steps.length; step++, repeat = 0) {
        const times = scenario.steps[step]?.times ?? 1;
        if (repeat === 0) this.#firstOfStep[step] = result.executions.length;
        for (; repeat < times; repeat++) {
          const index = result.executions.length;
          if (index % CHECKPOINT_EVERY === 0 && result.checkpoints.at(-1)?.before !== index) {
            result.checkpoints.push({ before: index, state: tracker.snapshot() });
            this.#save(context, index, step, repeat);
          }
          const { execution, oops, looked } = perform(of, { step, repeat, last: repeat === times - 1 });
          this.#looked[index] = looked;
          result.executions.push(execution);
          context.kept += execution.io?.data?.length ?? 0;
          if (oops === null) continue;
          const message = `The kernel would oops here: ${oops}`;
          result.stopped = { execution: index, reason: 'oops', message };
          return;
        }
      }
    } catch (error) {
      result.stopped = { execution: result.executions.length, ...stopReason(error) };
    }
  }

  /** Copies the machine as it is before an execution, unless that costs more than it may save. */
  #save({ machine, lastBegin, extra }: Context, before: number, step: number, repeat: number): void {
    const last = this.#saved.at(-1);
    if (!worthSaving(last, before, machine.memoryBytes)) return;
    const caches = extra?.caches.copy() ?? null;
    const memory = machine.sharedSnapshot(last?.memory ?? null);
    const server = this.#answers?.save();
    this.#saved = thinned([...this.#saved, { before, step, repeat, lastBegin, caches, memory, server }]);
  }

  /** A step ran for the last time: for runners that look at more than its expectation. */
  protected stepEnded(_execution: Execution, _table: Tracker, _bytes: ObservedBytes): void {}

  /** The latest checkpoint before the first step that differs from the last run's; null to begin anew. */
  #resumePoint(scenario: Scenario): ResumePoint | null {
    const before = this.#scenario;
    const stopped = this.#last?.stopped?.reason ?? 'oops';
    if (before === null || this.#last === null || stopped !== 'oops') return null;
    if (this.#answers?.resumable === false) return null;
    const machineOf = ({ steps: _, title: __, notes: ___, ...rest }: Scenario) => rest;
    if (!sameValue(machineOf(before), machineOf(scenario))) return null;
    let same = 0;
    while (same < scenario.steps.length && sameValue(before.steps[same], scenario.steps[same])) same++;
    return (
      this.#saved.findLast((saved) => saved.step < same || (saved.step === same && saved.repeat === 0)) ??
      null
    );
  }
}

function stopReason(error: unknown): Omit<NonNullable<Run['stopped']>, 'execution'> {
  if (error instanceof OutOfMemoryError) return { reason: 'out-of-memory', message: error.message };
  if (error instanceof WebAssembly.RuntimeError) {
    const message = `The core stopped with "${error.message}". This is a fault of the playground, not of the scenario.`;
    return { reason: 'core-fault', message, trap: error.message };
  }
  throw error;
}
