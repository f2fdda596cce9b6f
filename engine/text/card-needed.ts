// SPDX-License-Identifier: MIT
import { ERRNO } from '../kernel/errno.ts';
import type { Execution, Run } from '../run/types.ts';
import { everyExpectation } from '../scenario/expected.ts';
import type { Expectation, Scenario, Step } from '../scenario/schema.ts';
import { worksOn } from '../scenario/step-names.ts';

/**
 * The steps without which `step` might have another result, itself included, ascending: the text card carries no
 * others. Derived from what the run shows, not from rules about the kernel:
 *
 * - the last step that opened or closed an id which a kept step names, and every step before it that changed the
 *   table, since they chose the id; all such steps for one that works on the table itself
 * - the iomap_begin that an end ends, the opens and releases of passthrough files before another
 * - everything that sent a request, if a kept step's raw answer or expectation names a request's number
 * - every unmount, umount and close_dev before it, and every step of I/O
 */
export function neededSteps(run: Run, scenario: Scenario, step: number): number[] {
  const needed = new Needed(run, scenario);
  needed.add(step);
  return needed.steps();
}

class Needed {
  readonly #steps: readonly Step[];
  readonly #byStep: Execution[][];
  readonly #kept = new Set<number>();
  /** Steps that changed the table, ascending. */
  readonly #shaping: number[];
  /** The last steps that opened or closed an id, ascending, by id. */
  readonly #touching = new Map<number, number[]>();

  constructor(run: Run, { steps }: Scenario) {
    this.#steps = steps;
    this.#byStep = steps.map(() => []);
    for (const execution of run.executions) this.#byStep[execution.step]?.push(execution);
    this.#shaping = [];
    for (const { step, changes } of run.executions) {
      for (const change of changes) {
        if (change.kind !== 'opened' && change.kind !== 'closed') continue;
        if (this.#shaping.at(-1) !== step) this.#shaping.push(step);
        const id = change.kind === 'opened' ? change.entry.id : change.id;
        const touching = this.#touching.get(id) ?? [];
        if (touching.at(-1) !== step) touching.push(step);
        this.#touching.set(id, touching);
      }
    }
  }

  steps(): number[] {
    return [...this.#kept].sort((a, b) => a - b);
  }

  /** Keeps a step and what it depends on; steps still to be examined wait in a list, not on the stack. */
  add(first: number): void {
    const waiting = [first];
    const keep = (steps: Iterable<number>) => {
      for (const step of steps) {
        if (this.#kept.has(step)) continue;
        this.#kept.add(step);
        waiting.push(step);
      }
    };
    keep([first]);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) keep(this.#leansOn(at));
  }

  *#leansOn(at: number): Generator<number> {
    const step = this.#steps[at];
    if (step === undefined) return;
    const on = worksOn(step.do);
    // I/O may depend on everything, and affect everything.
    if (on === 'io') {
      for (let i = 0; i < at; i++) yield i;
      return;
    }
    for (let i = 0; i < at; i++) {
      const earlier = worksOn(this.#steps[i]!.do);
      if (earlier === 'connection' || earlier === 'io') yield i;
    }
    if (namesRequest(step)) yield* this.#senders(at);
    if (on === 'table' || on === 'connection' || looksAtTable(step)) yield* this.#before(this.#shaping, at);
    if (on !== 'mapping') yield* this.#files(at);
    if (step.do === 'passthrough_open') yield* this.#idsShaped([step.id | 0], at);
    if (step.do === 'iomap_begin') yield* this.#idsShaped(this.#idsOf(at), at);
    if (step.do === 'iomap_end') yield* this.#ended(step.of, at);
    if ('of' in step && step.of !== undefined) yield step.of;
  }

  #before(steps: readonly number[], at: number): number[] {
    return steps.filter((step) => step < at);
  }

  /** The table, as far as it decides what these ids are. */
  #idsShaped(ids: Iterable<number>, at: number): number[] {
    let last = -1;
    for (const id of ids) last = Math.max(last, this.#touching.get(id)?.findLast((step) => step < at) ?? -1);
    return this.#before(this.#shaping, last + 1);
  }

  #idsOf(at: number): Set<number> {
    const ids = new Set<number>();
    for (const { reply } of this.#byStep[at] ?? [])
      for (const map of [reply?.read, reply?.write]) if (map) ids.add(map.dev);
    return ids;
  }

  #files(at: number): number[] {
    return this.#steps.flatMap((step, i) => (i < at && worksOn(step.do) === 'file' ? [i] : []));
  }

  /**
   * The begin that an end ends, and the ends before it that were answered with -ENOSYS (a kernel may remember
   * that). The device that an end reports is looked up in the whole table.
   */
  *#ended(of: number | undefined, at: number): Generator<number> {
    yield* this.#before(this.#shaping, at);
    const accepted = (i: number) =>
      this.#steps[i]?.do === 'iomap_begin' && this.#byStep[i]?.some(({ outcome }) => outcome === 'ok');
    for (let i = at - 1; i >= 0 && of === undefined; i--) {
      if (!accepted(i)) continue;
      yield i;
      break;
    }
    for (let i = 0; i < at; i++) {
      if (this.#steps[i]?.do !== 'iomap_end') continue;
      if (this.#byStep[i]?.some(({ reply }) => reply?.header?.error === -ERRNO.ENOSYS)) yield i;
    }
  }

  #senders(at: number): number[] {
    return this.#byStep.flatMap((executions, i) =>
      i < at && executions.some(({ request }) => request !== null) ? [i] : [],
    );
  }
}

const looksAtTable = (step: Step): boolean =>
  everyExpectation(step).some(({ expect }) => expect.table !== undefined);

/** Whether the number of the request matters: it counts the requests before. */
function namesRequest(step: Step): boolean {
  const named = ({ request, message }: Expectation) =>
    request?.unique !== undefined || message?.unique !== undefined;
  if (everyExpectation(step).some(({ expect }) => named(expect))) return true;
  return 'reply' in step && typeof step.reply === 'object' && ('hex' in step.reply || 'unique' in step.reply);
}
