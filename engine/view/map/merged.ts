// SPDX-License-Identifier: MIT
/** A map without its pixels: neighbouring lines that answer alike become one, so that a table can be read. */
import type { Line } from '../../map/scale.ts';
import { keyOf } from './classes.ts';

/** Lines that answer alike, from the first to the last, both included. */
export interface Merged {
  from: number;
  to: number;
}

export interface MergedMap {
  columns: Merged[];
  rows: Merged[];
  /** The key of a cell; see classes.ts. */
  key: (row: Merged, column: Merged) => number;
}

export function mergedMap(
  xs: readonly Line[],
  ys: readonly Line[],
  ids: Uint16Array,
  other: Uint16Array | null,
): MergedMap {
  const width = xs.length;
  const key = (y: number, x: number) => keyOf(ids, other, y * width + x);
  const columns = merge(xs.length, (a, b) => ys.every((_, y) => key(y, a) === key(y, b)));
  const rows = merge(ys.length, (a, b) => columns.every(({ from }) => key(a, from) === key(b, from)));
  return { columns, rows, key: (row, column) => key(row.from, column.from) };
}

function merge(count: number, alike: (a: number, b: number) => boolean): Merged[] {
  const merged: Merged[] = [];
  for (let at = 0; at < count; at++) {
    const last = merged.at(-1);
    if (last && alike(last.from, at)) last.to = at;
    else merged.push({ from: at, to: at });
  }
  return merged;
}
