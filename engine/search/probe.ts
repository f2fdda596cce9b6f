// SPDX-License-Identifier: MIT
import { ERETRYCACHE, EWAITING, type Machine } from '../core/machine.ts';
import { encodeAnswer, encodeBeginOut } from '../kernel/wire.ts';
import { numberingOf } from '../kernel/numbering.ts';
import { Runner } from '../run/runner.ts';
import type { CheckRecord, Iomap, MachineState, Request } from '../run/types.ts';
import { stateAt } from '../run/runner.ts';
import { resolveInodes, type ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario, StepOf } from '../scenario/schema.ts';
import { writeOf, type Mappings } from './reply.ts';

/** The core's verdict on a reply. */
export interface Verdict {
  outcome: 'ok' | 'refused' | 'retry-cache' | 'error' | 'waiting';
  ret: number;
  decided: CheckRecord | null;
  /** Up to the one that decided; with the audit on, further. */
  path: CheckRecord[];
  iomap: Iomap | null;
  srcmap: Iomap | null;
  /** What the server is sent at the end, if `withEnd`: null if nothing. */
  end: Request | null;
}

export interface ProbeOptions {
  /** Also find what the kernel would have refused besides. Off: it stops at the first failure. */
  audit?: boolean;
  /** After an accepted begin, run an iomap_end with nothing written. */
  withEnd?: boolean;
}

/**
 * Asks the core about replies to one iomap_begin step of a scenario, each against the machine as it is before that
 * step. A search learns everything in this way.
 */
export class Probe {
  readonly scenario: Scenario;
  readonly step: StepOf<'iomap_begin'>;
  readonly inode: ResolvedInode;
  /** The machine's state before the step. */
  readonly before: MachineState;
  /** How often the core was asked. */
  evaluations = 0;
  readonly #machine: Machine;
  readonly #snapshot: Uint8Array;
  readonly #withEnd: boolean;

  private constructor(
    scenario: Scenario,
    step: StepOf<'iomap_begin'>,
    inode: ResolvedInode,
    before: MachineState,
    machine: Machine,
    options: ProbeOptions,
  ) {
    this.scenario = scenario;
    this.step = step;
    this.inode = inode;
    this.before = before;
    this.#machine = machine;
    machine.setAudit(options.audit ?? false);
    this.#snapshot = machine.snapshot();
    this.#withEnd = options.withEnd ?? false;
  }

  /** Null if the step is not an iomap_begin, or the kernel never reaches it. `module` is a `trace` build. */
  static of(
    module: WebAssembly.Module,
    scenario: Scenario,
    step: number,
    options: ProbeOptions = {},
  ): Probe | null {
    const begin = scenario.steps[step];
    if (begin?.do !== 'iomap_begin') return null;
    const runner = new Runner(module);
    const run = runner.run({ ...scenario, steps: scenario.steps.slice(0, step) });
    const before = stateAt(run, run.executions.length - 1);
    const inodes = resolveInodes(scenario);
    const inode = begin.inode === undefined ? [...inodes.values()][0] : inodes.get(begin.inode);
    if (run.stopped !== null || runner.machine === null || inode === undefined || !before.mounted)
      return null;
    return new Probe(scenario, begin, inode, before, runner.machine, options);
  }

  /** The verdict on a reply; `op` asks about an operation other than the step's. */
  evaluate(mappings: Mappings, op = this.step.op): Verdict {
    const machine = this.#machine;
    machine.restore(this.#snapshot);
    this.evaluations++;
    const { pos, count } = this.step;
    const payload = encodeBeginOut(
      mappings.read,
      writeOf(mappings),
      numberingOf(this.scenario.kernel.revision),
    );
    const answer = (bytes: Uint8Array) => ({
      answer: ({ unique }: Request) => ({ bytes: encodeAnswer(unique, 0, bytes) }),
    });
    const { ret, decided, path, iomap, srcmap } = machine.iomapBegin(
      this.inode.name,
      pos,
      count,
      op,
      answer(payload),
    );
    let end: Request | null = null;
    if (this.#withEnd && iomap !== null) {
      const available = machine.mapLength(iomap, srcmap, pos, count);
      const range = { pos, count: available, written: 0n, opflags: op };
      end = machine.iomapEnd(this.inode.name, iomap, range, answer(new Uint8Array(0))).request;
    }
    return { outcome: outcomeOf(ret, decided), ret, decided, path, iomap, srcmap, end };
  }
}

function outcomeOf(ret: number, decided: CheckRecord | null): Verdict['outcome'] {
  if (ret === 0) return 'ok';
  if (ret === ERETRYCACHE) return 'retry-cache';
  if (ret === EWAITING) return 'waiting';
  return decided === null ? 'error' : 'refused';
}
