// SPDX-License-Identifier: MIT
import type { JsonValue } from '../scenario/json.ts';
import { broken } from '../scenario/write.ts';
import type { FuseServer } from '../server/fuse-server.ts';

const ENTRIES = 200;
const DEPTH = 6;
/** Values in all: a state that has more is shown in part. */
const VALUES = 1_000;
const CHARS = 200;
/** The longest text of a state. */
export const STATE_CHARS = 20_000;

/** What a server remembers, as JSON: what snapshot() returns, or else its own fields. */
export function stateText(server: FuseServer): string {
  const state: unknown = server.snapshot === undefined ? { ...server } : server.snapshot();
  const text = broken(jsonOf(state, DEPTH, { left: VALUES }) ?? null);
  return text.length > STATE_CHARS ? `${text.slice(0, STATE_CHARS)}…` : text;
}

/** Undefined for what is not data. Numbers with a fraction, and text that is long, are cut to what a reader needs. */
function jsonOf(value: unknown, depth: number, room: { left: number }): JsonValue | undefined {
  if (room.left-- <= 0) return '…';
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : String(value);
    case 'string':
      return value.slice(0, CHARS);
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return null;
  if (depth === 0) return '…';
  const inner = (one: unknown) => jsonOf(one, depth - 1, room) ?? null;
  if (value instanceof Map) return entriesOf([...value].slice(0, ENTRIES), value.size, inner);
  if (Array.isArray(value) || value instanceof Set || ArrayBuffer.isView(value)) {
    const items = [...(value as Iterable<unknown>)];
    return [...items.slice(0, ENTRIES).map(inner), ...(items.length > ENTRIES ? ['…'] : [])];
  }
  const entries = Object.entries(value);
  const data = entries.filter(([, one]) => typeof one !== 'function');
  return entriesOf(data.slice(0, ENTRIES), data.length, inner);
}

function entriesOf(
  entries: readonly (readonly [unknown, unknown])[],
  size: number,
  inner: (one: unknown) => JsonValue,
): JsonValue {
  const shown = entries.map(([key, one]) => [keyOf(key), inner(one)] as const);
  return Object.fromEntries(size > entries.length ? [...shown, ['…', '…']] : shown);
}

const keyOf = (key: unknown): string =>
  typeof key === 'object' && key !== null ? 'an object' : String(key).slice(0, CHARS);
