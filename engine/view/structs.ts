// SPDX-License-Identifier: MIT
import { opNames, typeNumber } from '../kernel/codes.ts';
import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, IOMAP_F, IOMAP_TYPE } from '../kernel/names.ts';
import { NULL_ADDR, flagNames, nameOf } from '../kernel/names.ts';
import type { NameTable } from '../kernel/names.ts';
import type { Execution, Iomap, WireMapping } from '../run/types.ts';
import { has } from '../kernel/has-feature.ts';
import type { Revision } from '../kernel/features.ts';
import { everyNotation, hex, inNotation } from './numbers.ts';
import type { Notation } from './numbers.ts';

/** One field of a struct as the page shows it. */
export interface FieldRow {
  field: string;
  value: string;
  /** The value in the other notations, for a tooltip; null for names. */
  also: string | null;
  /** How the reply's value was changed on the way into the struct; null if it was copied. */
  note: string | null;
}

export interface StructCard {
  name: 'iomap' | 'srcmap';
  /** The mapping of the reply that it was made from. */
  from: 'read' | 'write' | null;
  /** Null: the kernel left the caller's zeroed struct alone. */
  rows: FieldRow[] | null;
  /** What the iomap layer does with it. */
  note: string | null;
}

const prefixed = (names: string[], prefix: string, none = '0') =>
  names.length === 0 ? none : names.map((name) => (name.startsWith('0x') ? name : prefix + name)).join(' | ');

/** `IOMAP_MAPPED`, or the number. */
const iomapTypeText = (type: number) => named(IOMAP_TYPE, type, 'IOMAP_');
/** `IOMAP_F_SHARED | IOMAP_F_NEW`, or `0`. */
export const iomapFlagsText = (flags: number) => prefixed(flagNames(IOMAP_F, flags), 'IOMAP_F_');
/** `MAPPED` of FUSE_IOMAP_TYPE_*, or the number. */
export const wireTypeText = (type: number) => named(FUSE_IOMAP_TYPE, type, '');
/** `SHARED | NEW` of FUSE_IOMAP_F_*, or `0`. */
export const wireFlagsText = (flags: number) => prefixed(flagNames(FUSE_IOMAP_F, flags), '');
/** `WRITE | DIRECT`, or `0`. */
export const opFlagsText = (flags: number) => prefixed(opNames(flags), '');

function named(table: NameTable, value: number, prefix: string): string {
  const name = nameOf(table, value);
  return name === undefined ? hex(typeNumber(value)) : prefix + name;
}

/** The iomap and srcmap of a begin, in the kernel's order of fields. */
export function structCards(execution: Execution, notation: Notation, blockBytes: number): StructCard[] {
  const { iomap, srcmap, reply } = execution;
  const from = iomap === null ? null : srcmap === null ? 'read' : 'write';
  const rows = (map: Iomap | null, wire: WireMapping | null | undefined) =>
    map === null ? null : iomapRows(map, wire ?? null, notation, blockBytes);
  return [
    { name: 'iomap', from, rows: rows(iomap, from && reply?.[from]), note: null },
    {
      name: 'srcmap',
      from: srcmap === null ? null : 'read',
      rows: rows(srcmap, reply?.read),
      note: srcmapNote(iomap, srcmap),
    },
  ];
}

/** iomap_iter_srcmap: a srcmap that is a HOLE, as a zeroed one is, does not count. */
function srcmapNote(iomap: Iomap | null, srcmap: Iomap | null): string | null {
  if (iomap === null) return null;
  if (srcmap === null) {
    return 'All zeroes is a HOLE, so iomap_iter_srcmap() uses the iomap itself.';
  }
  return srcmap.type === IOMAP_TYPE.HOLE
    ? 'A HOLE, so iomap_iter_srcmap() uses the iomap itself: old contents of the new blocks would be read.'
    : null;
}

function iomapRows(map: Iomap, wire: WireMapping | null, notation: Notation, blockBytes: number): FieldRow[] {
  const number = (field: string, value: bigint, kind: 'address' | 'position' | 'length'): FieldRow => ({
    field,
    value: inNotation(value, notation, kind, blockBytes),
    also: value === NULL_ADDR ? hex(value) : everyNotation(value, kind, blockBytes),
    note: null,
  });
  return [
    number('addr', map.addr, 'address'),
    number('offset', map.offset, 'position'),
    number('length', map.length, 'length'),
    { field: 'type', value: iomapTypeText(map.type), also: hex(map.type), note: null },
    {
      field: 'flags',
      value: iomapFlagsText(map.flags),
      also: hex(map.flags, 4),
      note: flagsNote(map.flags, wire?.flags ?? null),
    },
    {
      field: 'bdev',
      value: map.bdev ?? 'NULL',
      also:
        map.bdev === null || wire === null
          ? null
          : wire.dev === 0
            ? 'the device that the filesystem was mounted from'
            : `dev ${wire.dev} of the backing table`,
      note: bdevNote(map, wire),
    },
  ];
}

/** Flags are renumbered on the way in; one whose name changes is worth a note. */
function flagsNote(flags: number, wire: number | null): string | null {
  if (wire === null) return null;
  if (wire & FUSE_IOMAP_F.WANT_IOMAP_END && flags & IOMAP_F.PRIVATE) {
    return "The server's WANT_IOMAP_END is IOMAP_F_PRIVATE inside the kernel.";
  }
  if (wire !== flags && flags !== 0) {
    return `The reply's ${hex(wire, 4)} (${wireFlagsText(wire)}), in the kernel's own numbering.`;
  }
  return null;
}

function bdevNote(map: Iomap, wire: WireMapping | null): string | null {
  return wire !== null && wire.dev !== 0 && map.bdev === null
    ? `dev ${wire.dev} is not an iomap device; this type needs none.`
    : null;
}

/** What a revision puts into the message instead of the mapping's own value; null if it is that value. */
function toldNote(revision: Revision | null, field: 'addr' | 'dev'): string | null {
  if (revision === null) return null;
  if (field === 'addr' && has(revision, 'END_ADDR_FROM_ITSELF'))
    return 'This revision assigns addr from itself in a zeroed struct: it is always 0.';
  if (has(revision, field === 'addr' ? 'END_HAS_ADDR' : 'END_HAS_DEV')) return null;
  return `This revision never tells the server the ${field === 'addr' ? 'address' : 'device'}.`;
}

/**
 * struct fuse_iomap_end_in, as it was sent; null if nothing was.
 * @param revision the notes explain how it fills the struct in; null: without notes
 */
export function endMessage(
  execution: Execution,
  revision: Revision | null,
  notation: Notation,
  blockBytes: number,
): FieldRow[] | null {
  const { request } = execution;
  if (request === null || request.map === null) return null;
  const { map } = request;
  const number = (field: string, value: bigint, kind: 'address' | 'position' | 'length'): FieldRow => ({
    field,
    value: inNotation(value, notation, kind, blockBytes),
    also: everyNotation(value, kind, blockBytes),
    note: null,
  });
  const plain = (field: string, value: string, also: string | null = null, note: string | null = null) => ({
    field,
    value,
    also,
    note,
  });
  const { written } = request;
  return [
    plain('opflags', opFlagsText(request.opflags), hex(request.opflags)),
    plain('attr_ino', String(request.attr_ino)),
    number('pos', request.pos, 'position'),
    number('count', request.count, 'length'),
    written !== null && written >= 0n
      ? number('written', written, 'length')
      : plain('written', String(written ?? 0n)),
    number('map.offset', map.offset, 'position'),
    number('map.length', map.length, 'length'),
    plain(
      'map.addr',
      inNotation(map.addr, notation, 'address'),
      hex(map.addr),
      toldNote(revision, 'addr') ?? (map.addr === NULL_ADDR ? 'The mapping has no address.' : null),
    ),
    plain('map.type', wireTypeText(map.type), hex(map.type)),
    plain('map.flags', wireFlagsText(map.flags), hex(map.flags, 4)),
    plain(
      'map.dev',
      map.dev === 0 ? 'DEV_NULL' : String(map.dev),
      null,
      toldNote(revision, 'dev') ??
        (map.dev === 0 ? 'No backing id belongs to the device of the mapping.' : null),
    ),
  ];
}
