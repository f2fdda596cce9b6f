// SPDX-License-Identifier: GPL-2.0-only
import { Runner } from '../../../engine/run.ts';
import type { Run } from '../../../engine/run/types.ts';
import type { Scenario } from '../../../engine/scenario/schema.ts';
import { collectXray } from '../io/xray/collect.ts';
import type { Look, LookAnswer } from './protocol.ts';

/** What the worker does for views that few open: loaded with the first question. */

/** Runs beginnings of scenarios, whose machine then is as a step left it. */
let beginnings: { module: WebAssembly.Module; runner: Runner } | null = null;

export function look(
  question: Exclude<Look, { kind: 'card' }>,
  run: Run | null,
  ran: { scenario: Scenario; module: WebAssembly.Module } | null,
): LookAnswer {
  const { seq, execution } = question;
  const there = run !== null && ran !== null && execution < run.executions.length;
  if (question.kind === 'xray') {
    return { kind: 'xray', seq, xray: there ? collectXray(run, ran.scenario, execution) : null };
  }
  const bytes = there ? peek(run, ran.scenario, ran.module, question) : null;
  return { kind: 'peek', seq, bytes };
}

/** Bytes of a device as an execution left them: the steps up to it run again, from a checkpoint where there is one. */
function peek(
  run: Run,
  scenario: Scenario,
  module: WebAssembly.Module,
  { execution, device, at, lengthBytes }: Extract<Look, { kind: 'peek' }>,
): Uint8Array | null {
  if (beginnings?.module !== module) beginnings = { module, runner: new Runner(module) };
  const { runner } = beginnings;
  runner.run(beginning(run, scenario, execution));
  return runner.machine?.peek(device, at, lengthBytes) ?? null;
}

/** The scenario cut behind an execution. */
function beginning(run: Run, scenario: Scenario, execution: number): Scenario {
  const { step, repeat } = run.executions[execution]!;
  const steps = scenario.steps.slice(0, step + 1);
  const last = steps[step]!;
  steps[step] = { ...last, times: repeat + 1 };
  return { ...scenario, steps };
}
