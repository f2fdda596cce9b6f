// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import type { Numbering } from '../kernel/codes.ts';
import { numberingOf } from '../kernel/numbering.ts';
import type { Execution, Mismatch, Run, WireMapping } from '../run/types.ts';

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
    executions: executions.map((execution) => executionToJson(execution, run.revision)),
  });
}

/** One execution as JSON, by the same rules. */
export function executionToJson(execution: Execution, revision: Revision): Plain {
  const numbering = numberingOf(revision);
  const { io } = execution;
  return toPlain({
    ...inNumbers(execution, numbering),
    io: io === null ? null : { ...io, calls: io.calls.map((call) => inNumbers(call, numbering)) },
    unmet: execution.unmet.map(inStrings),
  });
}

/** Types and op flags of messages as the numbers that the revision has for them. */
function inNumbers<T extends Pick<Execution, 'request' | 'reply'>>(seen: T, { typeOf, opOf }: Numbering): T {
  const mapOf = (map: WireMapping | null) => map && { ...map, type: typeOf(map.type) };
  const { request, reply } = seen;
  return {
    ...seen,
    request: request && { ...request, opflags: opOf(request.opflags), map: mapOf(request.map) },
    reply: reply && { ...reply, read: mapOf(reply.read), write: mapOf(reply.write) },
  };
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
