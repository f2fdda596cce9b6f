// SPDX-License-Identifier: MIT
/** What follows from a verdict that may be doubted, tried on a machine of its own. */

import { callConsequences } from '../checks/consequences.ts';
import type { Consequence } from '../checks/consequence.ts';
import { followsFrom } from '../checks/follows-from.ts';
import type { IoMachine } from '../core/io-machine.ts';
import { CALLS_TRIED, foreseeCall, foreseeCalls, gotMapping } from '../run/foresee-calls.ts';
import { foresee } from '../run/foresee.ts';
import { Runner } from '../run/runner.ts';
import type { Execution, Run } from '../run/types.ts';
import { resolveInodes, type ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';

/** An execution that went well; or one of its calls, which is a begin. */
export interface Accepted {
  execution: number;
  call: number | null;
}

/** What follows from it, the gravest first. */
export interface Follows {
  all: Consequence[];
  /** Whether there was anything to try: what only reports has no I/O. */
  tried: boolean;
  /** Mappings inside that were not tried: there are too many. */
  left: number;
}

/** Runs the first steps of scenarios, which leaves the machine as a step left it. */
let beginnings: { module: WebAssembly.Module; runner: Runner } | null = null;

/**
 * What follows from an accepted begin: a step, tried on the machine that it left; or a call, on what the step found. Of
 * I/O that went well: the same of its calls, and of a read whose bytes it returned.
 */
export function follow(
  run: Run,
  scenario: Scenario,
  module: WebAssembly.Module,
  { execution: index, call }: Accepted,
): Follows {
  const execution = run.executions[index]!;
  const { io } = execution;
  if (io !== null && call !== null) {
    const machine = machineAt(run, scenario, module, index - 1);
    const foreseen = machine && foreseeCall(machine, io.calls, call, scenario);
    return {
      all: callConsequences(execution, call, foreseen, scenario),
      tried: foreseen !== null,
      left: 0,
    };
  }
  const tried = triedAt(run, scenario, module, index);
  const all = followsFrom(run, scenario, index, tried);
  if (io === null) return { all, tried: tried.foreseen !== undefined, left: 0 };
  const mappings = io.calls.filter(gotMapping).length;
  return { all, tried: mappings > 0, left: Math.max(0, mappings - CALLS_TRIED) };
}

/** Tries the I/O on what an execution got: a begin on the machine that it left, the calls of I/O on what the step found. */
export function triedAt(
  run: Run,
  scenario: Scenario,
  module: WebAssembly.Module,
  index: number,
): Pick<Execution, 'foreseen' | 'foreseenCalls'> {
  const { io, ...execution } = run.executions[index]!;
  if (io !== null) {
    if (execution.outcome !== 'ok' || !io.calls.some(gotMapping)) return {};
    const machine = machineAt(run, scenario, module, index - 1);
    return machine === null ? {} : { foreseenCalls: foreseeCalls(machine, io.calls, scenario) };
  }
  const inode = inodeOfNode(scenario, execution.request?.nodeid);
  if (execution.do !== 'iomap_begin' || !inode) return {};
  const machine = machineAt(run, scenario, module, index);
  const foreseen = machine && foresee(machine, execution, inode, scenario);
  return foreseen === null ? {} : { foreseen };
}

/** The inode that a request is about; undefined if the scenario has none of that number. */
function inodeOfNode(scenario: Scenario, nodeid: bigint | undefined): ResolvedInode | undefined {
  return [...resolveInodes(scenario).values()].find((inode) => inode.nodeid === nodeid);
}

/** A machine as an execution left it, or as it was before the first; nothing else uses it. */
export function machineAt(
  run: Run,
  scenario: Scenario,
  module: WebAssembly.Module,
  execution: number,
): IoMachine | null {
  if (beginnings?.module !== module) beginnings = { module, runner: new Runner(module) };
  const { runner } = beginnings;
  runner.run(execution < 0 ? { ...scenario, steps: [] } : beginning(run, scenario, execution));
  return runner.machine;
}

/** The scenario cut off after an execution. */
function beginning(run: Run, scenario: Scenario, execution: number): Scenario {
  const { step, repeat } = run.executions[execution]!;
  const steps = scenario.steps.slice(0, step + 1);
  const last = steps[step]!;
  steps[step] = { ...last, times: repeat + 1 };
  return { ...scenario, steps };
}
