// SPDX-License-Identifier: MIT
/** A whole map in parts: first coarse, then line by line. */
import type { MapPoints } from './points.ts';

/** Ids of a part: `columns` times `rows` of them, each for `stride` times `stride` cells from a corner on. */
export interface MapPart {
  /** The first row of cells, from 0. */
  row: number;
  columns: number;
  rows: number;
  stride: number;
  ids: Uint16Array;
}

/** Cells of the finest map, in one direction: a call holds 64 lines of them. */
export const MOST_CELLS = 1024;
const PART_POINTS = 65_536;
const COARSE = 16;

/** A generator: run it to the end, or abandon it to cancel. A part takes a few milliseconds. */
export function* renderMap(
  points: MapPoints,
  xs: readonly bigint[],
  ys: readonly bigint[],
): Generator<MapPart, void> {
  const every = (values: readonly bigint[]) => values.filter((_, i) => i % COARSE === 0);
  if (xs.length * ys.length > PART_POINTS) {
    const [columns, rows] = [every(xs), every(ys)];
    const ids = points.tile(columns, rows);
    yield { row: 0, columns: columns.length, rows: rows.length, stride: COARSE, ids };
  }
  const step = Math.max(1, Math.floor(PART_POINTS / xs.length));
  for (let row = 0; row < ys.length; row += step) {
    const lines = ys.slice(row, row + step);
    yield { row, columns: xs.length, rows: lines.length, stride: 1, ids: points.tile(xs, lines) };
  }
}

/** Puts a part where it belongs in the ids of all cells; returns the rows that changed, the last excluded. */
export function putPart(all: Uint16Array, width: number, height: number, part: MapPart): [number, number] {
  const { row, columns, rows, stride, ids } = part;
  if (stride === 1) {
    all.set(ids, row * width);
    return [row, row + rows];
  }
  for (let y = 0; y < height; y++) {
    const line = Math.floor(y / stride) * columns;
    for (let x = 0; x < width; x++) all[y * width + x] = ids[line + Math.floor(x / stride)]!;
  }
  return [0, height];
}
