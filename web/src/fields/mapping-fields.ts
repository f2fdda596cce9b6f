// SPDX-License-Identifier: MIT
/** What the form says of a mapping's fields, and what their arrow keys do. */
import { FUSE_IOMAP_TYPE, NULL_ADDR, nameOf } from '#engine/kernel/names.ts';
import { typeNumber } from '#engine/kernel/codes.ts';
import { typeNote, typeTitle } from '#engine/view/type-note.ts';
import type { WireMapping } from '#engine/run/types.ts';
import { everyNotation, hex, inNotation, type Notation } from '#engine/view/numbers.ts';
import type { JsonValue } from '#engine/scenario/path.ts';
import type { MappingContext } from './choices.ts';

export const FIELDS = ['offset', 'length', 'addr', 'type', 'flags', 'dev'] as const;
export type Field = (typeof FIELDS)[number];
type Wire = WireMapping | null;
const KIND = { offset: 'position', length: 'length', addr: 'address' } as const;

export const big = (wire: Wire, field: Field): bigint => (wire ? BigInt(wire[field]) : 0n);

/** Name of the device that a backing id stands for, for the right-hand side. */
function deviceOf(id: number, { entries }: MappingContext): string {
  if (id === 0) return 'none';
  const found = entries.find((entry) => entry.id === id);
  return found ? (found.device ?? 'passthrough') : 'no entry';
}

/** The value in a notation other than the one that a server would mostly write it in: blocks, or what the page is set to. */
export function noteOf(wire: Wire, field: Field, context: MappingContext, set: Notation): string {
  if (!wire) return '';
  if (field === 'type') return typeNote(wire.type, context.revision);
  if (field === 'flags') return hex(wire.flags, 4);
  if (field === 'dev') return deviceOf(wire.dev, context);
  if (field === 'addr' && wire.addr === NULL_ADDR) return '2^64 − 1';
  const notation = set === 'hex' ? 'hex' : set === 'blocks' ? 'decimal' : 'blocks';
  return inNotation(wire[field], notation, KIND[field], Number(context.blockSize));
}

/** The value in every notation. */
export function titleOf(wire: Wire, field: Field, context: MappingContext): string | undefined {
  if (wire && field === 'type') return typeTitle(wire.type, context.revision);
  if (!wire || (field !== 'offset' && field !== 'length' && field !== 'addr')) return undefined;
  return everyNotation(wire[field], KIND[field], Number(context.blockSize));
}

/** The value a step up or down: a block, or a byte where it is small; undefined where there is none. */
export function stepped(
  wire: Wire,
  field: Field,
  context: MappingContext,
  by: 1 | -1,
  small: boolean,
): JsonValue | undefined {
  if (field === 'flags') return undefined;
  if (field === 'type') {
    const names = Object.keys(FUSE_IOMAP_TYPE);
    const now = names.indexOf(nameOf(FUSE_IOMAP_TYPE, Number(big(wire, 'type'))) ?? '');
    return names[(now + by + names.length) % names.length];
  }
  const unit = field === 'dev' || small ? 1n : context.blockSize;
  const max = field === 'dev' ? 0xffff_ffffn : 0xffff_ffff_ffff_ffffn;
  const next = big(wire, field) + BigInt(by) * unit;
  return next < 0n || next > max ? undefined : next;
}

/** How a value of a mapping that the scenario left out would be written. */
export function filled(wire: Wire, field: Field): string {
  if (!wire) return '0';
  if (field === 'type') return nameOf(FUSE_IOMAP_TYPE, wire.type) ?? String(typeNumber(wire.type));
  if (field === 'addr' && wire.addr === NULL_ADDR) return 'NULL_ADDR';
  if (field === 'flags') return wire.flags === 0 ? 'none' : hex(wire.flags);
  if (field === 'dev' && wire.dev === 0) return 'DEV_NULL';
  return String(wire[field]);
}
