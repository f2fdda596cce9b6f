// SPDX-License-Identifier: MIT
/** What follows from a verdict that may be doubted, tried on a machine of its own. */

import { callConsequences } from '../checks/consequences.ts';
import type { Consequence } from '../checks/consequence.ts';
import { followsFrom } from '../checks/follows-from.ts';
import type { IoMachine } from '../core/io-machine.ts';
import { foresee } from '../run/foresee.ts';
import { Runner } from '../run/runner.ts';
import type { Run } from '../run/types.ts';
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
}

/** Runs the first steps of scenarios, which leaves the machine as a step left it. */
let beginnings: { module: WebAssembly.Module; runner: Runner } | null = null;

/**
 * What follows from an accepted begin: a step, tried on the machine that it left; or a call, on what the step found. Of a
 * read that went well: whose bytes it returned.
 */
export function follow(
  run: Run,
  scenario: Scenario,
  module: WebAssembly.Module,
  { execution: index, call: number }: Accepted,
): Follows {
  const execution = run.executions[index]!;
  if (number === null && execution.io !== null)
    return { all: followsFrom(run, scenario, index), tried: execution.do === 'pread' };
  const begun = number === null ? execution : execution.io?.calls[number];
  const inode = inodeOfNode(scenario, begun?.request?.nodeid);
  const machine = machineAt(run, scenario, module, number === null ? index : index - 1);
  if (!begun || !inode || !machine) return { all: [], tried: false };
  const foreseen = foresee(machine, begun, inode, scenario);
  const all =
    number === null || execution.io === null
      ? followsFrom(run, scenario, index, foreseen)
      : callConsequences(execution.io, number, foreseen, scenario);
  return { all, tried: foreseen !== null };
}

/** The inode that a request is about; undefined if the scenario has none of that number. */
export function inodeOfNode(scenario: Scenario, nodeid: bigint | undefined): ResolvedInode | undefined {
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
