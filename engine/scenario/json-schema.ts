// SPDX-License-Identifier: MIT
import { toJsonSchema, type ConversionConfig, type JsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { LeafMetadata } from './build.ts';
import { scenarioSchema } from './schema.ts';
import { shapeOf } from './shape.ts';

/**
 * Format 1 as JSON Schema (draft 7), for an editor's completion and hover. It accepts every valid scenario, and
 * more: ranges, references and the rest are the business of `parseDocument`, which also has the better words.
 */
export function scenarioJsonSchema(): object {
  return plain(toJsonSchema(scenarioSchema as unknown as v.GenericSchema, config)) as object;
}

const config: ConversionConfig = {
  typeMode: 'input',
  // A limit is told by the parser; here it would only refuse what is being typed.
  ignoreActions: ['check', 'max_entries', 'max_length', 'raw_transform', 'transform'],
  overrideSchema({ valibotSchema, jsonSchema }) {
    const { type, options } = shapeOf(valibotSchema);
    if (type === 'custom') return {};
    // An integer here is a bigint, which JSON Schema has no literal for: its metadata says which.
    if (type === 'literal' && jsonSchema.const === undefined) return {};
    // The converter knows no record whose keys are words of a list.
    const { key, value } = valibotSchema as {
      key?: { type?: string; options?: unknown };
      value?: v.GenericSchema;
    };
    if (type === 'record' && key?.type === 'picklist' && value !== undefined)
      return {
        type: 'object',
        propertyNames: { enum: key.options as string[] },
        additionalProperties: within(value),
      };
    if (type !== 'choice' || options === undefined) return undefined;
    return { anyOf: options.map((option) => within(option as unknown as v.GenericSchema)) };
  },
  overrideAction({ valibotAction, jsonSchema }) {
    if (valibotAction.type !== 'metadata') return undefined;
    const { jsonSchema: own } = (valibotAction as v.MetadataAction<unknown, Partial<LeafMetadata>>).metadata;
    const { spell: _, jsonSchema: __, ...rest } = jsonSchema as JsonSchema & Partial<LeafMetadata>;
    return { ...rest, ...own };
  },
};

function within(schema: v.GenericSchema): JsonSchema {
  const { $schema: _, ...rest } = toJsonSchema(schema, config);
  return rest;
}

/** Plain JSON: defaults as numbers where they are bigint, no empty descriptions. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) =>
      name === 'description' && item === '' ? [] : [[name, plain(item)]],
    ),
  );
}
