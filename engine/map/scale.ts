// SPDX-License-Identifier: MIT
/** What the lines of an axis stand for, from powers of two down to single values. All values are u64 as bigint. */
import { has } from '../kernel/has-feature.ts';
import type { Revision } from '../kernel/features.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE } from '../kernel/names.ts';
import { rawTypeCode } from '../kernel/codes.ts';
import { slotOf, type MapField } from './fields.ts';

/** A line of an axis: the value that is asked, and the last of those that it stands for. */
export interface Line {
  value: bigint;
  last: bigint;
  /** Exactly a multiple, beside narrow lines for the values between two. */
  wide: boolean;
}

/** From far to near. `blocks` are as many as fit, `block` are few, with what lies between two. */
export const LEVELS = ['powers', 'mib', 'blocks', 'block', 'sector', 'byte'] as const;
export type Level = (typeof LEVELS)[number];

export interface ScaleOptions {
  level: Level;
  /** A value that must be on the axis, near its middle if it can be. */
  around: bigint;
  blockSize: number;
  /** Values that the powers of two must have among them, and that are lines of their own between two multiples. */
  marks: readonly bigint[];
  /** Lines that fit. */
  room: number;
  revision: Revision;
}

const U64_END = 1n << 64n;
const S64_MAX = (1n << 63n) - 1n;
const U32_MAX = (1n << 32n) - 1n;
const U16_MAX = 0xffffn;
const SECTOR_BYTES = 512n;
const MIB = 1n << 20n;
/** Multiples on a near scale, and single values on the nearest. */
const FEW = 8n;
const SINGLE = 32n;
const BLOCK_SIZES = [512n, 1024n, 2048n, 4096n, 8192n, 16_384n, 32_768n, 65_536n];

/** The largest value of a field. */
export function largestOf(field: MapField): bigint {
  switch (slotOf(field)?.field) {
    case undefined:
      return field === 'blockSize' ? 65_536n : S64_MAX;
    case 'type':
    case 'flags':
      return U16_MAX;
    case 'dev':
      return U32_MAX;
    default:
      return U64_END - 1n;
  }
}

/** Whether a field's values are listed, whatever the level: names, bits, sizes. */
export const isListed = (field: MapField): boolean =>
  field === 'blockSize' || slotOf(field)?.field === 'type' || slotOf(field)?.field === 'flags';

/** The lines of an axis, in ascending order but for types. */
export function scaleOf(field: MapField, options: ScaleOptions): Line[] {
  const { level, around, blockSize, marks, room } = options;
  if (isListed(field)) return listed(field, options).map((value) => ({ value, last: value, wide: true }));
  const end = largestOf(field) + 1n;
  if (level === 'powers') return powers(end, [around, ...marks], room);
  const isId = slotOf(field)?.field === 'dev';
  if (level === 'byte' || isId) return stepped(around, 1n, isId && level !== 'byte' ? 64n : SINGLE, end);
  if (level === 'mib') return stepped(around, MIB, BigInt(room), end);
  if (level === 'blocks') return stepped(around, BigInt(blockSize), BigInt(room), end);
  return stepped(around, level === 'block' ? BigInt(blockSize) : SECTOR_BYTES, FEW, end, marks);
}

function listed(field: MapField, { around, revision }: ScaleOptions): bigint[] {
  if (field === 'blockSize') return BLOCK_SIZES;
  const found =
    slotOf(field)?.field === 'type'
      ? [...Object.values(FUSE_IOMAP_TYPE), 5, rawTypeCode(has(revision, 'NUMBERS_OF_MAY') ? 255 : 252)].map(
          BigInt,
        )
      : [0n, ...Array.from({ length: 16 }, (_, bit) => 1n << BigInt(bit)), allFlags(), U16_MAX];
  return found.includes(around) ? found : [...found, around];
}

const allFlags = (): bigint => BigInt(Object.values(FUSE_IOMAP_F).reduce((all, bit) => all | bit, 0));

/** 0, then so many values for each power of two as fit, and the marks among them. */
function powers(end: bigint, marks: readonly bigint[], room: number): Line[] {
  let between = 1n;
  while (between < 16n && 64n * between * 2n + BigInt(marks.length) + 2n <= BigInt(room)) between *= 2n;
  const values = new Set<bigint>([0n, end - 1n, ...marks]);
  for (let power = 1n; power < end; power *= 2n) {
    const step = power > between ? power / between : 1n;
    for (let value = power; value < power * 2n && value < end; value += step) values.add(value);
  }
  const sorted = [...values]
    .filter((value) => value >= 0n && value < end)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map((value, i) => ({ value, last: (sorted[i + 1] ?? end) - 1n, wide: true }));
}

/**
 * Multiples of a step around a value. With `between`, after each a narrow line for what lies before the next, which ends
 * where one of these values lies: what a narrow line stands for answers alike. Such a value, and the one that all is
 * around, is a line of its own.
 */
function stepped(
  around: bigint,
  step: bigint,
  count: bigint,
  end: bigint,
  between: readonly bigint[] | null = null,
): Line[] {
  const all = (end + step - 1n) / step;
  const shown = count < all ? count : all;
  const middle = around / step - shown / 2n;
  const first = middle < 0n ? 0n : middle + shown > all ? all - shown : middle;
  const alone = [...new Set([around, ...(between ?? [])])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const lines: Line[] = [];
  for (let at = first; at < first + shown; at++) {
    const value = at * step;
    const last = (value + step < end ? value + step : end) - 1n;
    let next = value;
    for (const one of [value, ...alone.filter((other) => other > value && other <= last)]) {
      if (between !== null && one > next) lines.push({ value: next, last: one - 1n, wide: false });
      lines.push({ value: one, last: one, wide: true });
      next = one + 1n;
    }
    if (between !== null && last >= next) lines.push({ value: next, last, wide: false });
  }
  return lines;
}

/** The line that a value lies on, or the nearest. */
export function lineOf(lines: readonly Line[], value: bigint): number {
  const exact = lines.findIndex((line) => line.value === value);
  if (exact >= 0) return exact;
  const at = lines.findLastIndex((line) => line.value <= value);
  return Math.max(0, at);
}
