// SPDX-License-Identifier: MIT
/** What the worker does for rarely opened views; loaded with the first question. */
import { callConsequences } from '#engine/checks/consequences.ts';
import { followsFrom } from '#engine/checks/follows-from.ts';
import type { IoMachine } from '#engine/core/io-machine.ts';
import { deviceOrigins } from '#engine/run/device-origins.ts';
import { foresee } from '#engine/run/foresee.ts';
import { Runner } from '#engine/run/runner.ts';
import type { Run } from '#engine/run/types.ts';
import { resolveInodes, type ResolvedInode } from '#engine/scenario/resolve.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { collectXray } from '#engine/view/xray/collect.ts';
import type { Accepted, Follows, Look, LookAnswer } from './protocol.ts';

/** Runs the first steps of scenarios, which leaves the machine as a step left it. */
let beginnings: { module: WebAssembly.Module; runner: Runner } | null = null;

export function look(
  question: Exclude<Look, { kind: 'card' }>,
  run: Run | null,
  ran: { scenario: Scenario; module: WebAssembly.Module } | null,
): LookAnswer {
  const { seq } = question;
  if (question.kind === 'follows') {
    const known = question.of.every((one) => one.execution < (run?.executions.length ?? 0));
    const all =
      run && ran && known ? question.of.map((one) => follow(run, ran.scenario, ran.module, one)) : null;
    return { kind: 'follows', seq, all };
  }
  const { execution } = question;
  const there = run !== null && ran !== null && execution < run.executions.length;
  if (question.kind === 'xray') {
    return { kind: 'xray', seq, xray: there ? collectXray(run, ran.scenario, execution) : null };
  }
  const bytes = there ? peek(run, ran.scenario, ran.module, question) : null;
  const { device, at, lengthBytes } = question;
  const origins = there ? deviceOrigins(run, ran.scenario, execution, device, at, lengthBytes) : [];
  return { kind: 'peek', seq, bytes, origins };
}

/** Bytes of a device as an execution left them: the steps up to it run again, from a checkpoint where there is one. */
function peek(
  run: Run,
  scenario: Scenario,
  module: WebAssembly.Module,
  { execution, device, at, lengthBytes }: Extract<Look, { kind: 'peek' }>,
): Uint8Array | null {
  return machineAt(run, scenario, module, execution)?.peek(device, at, lengthBytes) ?? null;
}

/** The run with what follows from the mapping that a step's last execution accepted: for the text of that step. */
export function foreseenOf(
  run: Run,
  { scenario, module }: { scenario: Scenario; module: WebAssembly.Module },
  step: number,
): Run {
  const index = run.executions.findLastIndex((execution) => execution.step === step);
  const execution = run.executions[index];
  const inode = inodeOfNode(scenario, execution?.request?.nodeid);
  if (execution?.do !== 'iomap_begin' || !inode) return run;
  const machine = machineAt(run, scenario, module, index);
  const foreseen = machine && foresee(machine, execution, inode, scenario);
  return foreseen === null
    ? run
    : { ...run, executions: run.executions.with(index, { ...execution, foreseen }) };
}

/**
 * What follows from an accepted begin: a step, tried on the machine that it left; or a call, on what the step found. Of a
 * read that went well: whose bytes it returned.
 */
function follow(
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

function inodeOfNode(scenario: Scenario, nodeid: bigint | undefined): ResolvedInode | undefined {
  return [...resolveInodes(scenario).values()].find((inode) => inode.nodeid === nodeid);
}

/** A machine as an execution left it, or as it was before the first; nothing else uses it. */
function machineAt(
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
