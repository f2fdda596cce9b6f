// SPDX-License-Identifier: MIT
import { explain, factsOf } from '../checks/words.ts';
import { errnoText } from '../kernel/errno.ts';
import { cleanJson } from '../kernel/clean.ts';
import { ordinal } from '../kernel/ordinal.ts';
import { isUnknown } from '../kernel/unknown.ts';
import { stoppedShort } from '../run/stopped-short.ts';
import type { Execution, Run, Which } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { decidingOf, type Failure } from './failures.ts';
import { toPlain, type Plain } from './json.ts';
import { eventWords, isAsked, type FileResult } from './tap.ts';

/** The version of the lines, in each of them: docs/FORMATS.md. Keys are only ever added to it. */
export const JSONL_VERSION = 1;

/** A file as lines of JSON: one for each step, then one for the file. */
export function* jsonLines(result: FileResult, placeOf: (step: number) => string | null): Generator<string> {
  if ('reasons' in result) {
    yield line({ kind: 'file', file: result.name, verdict: 'unusable', reasons: result.reasons });
    return;
  }
  const { name, scenario, run, failures } = result;
  const failed = new Map(failures.map((failure) => [failure.step, failure]));
  for (const index of scenario.steps.keys()) {
    if (!isAsked(result, index)) continue;
    yield line({
      kind: 'step',
      file: name,
      ...stepValue(run, scenario, index, failed.get(index) ?? null),
      place: failed.get(index)?.place ?? placeOf(index),
    });
  }
  const { met, unmet } = run.expectations;
  const events = run.server?.events ?? [];
  yield line({
    kind: 'file',
    file: name,
    verdict: failures.length + events.length === 0 && !stoppedShort(run, scenario) ? 'ok' : 'failed',
    revision: run.revision,
    executions: run.executions.length,
    expectationsMet: met,
    expectationsNotMet: unmet.length,
    failedSteps: failures.length,
    stopped: run.stopped?.message ?? null,
    ...(run.server === undefined ? {} : { serverEvents: events.map((event) => eventWords(run, event)) }),
  });
}

/** What is told of a step: of its execution that went wrong first, or of its last. */
function stepValue(run: Run, scenario: Scenario, index: number, failure: Failure | null): object {
  const step = scenario.steps[index]!;
  const execution = failure?.execution ?? run.executions.findLast((one) => one.step === index) ?? null;
  const fact = (label: string) => failure?.facts.find((one) => one.label === label)?.text ?? null;
  return {
    step: ordinal(index),
    indexFrom0: index,
    do: step.do,
    times: step.times,
    ok: failure === null && execution !== null,
    ...verdictOf(execution, scenario),
    reasons: failure?.reasons ?? [],
    nearest: fact('nearest'),
    cause: fact('cause'),
    note: step.note ?? null,
  };
}

function verdictOf(execution: Execution | null, scenario: Scenario): object {
  if (execution === null) return { outcome: 'not-reached' };
  const { repeat, outcome, ret, trust } = execution;
  const { headline, sentence } = explain(execution, scenario);
  const deciding = decidingOf(execution);
  return {
    executionFrom0: execution.index,
    repeatFrom0: repeat,
    outcome,
    ret: ret === null ? null : errnoText(ret),
    headline,
    sentence,
    check: deciding === null || isUnknown(deciding.record.check) ? null : deciding.record.check,
    which: whichOf(deciding?.record.which ?? null),
    operands: deciding === null ? null : operandsOf(deciding.record),
    trust,
  };
}

const whichOf = (which: Which): string | null => (which === null || isUnknown(which) ? null : which);

function operandsOf({ check, operands }: NonNullable<ReturnType<typeof decidingOf>>['record']): object {
  const names = factsOf(check).operands;
  return Object.fromEntries(operands.map((value, i) => [names[i] ?? `operand${i}`, String(value)]));
}

const line = (value: object): string => {
  const plain = toPlain({ version: JSONL_VERSION, ...value }) as { [key: string]: Plain };
  return cleanJson(JSON.stringify(plain));
};
