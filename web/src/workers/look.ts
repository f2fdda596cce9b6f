// SPDX-License-Identifier: MIT
/** What the worker does for rarely opened views; loaded with the first question. */
import { capture } from '#engine/run/capture.ts';
import { deviceOrigins } from '#engine/run/device-origins.ts';
import type { Run } from '#engine/run/types.ts';
import { parseDocument } from '#engine/scenario/parse.ts';
import { printScenario } from '#engine/scenario/print.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import { follow, machineAt, triedAt } from '#engine/view/follow.ts';
import { collectXray } from '#engine/view/xray/collect.ts';
import type { Look, LookAnswer } from './protocol.ts';

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
  if (question.kind === 'captured') return { kind: 'captured', seq, text: captured(question.text, run, ran) };
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

/** The document with the answers of its run as replies; null if the run is of another text. */
function captured(text: string, run: Run | null, ran: { scenario: Scenario } | null): string | null {
  const { value, scenario } = parseDocument(text);
  if (
    run === null ||
    ran === null ||
    scenario === null ||
    scenario.steps.length !== ran.scenario.steps.length
  )
    return null;
  return printScenario(capture(value, ran.scenario, run).value);
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

/** The run with the I/O tried that follows from a step's last execution: for the text of that step. */
export function foreseenOf(
  run: Run,
  { scenario, module }: { scenario: Scenario; module: WebAssembly.Module },
  step: number,
): Run {
  const index = run.executions.findLastIndex((execution) => execution.step === step);
  const execution = run.executions[index];
  if (execution === undefined) return run;
  const tried = triedAt(run, scenario, module, index);
  return { ...run, executions: run.executions.with(index, { ...execution, ...tried }) };
}
