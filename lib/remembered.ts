// SPDX-License-Identifier: MIT
/** Of which scenario a run is, and of which run an execution: results are plain data and do not say. */
import type { JsonValue } from '#engine/scenario/json.ts';
import type { Scenario } from '#engine/scenario/schema.ts';
import type { Execution, IoCall, Run } from '#engine/run/types.ts';

export interface Origin {
  value: JsonValue;
  scenario: Scenario;
  run: Run;
}

const runs = new WeakMap<Run, Origin>();
const calls = new WeakMap<Execution | IoCall, { execution: Execution; origin: () => Origin }>();

export function rememberRun(origin: Origin): Run {
  runs.set(origin.run, origin);
  for (const execution of origin.run.executions) rememberExecution(execution, () => origin);
  return origin.run;
}

export function rememberExecution(execution: Execution, origin: () => Origin): void {
  calls.set(execution, { execution, origin });
  for (const call of execution.io?.calls ?? []) calls.set(call, { execution, origin });
}

/** Throws a TypeError for what is not a result of this library, or is a copy of one. */
export function originOfRun(run: Run): Origin {
  const found = runs.get(run);
  if (found === undefined) throw new TypeError('this is not a run that play() or mount() returned');
  return found;
}

export function originOfCall(call: Execution | IoCall): { execution: Execution; origin: Origin } {
  const found = calls.get(call);
  if (found === undefined)
    throw new TypeError('this is not an execution, or a call in one, of a run that play() or mount() made');
  return { execution: found.execution, origin: found.origin() };
}
