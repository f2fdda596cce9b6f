// SPDX-License-Identifier: MIT
import { Machine } from '../core/machine.ts';
import { OutOfMemoryError } from '../core/memory.ts';
import { execute, type Context, type ExtraContext } from './execute.ts';
import type { Extras } from './extras.ts';
import type { Foresee } from './foresee-types.ts';
import { bytesKept } from './io-limits.ts';
import { sameValue } from './same-value.ts';
import { thinned, worthSaving, type ResumePoint } from './resume-points.ts';
import { machineSetup } from './setup.ts';
import { Tracker } from './state.ts';
import type { Execution, Run } from './types.ts';
import { expectedOf } from '../scenario/expected.ts';
import { resolveInodes, type ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';

/** How many executions lie between two checkpoints. */
export const CHECKPOINT_EVERY = 256;

/**
 * Runs scenarios that are being edited: executions before the first edited step are reused from the previous run,
 * up to the last checkpoint. The result equals that of a run from the beginning, except for `reused`.
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
  /** Of the last run, if it was made with extras. */
  protected extra: ExtraContext | null = null;

  /** @param foresee asked only with extras */
  constructor(module: WebAssembly.Module, extras: Extras | null = null, foresee?: Foresee) {
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

  run(scenario: Scenario): Run {
    const resume = this.#resumePoint(scenario);
    const setup = machineSetup(scenario);
    const extras = this.#extras;
    this.extra = extras && {
      extras,
      machine: extras.newMachine(this.#module, setup),
      caches: resume?.caches?.copy() ?? extras.newCaches(),
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
    if (resume !== null) machine.restoreShared(resume.memory);

    const context: Context = {
      scenario,
      machine,
      tracker: start === undefined ? new Tracker() : Tracker.from(start.state),
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
    this.#scenario = scenario;
    this.#last = result;
    return result;
  }

  #steps(result: Run, context: Context, resume: ResumePoint | null): void {
    const { scenario, tracker } = context;
    const inodes = resolveInodes(scenario);
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
          const { execution, oops } = this.#execution(context, inodes, step, repeat, repeat === times - 1);
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
    this.#saved = thinned([...this.#saved, { before, step, repeat, lastBegin, caches, memory }]);
  }

  /** Runs one step once; `last` says that no repetition follows, so its expectations are compared now. */
  #execution(
    context: Context,
    inodes: Map<string, ResolvedInode>,
    stepIndex: number,
    repeat: number,
    last: boolean,
  ): { execution: Execution; oops: string | null } {
    const { scenario, tracker } = context;
    const step = scenario.steps[stepIndex]!;
    const { data = null, oops = null, ...effect } = execute(step, context);
    const index = context.done.length;
    const execution: Execution = {
      index,
      step: stepIndex,
      repeat,
      do: step.do,
      ...effect,
      unmet: [],
      log: [],
    };
    const begin = step.do === 'iomap_begin' || step.do === 'iomap_end';
    const inode = begin ? inodeOf(execution, inodes) : null;
    // Before the changes are applied: a line about a close names the entry that was there.
    if (context.extra !== null) this.#look(context.extra, context, execution, inode);
    for (const change of effect.changes) tracker.apply(change);
    if (step.do === 'iomap_begin' && effect.outcome === 'ok') context.lastBegin = index;
    this.#looked[index] = 0;
    if (context.extra !== null) {
      const { extras, machine } = context.extra;
      const { looked, unmet } = extras.checkExpectation(
        // An execution that ends the run is the last of its step.
        last || oops !== null ? expectedOf(step, scenario.kernel.revision) : undefined,
        execution,
        tracker,
        extras.looksAt(this.#module, scenario, machine, data),
      );
      execution.unmet = unmet;
      this.#looked[index] = looked;
    }
    return { execution, oops };
  }

  /** What the kernel logs of an execution, and what I/O would make of a mapping that it got. */
  #look(
    { extras, machine }: ExtraContext,
    context: Context,
    execution: Execution,
    inode: ResolvedInode | null,
  ): void {
    const { scenario, tracker } = context;
    execution.log = extras.logLines({
      execution,
      scenario,
      inode,
      entry: (serial) => tracker.object(serial),
      live: () => tracker.snapshot().entries,
    });
    if (execution.do !== 'iomap_begin' || inode === null) return;
    const foreseen = this.#foresee?.(machine, execution, inode, scenario);
    if (foreseen) execution.foreseen = foreseen;
  }

  /** The latest checkpoint before the first step that differs from the last run's; null to begin anew. */
  #resumePoint(scenario: Scenario): ResumePoint | null {
    const before = this.#scenario;
    const stopped = this.#last?.stopped?.reason ?? 'oops';
    if (before === null || this.#last === null || stopped !== 'oops') return null;
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

function inodeOf(execution: Execution, inodes: Map<string, ResolvedInode>): ResolvedInode | null {
  const nodeid = execution.request?.nodeid;
  for (const inode of inodes.values()) if (inode.nodeid === nodeid) return inode;
  return null;
}

function stopReason(error: unknown): Omit<NonNullable<Run['stopped']>, 'execution'> {
  if (error instanceof OutOfMemoryError) return { reason: 'out-of-memory', message: error.message };
  if (error instanceof WebAssembly.RuntimeError) {
    const message = `The core stopped with "${error.message}". This is a fault of the playground, not of the scenario.`;
    return { reason: 'core-fault', message, trap: error.message };
  }
  throw error;
}
