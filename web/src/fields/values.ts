// SPDX-License-Identifier: MIT
import { defaultAt } from '#engine/scenario/defaults.ts';
import { inline, type JsonValue } from '#engine/scenario/path.ts';

/** How a field's text and its JSON value become each other. */
export type ValueKind = 'number' | 'flags' | 'text';

/** What the author wrote, as the field shows it; '' for a value left out. */
export function textOf(value: JsonValue | undefined, kind: ValueKind): string {
  if (value === undefined) return '';
  if (kind === 'flags' && Array.isArray(value)) return value.map((item) => textOf(item, 'number')).join(' ');
  return typeof value === 'string' ? value : inline(value);
}

/** What the format says holds while the field at `path` is empty, as it would be typed; '' where it says nothing. */
export function fallbackOf(
  document: JsonValue | undefined,
  path: readonly (string | number)[],
  kind: ValueKind,
): string {
  const value = defaultAt(document, path);
  return Array.isArray(value) && value.length === 0 ? 'none' : textOf(value, kind);
}

/** The JSON value of a field's text; undefined for an empty one. Digits become an integer, the rest a string. */
export function valueOf(text: string, kind: ValueKind): JsonValue | undefined {
  const trimmed = text.trim();
  if (kind === 'text') return text === '' ? undefined : text;
  if (trimmed === '') return undefined;
  if (kind === 'flags')
    return trimmed
      .split(/[\s,|]+/)
      .filter(Boolean)
      .map(one);
  return one(trimmed);
}

function one(word: string): JsonValue {
  return /^-?(0|[1-9][0-9]{0,23})$/.test(word) ? BigInt(word) : word;
}
