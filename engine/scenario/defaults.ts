// SPDX-License-Identifier: MIT
import type { JsonValue } from './json.ts';
import { canonical } from './print.ts';
import { scenarioSchema } from './schema.ts';
import { entryAt, shapeOf, type Shape } from './shape.ts';

/**
 * What holds at a path of a document while nothing stands there, as an author would write it: words as the schema
 * has them (`"64K"`), numbers by their names where they have one. Undefined where the format has no default, or no
 * such place.
 * @param document decides between shapes on the way, as between the kinds of steps; it needn't be valid
 */
export function defaultAt(
  document: JsonValue | undefined,
  path: readonly (string | number)[],
): JsonValue | undefined {
  const entry = entryAt(shapeOf(scenarioSchema), document, path);
  const value = entry && ownDefault(entry);
  return entry === undefined || value === undefined || typeof value === 'string'
    ? value
    : canonical(entry, value);
}

/** Whether the format has a place for a value at a path of a document. */
export function hasPlace(document: JsonValue | undefined, path: readonly (string | number)[]): boolean {
  return entryAt(shapeOf(scenarioSchema), document, path) !== undefined;
}

function ownDefault(entry: Shape): JsonValue | undefined {
  return entry.default === undefined && entry.wrapped !== undefined
    ? ownDefault(entry.wrapped)
    : (entry.default as JsonValue | undefined);
}
