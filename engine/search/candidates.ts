// SPDX-License-Identifier: MIT
/**
 * The values that are worth trying in a field. None of this says what the kernel accepts: the core decides that.
 */

import { factsOf } from '../checks/words.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, NULL_ADDR } from '../kernel/names.ts';
import type { CheckRecord } from '../run/types.ts';
import type { Probe } from './probe.ts';
import {
  FIELDS,
  WIDTH,
  fieldOf,
  writeOf,
  type Field,
  type Mappings,
  type ReplyEdit,
  type Slot,
} from './reply.ts';

const DEV_END = 0x7fff_ffffn;
/** How many ids of each kind a crowded table contributes. */
const IDS = 3;

const mask = (field: Field): bigint => (1n << BigInt(WIDTH[field])) - 1n;

/** Values at a field's edges: of the question, of the machine, of the other fields, of the number's width. */
export function boundaryValues(probe: Probe, mappings: Mappings, slot: Slot, field: Field): bigint[] {
  const map = slot === 'read' ? mappings.read : writeOf(mappings);
  const other = slot === 'read' ? writeOf(mappings) : mappings.read;
  const now = fieldOf(map, field);
  const values = new Set<bigint>();
  const add = (...some: bigint[]) => {
    for (const value of some) if (value !== now && value >= 0n && value <= mask(field)) values.add(value);
  };
  add(...OF_FIELD[field](probe, map, now));
  add(0n, now - 1n, now + 1n, mask(field), fieldOf(other, field));
  return [...values];
}

type Map = Mappings['read'];

const OF_FIELD: Readonly<Record<Field, (probe: Probe, map: Map, now: bigint) => bigint[]>> = {
  offset: ({ step, inode, scenario }, { length }, now) => {
    const block = BigInt(inode.blockSize);
    const { maxBytes } = scenario.superblock;
    const down = step.pos - (step.pos % block);
    return [
      ...around(now, block),
      ...around(down, block),
      ...[step.pos - 1n, step.pos, step.pos + 1n, step.pos - length + block, step.pos - length],
      ...[maxBytes - 1n, maxBytes, maxBytes - (maxBytes % block), maxBytes - (maxBytes % block) - block],
      ...[(1n << 64n) - length, (1n << 64n) - length - block, 1n << 63n, (1n << 64n) - block],
    ];
  },
  length: ({ step, inode }, { offset, addr }, now) => {
    const block = BigInt(inode.blockSize);
    const wanted = step.pos + step.count - offset;
    const toEnd = (1n << 64n) - offset;
    return [
      ...around(now, block),
      ...around(step.pos - offset - ((step.pos - offset) % block), block),
      ...[1n, block, wanted, wanted + ((block - (wanted % block)) % block)],
      ...[
        toEnd,
        toEnd - block,
        (1n << 64n) - addr,
        (1n << 64n) - addr - block,
        (1n << 64n) - block,
        1n << 63n,
      ],
    ];
  },
  addr: ({ inode, scenario }, { length }, now) => {
    const block = BigInt(inode.blockSize);
    const sizes = Object.values(scenario.devices)
      .slice(0, IDS)
      .map(({ size }) => size);
    return [
      ...around(now, block),
      ...[NULL_ADDR, NULL_ADDR - 1n, block, 512n, 1n << 20n, 1n << 63n],
      ...[(1n << 64n) - length, (1n << 64n) - length - 1n, (1n << 64n) - length - block],
      ...sizes.flatMap((size) => [size, size - length]),
    ];
  },
  type: () => [...Object.values(FUSE_IOMAP_TYPE), 5, 252, 256].map(BigInt),
  flags: (_, __, now) => [
    ...Array.from({ length: 16 }, (_, bit) => now ^ (1n << BigInt(bit))),
    ...Object.values(FUSE_IOMAP_F).map(BigInt),
    ...[now & 0xffn, 0xffn, 0x100n],
  ],
  dev: ({ before }, _, now) => {
    const ids = (type: 'IOMAP' | 'PASSTHROUGH') =>
      before.entries.filter((entry) => entry.type === type).map(({ id }) => BigInt(id));
    return [
      ...[...ids('IOMAP').slice(0, IDS), ...ids('IOMAP').slice(-1), ...nearest(ids('IOMAP'), now)],
      ...[...ids('PASSTHROUGH').slice(0, IDS), BigInt(before.cursor), 1n, 2n, 1024n, 1025n],
      ...[DEV_END - 1n, DEV_END, DEV_END + 1n],
    ];
  },
};

function around(value: bigint, block: bigint): bigint[] {
  const down = value - (value % block);
  return [value - block, value, value + block, down - block, down, down + block];
}

function nearest(ids: readonly bigint[], to: bigint): bigint[] {
  const far = (id: bigint) => (id > to ? id - to : to - id);
  const best = [...ids].sort((a, b) => (far(a) < far(b) ? -1 : 1))[0];
  return best === undefined ? [] : [best];
}

/** Values derived from the operands of a check: each of them, one off, their sums, differences and roundings. */
function operandValues({ operands }: CheckRecord, field: Field): bigint[] {
  const values = new Set<bigint>();
  const add = (...some: bigint[]) => {
    for (const value of some) if (value >= 0n && value <= mask(field)) values.add(value);
  };
  for (const a of operands) {
    add(a, a - 1n, a + 1n);
    for (const b of operands) {
      add(a - b, a + b, a & b, a & ~b & mask(field));
      if (b > 1n) add(a - (a % b), a - (a % b) + b);
    }
  }
  return [...values];
}

/**
 * The fields that a check looks at, by the names of its operands, and the type, which chooses among checks. A
 * write mapping that is left out gets its fields from the read mapping.
 */
export function fieldsOf({ check, which }: CheckRecord, mappings: Mappings): { slot: Slot; field: Field }[] {
  const slot = which === 'write' && mappings.write !== null ? 'write' : 'read';
  const names = new Set<string>([...factsOf(check).operands, 'type']);
  return FIELDS.filter((field) => names.has(field)).map((field) => ({ slot, field }));
}

/** Every place that a field edit can be made. */
export function allPlaces(mappings: Mappings): { slot: Slot; field: Field }[] {
  const slots: Slot[] = mappings.write === null ? ['read'] : ['read', 'write'];
  return slots.flatMap((slot) => FIELDS.map((field) => ({ slot, field })));
}

/** The edits of a field, from its boundary values and from the operands of these checks. */
export function fieldEdits(
  probe: Probe,
  mappings: Mappings,
  { slot, field }: { slot: Slot; field: Field },
  checks: readonly CheckRecord[] = [],
): ReplyEdit[] {
  const from = fieldOf(slot === 'read' ? mappings.read : writeOf(mappings), field);
  const values = new Set(boundaryValues(probe, mappings, slot, field));
  for (const check of checks) for (const value of operandValues(check, field)) values.add(value);
  values.delete(from);
  return [...values].map((to) => ({ kind: 'field', slot, field, from, to }));
}

/** The edits that replace a whole slot: by a hole where it lies, by one at the requested byte, by an overwrite. */
export function slotEdits(probe: Probe, mappings: Mappings, slot: Slot): ReplyEdit[] {
  if (slot === 'write' && mappings.write === null) return [];
  const { step, inode } = probe;
  const block = BigInt(inode.blockSize);
  const map = mappings[slot]!;
  const offset = step.pos - (step.pos % block);
  const end = step.pos + (step.count > 0n ? step.count : 1n);
  const asked = end - offset + ((block - (end % block)) % block);
  const hole = { addr: NULL_ADDR, type: FUSE_IOMAP_TYPE.HOLE, flags: 0, dev: 0 };
  const edits: ReplyEdit[] = [
    { kind: 'hole', slot, to: { ...hole, offset: map.offset, length: map.length } },
    { kind: 'hole', slot, to: { ...hole, offset, length: asked } },
  ];
  return slot === 'write' ? [...edits, { kind: 'overwrite', slot }] : edits;
}
