// SPDX-License-Identifier: MIT
import * as v from 'valibot';
import type { JsonValue } from './json.ts';
import { printScenario } from './print.ts';
import { parseDocument, type ParsedDocument } from './parse.ts';
import type { Step } from './schema.ts';
import { stepSchema } from './steps.ts';

/**
 * Data of a program as a document: whole numbers become integers, bytes become hex, what is undefined is left out.
 * Throws a TypeError that names the place of anything else.
 */
export function toJsonValue(value: unknown, at = 'the scenario'): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint')
    return value;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return BigInt(value);
    throw new TypeError(`${at} is ${value}: whole numbers above 2^53 are given as bigint, others not at all`);
  }
  if (value instanceof Uint8Array)
    return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (Array.isArray(value)) return value.map((item, i) => toJsonValue(item, `${at}[${i}]`));
  if (typeof value !== 'object')
    throw new TypeError(
      `${at} is ${value === undefined ? 'undefined' : `a ${typeof value}`}, which no document holds`,
    );
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toJsonValue(item, `${at}.${key}`)]),
  );
}

/** A scenario from its text or its data, parsed; an Error with all its problems if it can't be used. */
export function documentOf(source: unknown): ParsedDocument {
  const text = typeof source === 'string' ? source : printScenario(toJsonValue(source));
  const parsed = parseDocument(text);
  if (parsed.scenario !== null) return parsed;
  const words = parsed.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  throw new Error(`not a scenario:\n${words.join('\n')}`);
}

/** One step from its document, with every default filled in. Throws an Error that says what is wrong with it. */
export function stepOf(value: JsonValue): Step {
  const parsed = v.safeParse(stepSchema, value);
  if (parsed.success) return parsed.output;
  throw new Error(
    parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'step'}: ${issue.message}`).join('; '),
  );
}
