// SPDX-License-Identifier: MIT
import type { Execution, Mismatch, Run } from '../run/types.ts';

/** What JSON.stringify writes as it is. */
export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/**
 * A run as JSON: the same fields, each 64-bit value as a decimal string (a reader's number may be a double),
 * bytes as lower-case hex.
 */
export function runToJson(run: Run): Plain {
  const { expectations, executions } = run;
  return toPlain({
    ...run,
    expectations: { ...expectations, unmet: expectations.unmet.map(inStrings) },
    executions: executions.map(executionToJson),
  });
}

/** One execution as JSON, by the same rules. */
export function executionToJson(execution: Execution): Plain {
  return toPlain({ ...execution, unmet: execution.unmet.map(inStrings) });
}

/** An index in a path is a string of digits in this JSON. */
const inStrings = (mismatch: Mismatch) => ({ ...mismatch, path: mismatch.path.map(String) });

/** Any data as JSON, by the same rules. */
export function toPlain(value: unknown): Plain {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return hexText(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(entries.map(([key, field]) => [key, toPlain(field)]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

/** `0a1b`: two digits for each byte. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
