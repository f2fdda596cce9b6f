// SPDX-License-Identifier: MIT
import type { JsonValue } from '#engine/scenario/json.ts';
import { scenarioSchema } from '#engine/scenario/schema.ts';
import { shapeOf, type Shape } from '#engine/scenario/shape.ts';
import { minify } from '#engine/scenario/write.ts';

export interface ScenarioKey {
  /** Its default as JSON; undefined if it has none. */
  left: string | undefined;
  /** Of one whose value is a word of a list: the list. */
  words: readonly string[] | null;
}

/**
 * Every key of a scenario, as docs/FORMATS.md names them:
 * `*` for a name of the author's, a step's keys after its `do` or, where all steps have them, after `step`.
 */
export function scenarioKeys(): Map<string, ScenarioKey> {
  const keys = new Map<string, ScenarioKey>();
  collect(shapeOf(scenarioSchema), '', keys);
  return keys;
}

function wordsOf({ type, wrapped, options }: Shape): readonly string[] | null {
  if (wrapped !== undefined) return wordsOf(wrapped);
  // The options of this one are the words themselves.
  return type === 'picklist' ? (options as unknown as string[]) : null;
}

const SHARED = /^(?:[a-z]+_?[a-z]*)\.((?:times|caller|note|expect(?:On)?)(?:\..*)?)$/;

function collect(shape: Shape, path: string, keys: Map<string, ScenarioKey>): void {
  const { entries, wrapped, item, value, options } = shape;
  if (wrapped !== undefined) return collect(wrapped, path, keys);
  if (item !== undefined && path === 'steps') return stepKeys(item, keys);
  if (value !== undefined && shape.type === 'record') return collect(value, `${path}.*`, keys);
  if (shape.type === 'choice') for (const option of options ?? []) collect(option, path, keys);
  for (const [name, entry] of Object.entries(entries ?? {})) {
    const key = path === '' ? name : `${path}.${name}`;
    keys.set(key, {
      left: entry.default === undefined ? undefined : minify(entry.default as JsonValue),
      words: wordsOf(entry),
    });
    collect(entry, key, keys);
  }
}

function stepKeys(step: Shape, keys: Map<string, ScenarioKey>): void {
  for (const option of step.options ?? []) {
    const own = new Map<string, ScenarioKey>();
    const name = (option.entries?.['do'] as Shape & { literal: string }).literal;
    collect(option, name, own);
    for (const [key, of] of own) {
      const [, shared] = SHARED.exec(key) ?? [];
      if (!key.endsWith('.do')) keys.set(shared === undefined ? key : `step.${shared}`, of);
    }
  }
}
