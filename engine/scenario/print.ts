// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import { documentHasAnswers } from './answers.ts';
import { blocksInBytes } from './blocks.ts';
import type { LeafMetadata } from './build.ts';
import type { JsonValue } from './json.ts';
import { scenarioSchema } from './schema.ts';
import { shapeOf, type Shape } from './shape.ts';
import { broken, minify } from './write.ts';

/**
 * The canonical document: what equals its default is left out, keys stand in the schema's order (the names
 * that the author chose, in theirs), and each value has its one canonical spelling (docs/FORMATS.md). `$schema` is left out. A
 * document that says the same is, with few exceptions, the same text.
 *
 * Where a document says who answers what its steps leave open, a reply that equals its default says something: it stays.
 *
 * Meant for valid documents (`parseDocument(text).value`). What doesn't fit the schema is kept as it is.
 */
export function canonicalValue(value: JsonValue): JsonValue {
  const stays = documentHasAnswers(value) ? 'reply' : null;
  const result = canonical(shapeOf(scenarioSchema), blocksInBytes(value), stays);
  // It is for the author's editor, and says nothing of the scenario.
  if (typeof result === 'object') delete (result as { $schema?: JsonValue } | null)?.$schema;
  return result;
}

/** The canonical document as text that reads well; ends with a line feed. */
export function printScenario(value: JsonValue): string {
  return `${broken(canonicalValue(value))}\n`;
}

/** The canonical document on one line, without blanks: what a link carries. */
export function minifyScenario(value: JsonValue): string {
  return minify(canonicalValue(value));
}

/**
 * A value in its canonical spelling, as the shape of the place where it stands has it.
 * @param stays the key of an object that is kept even if its value equals its default
 */
export function canonical(shape: Shape, value: JsonValue, stays: string | null = null): JsonValue {
  const spell = (v.getMetadata(shape as never) as Partial<LeafMetadata>).spell;
  if (spell !== undefined) {
    const result = v.safeParse(shape as never, value);
    return result.success ? spell(result.output as never) : value;
  }
  if (shape.wrapped !== undefined) return value === null ? null : canonical(shape.wrapped, value, stays);
  if (shape.type === 'choice') return canonical(shape.getter!(value), value, stays);
  if (Array.isArray(value)) {
    const { item } = shape;
    return item === undefined ? value : value.map((entry) => canonical(item, entry, stays));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (shape.type === 'record') {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, canonical(shape.value!, item, stays)]),
    );
  }
  return shape.entries === undefined ? value : canonicalObject(shape.entries, value, stays);
}

function canonicalObject(
  entries: Record<string, Shape>,
  value: Record<string, JsonValue>,
  stays: string | null,
): JsonValue {
  const result: Record<string, JsonValue> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (!Object.hasOwn(value, name)) continue;
    const item = canonical(entry, value[name]!, stays);
    if (name === stays || minify(item) !== defaultText(entry)) result[name] = item;
  }
  for (const [name, item] of Object.entries(value)) if (!Object.hasOwn(entries, name)) result[name] = item;
  return result;
}

const defaultTexts = new WeakMap<Shape, string>();

/** The canonical default of an entry, as text; undefined if it has none. */
function defaultText(entry: Shape): string | undefined {
  if (entry.default === undefined) return undefined;
  let text = defaultTexts.get(entry);
  if (text === undefined) {
    text = minify(canonical(entry, entry.default as JsonValue));
    defaultTexts.set(entry, text);
  }
  return text;
}
