// SPDX-License-Identifier: MIT
import { ordinal } from '../kernel/ordinal.ts';
import { errnoText } from '../kernel/errno.ts';
import { isIoStep } from '../scenario/io-names.ts';
import type { JsonValue } from '../scenario/json.ts';
import { withoutAnswers } from '../scenario/answers.ts';
import { canonicalValue } from '../scenario/print.ts';
import { resolveInodes } from '../scenario/resolve.ts';
import type { Scenario } from '../scenario/schema.ts';
import { minify } from '../scenario/write.ts';
import { ReplyReader } from './captured-reply.ts';
import type { Execution, IoCall, Registration, Run } from './types.ts';

type JsonObject = { [key: string]: JsonValue };

export interface Captured {
  /** The document: its steps need no server. */
  value: JsonValue;
  /** What the document can't repeat, a sentence each. */
  notes: string[];
}

/**
 * The scenario of a run with a live server as one whose replies are what the server said: the devices that it
 * registered are steps at the beginning. A step with `times` that was answered differently becomes several. Who answered is not
 * in it any more.
 *
 * @param value the document that was run
 */
export function capture(value: JsonValue, scenario: Scenario, run: Run): Captured {
  const { steps = [], ...rest } = withoutAnswers(value) as JsonObject & { steps?: JsonValue[] };
  const notes: string[] = [];
  const reader = new ReplyReader();
  for (const { nodeid, size } of resolveInodes(scenario).values()) reader.setDiskSize(nodeid, size);
  const all: JsonObject[] = (run.server?.registered ?? []).map(registration);
  /** The new index of each step. */
  const places: number[] = [];
  const byStep: Execution[][] = [];
  for (const execution of run.executions) (byStep[execution.step] ??= []).push(execution);
  for (const [index, written] of steps.entries()) {
    const step = written as JsonObject;
    const executions = byStep[index] ?? [];
    const answers = executions.map((one) => answersOf(one, step, scenario, reader, notes));
    const [first = {}, ...others] = answers;
    const same = others.every((one) => minify(one) === minify(first));
    if (same) all.push({ ...step, ...first });
    else all.push(...unrolled(step, answers));
    places.push(all.length - 1);
  }
  for (const step of all) {
    if (typeof step['of'] === 'bigint') step['of'] = BigInt(places[Number(step['of'])] ?? 0);
  }
  const shown = rest['show'];
  if (typeof shown === 'bigint') rest['show'] = BigInt(places[Number(shown)] ?? 0);
  return { value: canonicalValue({ ...rest, steps: all }), notes };
}

function registration(one: Registration): JsonObject {
  if (one.do === 'device_remove') return { do: 'backing_close', id: BigInt(one.id) };
  const flags = BigInt((one.flags & ~0xff) >>> 0);
  return { do: 'backing_open', fd: BigInt(one.fd), flags };
}

/** A step for each time that it ran; what is expected is compared after the last. */
function unrolled({ times: _, ...step }: JsonObject, answers: readonly JsonObject[]): JsonObject[] {
  const { expect: __, expectOn: ___, ...plain } = step;
  return answers.map((one, i) => ({ ...(i === answers.length - 1 ? step : plain), ...one }));
}

/** The keys of a step that hold its replies, as they were given in one execution. */
function answersOf(
  execution: Execution,
  written: JsonObject,
  scenario: Scenario,
  reader: ReplyReader,
  notes: string[],
): JsonObject {
  const { io, request, reply } = execution;
  const step = scenario.steps[execution.step];
  if (io === null || step === undefined || !isIoStep(step)) {
    // A reply that the scenario spelled out stays as its author wrote it.
    if (request === null || reply === null || !['', '{}', '0'].includes(textOf(written['reply']))) return {};
    return { reply: reader.read(request, reply) };
  }
  const lists: Record<'replies' | 'endReplies' | 'ioendReplies', JsonValue[]> = {
    replies: [],
    endReplies: [],
    ioendReplies: [],
  };
  for (const call of io.calls) {
    const list =
      call.do === 'iomap_begin' ? 'replies' : call.do === 'iomap_end' ? 'endReplies' : 'ioendReplies';
    if (call.request === null) continue;
    if (call.do === 'setattr' || call.do === 'fallocate') {
      reader.skip();
      unrepeatable(execution, call, notes);
    } else if (call.reply !== null) lists[list].push(reader.read(call.request, call.reply));
  }
  const nodeid = io.calls.find((call) => call.request !== null)?.request?.nodeid;
  if (nodeid !== undefined) reader.setDiskSize(nodeid, io.diskSizeBytes);
  // After the end of the lists of ends a scripted server answers 0.
  for (const list of [lists.endReplies, lists.ioendReplies]) while (list.at(-1) === 0n) list.pop();
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, folded(list)]));
}

function unrepeatable({ step }: Execution, { do: what, ret }: IoCall, notes: string[]): void {
  if (ret === 0n || typeof what !== 'string') return;
  const said = ret === null ? 'no answer' : errnoText(ret);
  notes.push(
    `Step ${ordinal(step)}: the server gave ${said} to ${what.toUpperCase()}, which no scenario can say.`,
  );
}

const textOf = (value: JsonValue | undefined): string => (value === undefined ? '' : minify(value));

/** Equal neighbours as one entry with `times`. */
function folded(list: readonly JsonValue[]): JsonValue[] {
  const entries: { reply: JsonValue; text: string; times: number }[] = [];
  for (const reply of list) {
    const text = minify(reply);
    const last = entries.at(-1);
    if (last?.text === text && typeof reply === 'object') last.times++;
    else entries.push({ reply, text, times: 1 });
  }
  return entries.map(({ reply, times }) =>
    times === 1 ? reply : { ...(reply as JsonObject), times: BigInt(times) },
  );
}
