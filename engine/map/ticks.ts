// SPDX-License-Identifier: MIT
/** What stands beside the lines of an axis: round values, and what the scenario is about. */
import type { ResolvedInode } from '../scenario/resolve.ts';
import type { Scenario, StepOf } from '../scenario/schema.ts';
import { slotOf, type MapField } from './fields.ts';
import { isListed, type Line } from './scale.ts';

export interface Tick {
  /** Which line, from 0. */
  at: number;
  value: bigint;
}

/** A value that the scenario gives a meaning. */
export interface Mark {
  name: string;
  value: bigint;
}

const NOTABLE = [1n << 12n, (1n << 31n) - 1n, 1n << 32n, 1n << 47n, 1n << 63n, (1n << 64n) - 1n];

/** The values worth a line of their own on an axis, with their names. */
export function marksOf(
  field: MapField,
  { step, inode }: { step: StepOf<'iomap_begin'>; inode: ResolvedInode },
  scenario: Scenario,
): Mark[] {
  const name = slotOf(field)?.field ?? field;
  if (name === 'offset' || name === 'pos')
    return [
      { name: 'pos', value: step.pos },
      { name: 'pos + count', value: step.pos + step.count },
      { name: 's_maxbytes', value: scenario.superblock.maxBytes },
    ];
  if (name === 'length')
    return [
      { name: 'count', value: step.count },
      { name: 'a block', value: BigInt(inode.blockSize) },
    ];
  if (name === 'addr')
    return Object.entries(scenario.devices).map(([device, { size }]) => ({
      name: `end of ${device}`,
      value: size,
    }));
  return [];
}

/** Values that the powers of two must have among them: the marks, and the corners of the kernel's numbers. */
export const cornersOf = (marks: readonly Mark[]): bigint[] => [
  ...marks.map(({ value }) => value),
  ...NOTABLE,
];

/**
 * At most so many round values to write beside an axis, in its order, and never two closer than that allows.
 * @param field listed values are all written, if they fit
 */
export function ticksOf(field: MapField, lines: readonly Line[], most: number): Tick[] {
  const apart = Math.ceil(lines.length / Math.max(1, most));
  const wide = lines.flatMap(({ value, wide }, at): Tick[] => (wide ? [{ at, value }] : []));
  if (isListed(field)) {
    const every = Math.ceil(wide.length / Math.max(1, most));
    return wide.filter((_, i) => i % every === 0);
  }
  if (!isPowers(lines)) return roundOf(wide, most);
  const ticks: Tick[] = [];
  const far = ({ at }: Tick) => ticks.every((tick) => Math.abs(tick.at - at) >= apart);
  const wanted = [0n, NOTABLE.at(-1)!, ...NOTABLE.slice(0, -1)];
  for (const value of wanted) {
    const tick = wide.find((one) => one.value === value);
    if (tick && far(tick)) ticks.push(tick);
  }
  for (const tick of wide) if (isPower(tick.value) && far(tick)) ticks.push(tick);
  return ticks.sort((a, b) => a.at - b.at);
}

/** Of multiples those of a step times a power of two. */
function roundOf(wide: readonly Tick[], most: number): Tick[] {
  const steps = wide.slice(1).map(({ value }, i) => value - wide[i]!.value);
  let step = steps.reduce((a, b) => (a > b ? a : b), 1n);
  const round = () => wide.filter(({ value }) => value % step === 0n);
  while (round().length > Math.max(2, most)) step *= 2n;
  return round();
}

const isPower = (value: bigint): boolean => value > 0n && (value & (value - 1n)) === 0n;
const isPowers = (lines: readonly Line[]): boolean =>
  lines.length > 64 && lines[1]?.value === 1n && lines[64]!.value > 64n;

const UNITS = [
  [40n, 'T'],
  [30n, 'G'],
  [20n, 'M'],
] as const;
/** So far from a power of two a value is told by it. */
const NEAR = 1n << 24n;

/** A value as an axis has it: `4096`, `12M`, `2^32`, `2^64-1`. */
export function tickText(value: bigint): string {
  if (value < 1_000_000n) return String(value);
  if (isPower(value)) return `2^${value.toString(2).length - 1}`;
  const unit = UNITS.find(([bits]) => value % (1n << bits) === 0n);
  if (unit && value >> unit[0] < 100_000n) return `${value >> unit[0]}${unit[1]}`;
  if (value < 10_000_000_000n) return value === (1n << 31n) - 1n ? '2^31-1' : String(value);
  const bits = value.toString(2).length;
  const [below, above] = [1n << BigInt(bits - 1), 1n << BigInt(bits)];
  if (above - value < NEAR) return `2^${bits}-${above - value}`;
  if (value - below < NEAR) return `2^${bits - 1}+${value - below}`;
  return `0x${value.toString(16)}`;
}
