// SPDX-License-Identifier: MIT
import type { JsonValue } from '../scenario/json.ts';

/**
 * A scenario document with some of its steps only, `of` pointing at the same ones as before, and without `show`: a card
 * is about one step. `numbers` are their indexes, ascending. What is not a scenario is returned unchanged.
 */
export function sliceScenario(value: JsonValue, numbers: readonly number[]): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { show: _show, ...rest } = value;
  const { steps } = value;
  if (!Array.isArray(steps)) return value;
  const kept = numbers.flatMap((number) => steps[number] ?? []);
  const places = new Map(numbers.map((number, place) => [number, place]));
  return { ...rest, steps: kept.map((step) => renumbered(step, places)) };
}

/** The step with its `of`, an index in the whole scenario, as its place among the steps that are kept. */
export function renumbered(step: JsonValue, places: ReadonlyMap<number, number>): JsonValue {
  if (typeof step !== 'object' || step === null || Array.isArray(step)) return step;
  const { of } = step;
  if (typeof of !== 'bigint' && typeof of !== 'number') return step;
  const at = places.get(Number(of));
  return at === undefined ? step : { ...step, of: BigInt(at) };
}
