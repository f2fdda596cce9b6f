// SPDX-License-Identifier: MIT
import { IoMachine } from '../core/io-machine.ts';
import { OutOfMemoryError } from '../core/memory.ts';
import { execute, type Context } from './execute.ts';
import { checkExpectation } from './expect.ts';
import type { Foresee } from './foresee-types.ts';
import { bytesKept } from './keep.ts';
import { looksAt } from './looks.ts';
import { CacheMap } from './origins.ts';
import { sameValue } from './same.ts';
import { thinned, type Saved } from './saved.ts';
import { machineSetup } from './setup.ts';
import { Tracker } from './state.ts';
import type { Execution, Run } from './types.ts';
import { resolveInodes, type ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { logLines } from './tracepoints.ts';

export { stateAt } from './state.ts';

/** How many executions lie between two checkpoints. */
export const CHECKPOINT_EVERY = 256;

/**
 * What became of a scenario. Synchronous and deterministic: the same scenario gives the same Run. With foresee() of
 * run/foresee.ts it also tells what I/O makes of each mapping that was accepted.
 */
export function run(module: WebAssembly.Module, scenario: Scenario, foresee?: Foresee): Run {
  return new Runner(module, foresee).run(scenario);
}

/**
 * As run(), for scenarios that are edited: what comes before the first edited step is taken over from the run
 * before, from the last checkpoint on. The result is the same but for `reused`.
 */
export class Runner {
  readonly #module: WebAssembly.Module;
  readonly #foresee: Foresee | undefined;
  #scenario: Scenario | null = null;
  #last: Run | null = null;
  #saved: Saved[] = [];
  #firstOfStep: number[] = [];
  #handles = new Map<number, number>();
  #looked: number[] = [];
  #machine: IoMachine | null = null;

  constructor(module: WebAssembly.Module, foresee?: Foresee) {
    this.#module = module;
    this.#foresee = foresee;
  }

  /** The machine as the last run left it, for a search to ask it more; null before the first run. */
  get machine(): IoMachine | null {
    return this.#machine;
  }

  run(scenario: Scenario): Run {
    const resume = this.#resumePoint(scenario);
    const machine = new IoMachine(this.#module, machineSetup(scenario));
    this.#machine = machine;
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
      caches: resume?.caches.copy() ?? new CacheMap(),
      kept: bytesKept(result.executions),
    };
    this.#steps(result, context, resume);
    // A kept checkpoint with nothing behind it, which a run from the beginning would not make.
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

  #steps(result: Run, context: Context, resume: Saved | null): void {
    const { scenario, machine, tracker } = context;
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
            const { lastBegin } = context;
            const caches = context.caches.copy();
            const memory = machine.sharedSnapshot(this.#saved.at(-1)?.memory ?? null);
            this.#saved = thinned([
              ...this.#saved,
              { before: index, step, repeat, lastBegin, caches, memory },
            ]);
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

  /** Runs one step once; `last` says that no repetition follows, so that its expectations are due. */
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
    execution.log = logLines({
      execution,
      scenario,
      inode,
      entry: (serial) => tracker.object(serial),
      live: () => tracker.snapshot().entries,
    });
    if (step.do === 'iomap_begin' && inode !== null) {
      const foreseen = this.#foresee?.(context.machine, execution, inode, scenario);
      if (foreseen) execution.foreseen = foreseen;
    }
    for (const change of effect.changes) tracker.apply(change);
    if (step.do === 'iomap_begin' && effect.outcome === 'ok') context.lastBegin = index;
    const { looked, unmet } = checkExpectation(
      // What ends the run is the last that its step does.
      last || oops !== null ? step.expect : undefined,
      execution,
      tracker,
      looksAt(this.#module, scenario, context.machine, data),
    );
    execution.unmet = unmet;
    this.#looked[index] = looked;
    return { execution, oops };
  }

  /** The latest checkpoint before the first step that differs from the last run's; null to begin anew. */
  #resumePoint(scenario: Scenario): Saved | null {
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
