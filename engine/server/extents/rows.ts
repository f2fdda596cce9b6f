// SPDX-License-Identifier: MIT
/** Lists of extents, ascending and without overlaps. No list is ever changed: a copy of the state is the list itself. */
import type { WireMapping } from '../../kernel/wire-types.ts';

export type Rows = readonly WireMapping[];

/** The end of a row in the file. */
export const endOf = ({ offset, length }: WireMapping): bigint => offset + length;

/** The index of the first row that ends after `pos`; the length of the list if there is none. */
function indexOf(rows: Rows, pos: bigint): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(rows[middle]!) > pos) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The row that a byte is in. */
export function rowAt(rows: Rows, pos: bigint): WireMapping | undefined {
  const row = rows[indexOf(rows, pos)];
  return row !== undefined && row.offset <= pos ? row : undefined;
}

/** The first row that begins after `pos`. */
export function rowAfter(rows: Rows, pos: bigint): WireMapping | undefined {
  const at = indexOf(rows, pos);
  const row = rows[at];
  return row !== undefined && row.offset <= pos ? rows[at + 1] : row;
}

/** The part of a row from `from` to `to`, both within it. */
export function slice(row: WireMapping, from: bigint, to: bigint): WireMapping {
  return { ...row, offset: from, length: to - from, addr: row.addr + (from - row.offset) };
}

/** The parts of rows between `from` and `to`. */
export function between(rows: Rows, from: bigint, to: bigint): WireMapping[] {
  const found: WireMapping[] = [];
  for (let i = indexOf(rows, from); i < rows.length && rows[i]!.offset < to; i++) {
    const row = rows[i]!;
    found.push(slice(row, row.offset > from ? row.offset : from, endOf(row) < to ? endOf(row) : to));
  }
  return found;
}

/** The rows with nothing between `from` and `to`. */
export function without(rows: Rows, from: bigint, to: bigint): Rows {
  const first = indexOf(rows, from);
  let last = first;
  const kept: WireMapping[] = [];
  for (; last < rows.length && rows[last]!.offset < to; last++) {
    const row = rows[last]!;
    if (row.offset < from) kept.push(slice(row, row.offset, from));
    if (endOf(row) > to) kept.push(slice(row, to, endOf(row)));
  }
  return last === first ? rows : [...rows.slice(0, first), ...kept, ...rows.slice(last)];
}

/** The rows with this one in place of what was there. One that goes on from its neighbour is one with it. */
export function put(rows: Rows, row: WireMapping): Rows {
  const others = without(rows, row.offset, endOf(row));
  const at = indexOf(others, row.offset);
  const [before, after] = [others[at - 1], others[at]];
  const joinsBefore = before !== undefined && continues(before, row);
  const joinsAfter = after !== undefined && continues(row, after);
  const start = joinsBefore ? before : row;
  const length = (joinsAfter ? endOf(after) : endOf(row)) - start.offset;
  return [
    ...others.slice(0, joinsBefore ? at - 1 : at),
    { ...start, length },
    ...others.slice(joinsAfter ? at + 1 : at),
  ];
}

function continues(a: WireMapping, b: WireMapping): boolean {
  return (
    endOf(a) === b.offset &&
    a.addr + a.length === b.addr &&
    a.type === b.type &&
    a.flags === b.flags &&
    a.dev === b.dev
  );
}
