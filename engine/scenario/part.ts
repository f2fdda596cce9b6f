// SPDX-License-Identifier: MIT
import type { Scenario } from './schema.ts';

/** A scenario on its way to a worker: its steps are those between the ones that the worker has already. */
export interface ScenarioPart {
  /** With only the steps that are new. */
  scenario: Scenario;
  /** How many steps of the scenario sent last precede them, and follow them. */
  head: number;
  tail: number;
}

/** What must be sent of a scenario if `before` was sent last. Unchanged steps are the same objects. */
export function partOf(scenario: Scenario, before: Scenario | null): ScenarioPart {
  const { steps } = scenario;
  const old = before?.steps ?? [];
  const shortest = Math.min(steps.length, old.length);
  let head = 0;
  while (head < shortest && steps[head] === old[head]) head++;
  let tail = 0;
  while (tail < shortest - head && steps.at(-1 - tail) === old.at(-1 - tail)) tail++;
  return { scenario: { ...scenario, steps: steps.slice(head, steps.length - tail) }, head, tail };
}

/** The scenario that a part stands for if `before` came last: unchanged steps are its objects. */
export function wholeOf({ scenario, head, tail }: ScenarioPart, before: Scenario | null): Scenario {
  const old = before?.steps ?? [];
  const steps = [...old.slice(0, head), ...scenario.steps, ...old.slice(old.length - tail)];
  return { ...scenario, steps };
}
