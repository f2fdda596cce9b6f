// SPDX-License-Identifier: MIT
import { errnoText } from '../kernel/errno.ts';
import {
  FIEMAP_EXTENT,
  FUSE_IOMAP_F,
  FUSE_IOMAP_IOEND,
  FUSE_IOMAP_TYPE,
  IOMAP_F,
  IOMAP_TYPE,
  NULL_ADDR,
  flagNames,
  nameOf,
  type NameTable,
} from '../kernel/names.ts';
import { opNames, typeNumber } from '../kernel/codes.ts';

/** How a value is written in a scenario, by the name of its field. */
function written(path: readonly (string | number)[], value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  const field = path.at(-1) ?? '';
  const wire = path.includes('map');
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (field === 'ret' || field === 'written' || field === 'error') return errnoText(value);
    if (field === 'type')
      return nameOf(wire ? FUSE_IOMAP_TYPE : IOMAP_TYPE, Number(value)) ?? String(typeNumber(Number(value)));
    if (field === 'flags' && path.includes('extents')) return listed(FIEMAP_EXTENT, Number(value));
    if (field === 'ioendflags') return listed(FUSE_IOMAP_IOEND, Number(value));
    if (field === 'flags') return listed(wire ? FUSE_IOMAP_F : IOMAP_F, Number(value));
    if (field === 'opflags') return `[${opNames(Number(value)).join(', ')}]`;
    if (field === 'addr') return value === NULL_ADDR ? 'NULL_ADDR' : String(value);
    return String(value);
  }
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : 'a struct';
}

const listed = (table: NameTable, value: number): string => `[${flagNames(table, value).join(', ')}]`;

/** How many fields were looked at, and which are not as expected. */
export interface Found {
  looked: number;
  unmet: { path: (string | number)[]; expected: string; actual: string }[];
}

/** Compares a value, or the fields that are given of a struct. */
export function compare(path: (string | number)[], expected: unknown, actual: unknown, found: Found): void {
  if (expected === undefined) return;
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) {
      found.looked++;
      found.unmet.push({ path, expected: 'a struct', actual: written(path, actual) });
      return;
    }
    for (const [name, value] of Object.entries(expected)) {
      compare([...path, name], value, (actual as { [key: string]: unknown })[name], found);
    }
    return;
  }
  found.looked++;
  if (expected === actual) return;
  found.unmet.push({ path, expected: written(path, expected), actual: written(path, actual) });
}

/** Compares numbers, those of structs too, with bounds; the first part of the path says with which. */
export function compareBounds(
  path: ['atLeast' | 'atMost', ...string[]],
  bounds: object,
  actual: unknown,
  found: Found,
): void {
  for (const [name, bound] of Object.entries(bounds)) {
    const value = typeof actual === 'object' ? (actual as Record<string, unknown> | null)?.[name] : undefined;
    if (typeof bound === 'object') {
      compareBounds([...path, name], bound as object, value, found);
      continue;
    }
    found.looked++;
    const isNumber = typeof value === 'bigint' || typeof value === 'number';
    if (isNumber && (path[0] === 'atLeast' ? value >= bound : value <= bound)) continue;
    const words = path[0] === 'atLeast' ? 'at least' : 'at most';
    const at = [...path, name];
    found.unmet.push({ path: at, expected: `${words} ${written(at, bound)}`, actual: written(at, value) });
  }
}
