// SPDX-License-Identifier: GPL-2.0-only
import { errnoText } from '../kernel/errno.ts';
import {
  FUSE_IOMAP_F,
  FUSE_IOMAP_TYPE,
  IOMAP_F,
  IOMAP_OP,
  IOMAP_TYPE,
  NULL_ADDR,
  flagNames,
  nameOf,
  type NameTable,
} from '../kernel/names.ts';
import type { Expectation } from '../scenario/schema.ts';
import type { Tracker } from './state.ts';
import type { Execution, Mismatch } from './types.ts';

/** How a value is written in a scenario, by the name of its field. */
function written(path: readonly string[], value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  const field = path.at(-1) ?? '';
  const wire = path.includes('map');
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (field === 'ret' || field === 'written') return errnoText(value);
    if (field === 'type') return nameOf(wire ? FUSE_IOMAP_TYPE : IOMAP_TYPE, Number(value)) ?? String(value);
    if (field === 'flags') return listed(wire ? FUSE_IOMAP_F : IOMAP_F, Number(value));
    if (field === 'opflags') return listed(IOMAP_OP, Number(value));
    if (field === 'addr') return value === NULL_ADDR ? 'NULL_ADDR' : String(value);
    return String(value);
  }
  return typeof value === 'string' ? value : 'a struct';
}

const listed = (table: NameTable, value: number): string => `[${flagNames(table, value).join(', ')}]`;

interface Found {
  looked: number;
  unmet: { path: string[]; expected: string; actual: string }[];
}

function compare(path: string[], expected: unknown, actual: unknown, found: Found): void {
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

/** What an execution offers to be compared with `expect`, in the same shape. */
function observed(execution: Execution, table: Tracker, expected: Expectation): { [key: string]: unknown } {
  const { outcome, ret, decided, request } = execution;
  const ids = Object.keys(expected.table?.entries ?? {});
  const entries = ids.map((id) => [id, table.entry(Number(id)) ?? null]);
  return {
    ret: outcome === 'waiting' || outcome === 'retry-cache' || outcome === 'not-called' ? outcome : ret,
    check: decided?.check ?? null,
    which: decided?.which ?? null,
    iomap: execution.iomap,
    srcmap: execution.srcmap,
    request,
    sent: request !== null,
    message: request,
    table: { live: table.live, cursor: table.cursor, entries: Object.fromEntries(entries) },
  };
}

/** How many fields `expect` names, and which of them the execution does not have. `table` is as it is after it. */
export function checkExpectation(
  expected: Expectation | undefined,
  execution: Execution,
  table: Tracker,
): { looked: number; unmet: Mismatch[] } {
  if (expected === undefined) return { looked: 0, unmet: [] };
  const found: Found = { looked: 0, unmet: [] };
  const actual = observed(execution, table, expected);
  for (const [name, value] of Object.entries(expected)) compare([name], value, actual[name], found);
  const place = { execution: execution.index, step: execution.step };
  return { looked: found.looked, unmet: found.unmet.map((mismatch) => ({ ...place, ...mismatch })) };
}
