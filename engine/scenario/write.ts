// SPDX-License-Identifier: MIT
import type { JsonValue } from './json.ts';

/** How wide a line may be before a container is broken over several; the house's width for JSON files. */
const WIDTH = 110;

/** JSON on one line, without blanks. Integers are written digit by digit, whatever their size. */
export function minify(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(minify).join(',')}]`;
  return `{${members(value, minify, ':').join(',')}}`;
}

/** JSON on one line, with blanks: `{ "a": 1, "b": [2, 3] }`. */
function inline(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return minify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const inside = members(value, inline, ': ');
  return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`;
}

function members(
  value: Record<string, JsonValue>,
  write: (value: JsonValue) => string,
  colon: string,
): string[] {
  return Object.entries(value).map(([name, item]) => JSON.stringify(name) + colon + write(item));
}

export interface Layout {
  /** What the line of the value begins with: the broken value's last line gets the same. */
  margin: string;
  /** One more level. */
  indent: string;
  eol: string;
  /** Characters that stand before the value on its line, and after it. */
  before: number;
  after: number;
}

const PLAIN: Layout = { margin: '', indent: '  ', eol: '\n', before: 0, after: 0 };

/** JSON over as many lines as it takes: a container that fits its line stays on it. As prettier lays it out. */
export function pretty(value: JsonValue, layout: Layout = PLAIN): string {
  if (typeof value !== 'object' || value === null) return minify(value);
  if (!breaks(value)) {
    const line = inline(value);
    if (layout.before + line.length + layout.after <= WIDTH) return line;
  }
  return broken(value, layout);
}

/** As `pretty`, the outermost container always broken. */
export function broken(value: JsonValue, layout: Layout = PLAIN): string {
  if (typeof value !== 'object' || value === null) return minify(value);
  const entries = Array.isArray(value)
    ? value.map((item) => ['', item] as const)
    : Object.entries(value).map(([name, item]) => [`${JSON.stringify(name)}: `, item] as const);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (entries.length === 0) return `${open}${close}`;
  const margin = layout.margin + layout.indent;
  const lines = entries.map(([label, item], i) => {
    const after = i < entries.length - 1 ? 1 : 0;
    return margin + label + pretty(item, { ...layout, margin, before: margin.length + label.length, after });
  });
  return `${open}${layout.eol}${lines.join(`,${layout.eol}`)}${layout.eol}${layout.margin}${close}`;
}

/** Two or more items that have two or more entries each read as a table: a line for each. */
function breaks(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const items = Object.values(value) as JsonValue[];
  if (
    Array.isArray(value) &&
    items.length > 1 &&
    items.every((item) => size(item) > 1 && sameKind(item, items[0]!))
  ) {
    return true;
  }
  return items.some(breaks);
}

function size(value: JsonValue): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function sameKind(a: JsonValue, b: JsonValue): boolean {
  return Array.isArray(a) === Array.isArray(b);
}
