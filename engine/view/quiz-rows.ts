// SPDX-License-Identifier: MIT
/** A question of the quiz as a table: each field of the reply in words that can be followed in the head. */
import { named } from '../checks/format.ts';
import { grouped } from '../kernel/digits.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, NULL_ADDR, flagNames } from '../kernel/names.ts';
import type { WireMapping } from '../kernel/wire-types.ts';
import type { StepOf } from '../scenario/schema.ts';

export interface QuizRow {
  field: 'offset' | 'length' | 'addr' | 'type' | 'flags' | 'dev';
  read: string;
  /** Null where the write slot is left out. */
  write: string | null;
}

/** Powers of two that numbers are told by, where they are near one. */
const EDGES = [64n, 63n].map((power) => ({ edge: 1n << power, name: `2^${power}` }));
const NEAR = 1n << 24n;
const LARGE = 1n << 40n;

/** A number of bytes: with grouped digits, and a large one by the power of two that it is near. */
export function bytesText(value: bigint): string {
  for (const { edge, name } of value < LARGE ? [] : EDGES) {
    const by = value - edge;
    if (by === 0n) return name;
    if (by > -NEAR && by < NEAR) return `${name} ${by < 0n ? '−' : '+'} ${grouped(by < 0n ? -by : by)}`;
  }
  return grouped(value);
}

const flagsText = (flags: number) => flagNames(FUSE_IOMAP_F, flags).join(' | ') || '0';

const VALUES: Readonly<Record<QuizRow['field'], (map: WireMapping) => string>> = {
  offset: ({ offset }) => bytesText(offset),
  length: ({ length }) => bytesText(length),
  addr: ({ addr }) => (addr === NULL_ADDR ? 'NULL_ADDR' : bytesText(addr)),
  type: ({ type }) => named(FUSE_IOMAP_TYPE, BigInt(type)),
  flags: ({ flags }) => flagsText(flags),
  dev: ({ dev }) => grouped(BigInt(dev)),
};

/** The fields of a reply. */
export function quizRows({ reply }: StepOf<'iomap_begin'>): QuizRow[] {
  if (!('read' in reply)) return [];
  const { read, write } = reply;
  return (Object.keys(VALUES) as QuizRow['field'][]).map((field) => ({
    field,
    read: VALUES[field](read),
    write: write ? VALUES[field](write) : null,
  }));
}

/** What the kernel asks for, in a sentence. */
export function quizRequest({ op, pos, count }: StepOf<'iomap_begin'>): string {
  const what = op === 0 ? 'to read' : 'to write';
  return `The kernel asks ${what} ${grouped(count)} ${count === 1n ? 'byte' : 'bytes'} at byte ${bytesText(pos)}.`;
}
