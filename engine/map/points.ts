// SPDX-License-Identifier: MIT
/** Asks a `map` core about points: what decides, for each pair of values. */
import { JOB_AT, MapMachine, type MapQuestion, type Put } from '../core/map-machine.ts';
import { numberingOf } from '../kernel/numbering.ts';
import type { Numbering } from '../kernel/codes.ts';
import { BareRunner } from '../run/bare-runner.ts';
import { extras } from '../run/extras.ts';
import { stateAt } from '../run/state.ts';
import type { Scenario } from '../scenario/schema.ts';
import { isTransfer, transferAnswer } from '../server/transfers.ts';
import type { Server } from '../server/server.ts';
import { mapStep, replyOf, type MapStep } from './edits.ts';
import { slotOf, type MapAxes, type MapField } from './fields.ts';

const AT_OF_FIELD = { offset: 0, length: 8, addr: 16, type: 24, flags: 26, dev: 28 } as const;
const BYTES_OF_FIELD = { offset: 8, length: 8, addr: 8, type: 2, flags: 2, dev: 4 } as const;
const WRITE_AT = 32;

/** The points of a map: a machine as it is before the step, and what varies. */
export class MapPoints {
  readonly #machine: MapMachine;
  readonly #question: MapQuestion;
  readonly #server: Server;
  readonly #raw: readonly ((value: bigint) => bigint)[];

  private constructor(machine: MapMachine, scenario: Scenario, of: MapStep, axes: MapAxes) {
    const numbering = numberingOf(scenario.kernel.revision);
    const { step, inode } = of;
    const { reply, copies } = replyOf(of, numbering);
    this.#machine = machine;
    const puts = axes.map((axis, i) => putOf(axis, axes[1 - i]!, copies));
    this.#question = {
      inode: inode.name,
      opflags: step.op,
      pos: step.pos,
      count: step.count,
      blockSizeBits: Math.log2(inode.blockSize),
      reply,
      x: puts[0]!,
      y: puts[1]!,
    };
    this.#raw = axes.map((axis) => rawOf(axis, numbering));
    this.#server = {
      answer: (request) =>
        isTransfer(request) ? { bytes: transferAnswer(request, step.inlineRead) } : { errno: -5 },
    };
  }

  /**
   * The points around a step. @param module a `map` build of the scenario's revision
   * @returns or, as a sentence, why there are none
   */
  static of(
    module: WebAssembly.Module,
    scenario: Scenario,
    index: number,
    axes: MapAxes,
  ): MapPoints | string {
    const of = mapStep(scenario, index);
    if (typeof of === 'string') return of;
    const machine = machineBefore(module, scenario, index);
    if (machine === null) return 'The kernel never gets to this step.';
    machine.setCapabilities(of.step.caller?.capabilities ?? scenario.connection.capabilities);
    machine.setSignal(of.step.signal ?? false);
    return new MapPoints(machine, scenario, of, axes);
  }

  /** The ids of the points of a tile, row by row: see ids.ts. */
  tile(xs: readonly bigint[], ys: readonly bigint[]): Uint16Array {
    const [x, y] = [xs, ys].map((values, i) => BigUint64Array.from(values, this.#raw[i]!));
    return this.#machine.tile(this.#question, x!, y!, this.#server);
  }
}

/** Runs the steps before one; null if the kernel does not come that far. */
function machineBefore(module: WebAssembly.Module, scenario: Scenario, index: number): MapMachine | null {
  const made: MapMachine[] = [];
  const runner = new BareRunner(module, {
    ...extras,
    newMachine: (core, setup) => {
      const machine = new MapMachine(core, setup);
      made.push(machine);
      return machine;
    },
  });
  const run = runner.run({ ...scenario, steps: scenario.steps.slice(0, index) });
  const { mounted, mount } = stateAt(run, run.executions.length - 1);
  return run.stopped === null && mounted && mount === 'there' ? made[0]! : null;
}

function putOf(field: MapField, other: MapField, copies: boolean): Put {
  if (field === 'blockSize') return { at: JOB_AT.blockSizeBits, also: JOB_AT.blockSizeBits, bytes: 4 };
  if (field === 'pos' || field === 'count') return { at: JOB_AT[field], also: JOB_AT[field], bytes: 8 };
  const { slot, field: name } = slotOf(field)!;
  const at = AT_OF_FIELD[name];
  const bytes = BYTES_OF_FIELD[name];
  if (slot === 'write') return { at: WRITE_AT + at, also: WRITE_AT + at, bytes };
  const copied = copies && (name === 'offset' || name === 'length') && other !== `write.${name}`;
  return { at, also: copied ? WRITE_AT + at : at, bytes };
}

/** A value as it lies in the job. */
function rawOf(field: MapField, numbering: Numbering): (value: bigint) => bigint {
  if (field === 'blockSize') return (value) => BigInt(Math.log2(Number(value)));
  if (slotOf(field)?.field === 'type') return (code) => BigInt(numbering.typeOf(Number(code)));
  return (value) => value;
}
