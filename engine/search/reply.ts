// SPDX-License-Identifier: MIT
/** Replies as a search sees them, and the edits that lead from one to another. */

import { FUSE_IOMAP_F, FUSE_IOMAP_TYPE, NULL_ADDR, flagNames, nameOf } from '../kernel/names.ts';
import { typeNumber } from '../kernel/codes.ts';
import {
  BEGIN_OUT_BYTES,
  MAPPING_BYTES,
  OUT_HEADER_BYTES,
  decodeMapping,
  decodeOutHeader,
  encodeMapping,
  pureOverwrite,
} from '../kernel/wire.ts';
import type { WireMapping } from '../run/types.ts';
import type { Edit } from '../scenario/edit.ts';
import type { JsonValue } from '../scenario/json.ts';
import type { BeginReply } from '../scenario/schema.ts';
import { hexText } from '../text/json.ts';
import { spellInteger } from '../scenario/integers.ts';

export type Slot = 'read' | 'write';
export const FIELDS = ['offset', 'length', 'addr', 'type', 'flags', 'dev'] as const;
export type Field = (typeof FIELDS)[number];

/** The mappings of a reply; `write` is null where it is left out, and a pure overwrite of `read` stands for it. */
export interface Mappings {
  read: WireMapping;
  write: WireMapping | null;
}

/** One edit, which counts as one field: a value, or a whole slot. */
export type ReplyEdit =
  | { kind: 'field'; slot: Slot; field: Field; from: bigint; to: bigint }
  /** The slot becomes a hole. */
  | { kind: 'hole'; slot: Slot; to: WireMapping }
  /** The write slot becomes a pure overwrite of the read mapping: it is left out. */
  | { kind: 'overwrite'; slot: 'write' };

/** The mappings that a reply carries; null for one without: an error, raw bytes that are not such an answer. */
export function mappingsOf(reply: BeginReply): Mappings | null {
  // Others answer, and no field of the document says what.
  if (reply.leftOut) return null;
  if ('read' in reply) return { read: reply.read, write: reply.write ?? null };
  const at = mappingsAt(reply);
  if (at === null) return null;
  const bytes = 'hex' in reply ? reply.hex : 'payload' in reply ? reply.payload : null;
  return bytes && { read: decodeMapping(bytes, at), write: decodeMapping(bytes, at + MAPPING_BYTES) };
}

/** Where in raw bytes the mappings begin; null if they are not such an answer. */
function mappingsAt(reply: BeginReply): number | null {
  if ('payload' in reply)
    return reply.payload.length === BEGIN_OUT_BYTES && reply.unique === undefined ? 0 : null;
  if (!('hex' in reply) || reply.hex.length !== OUT_HEADER_BYTES + BEGIN_OUT_BYTES) return null;
  const header = decodeOutHeader(reply.hex);
  return header?.len === reply.hex.length && header.error === 0 ? OUT_HEADER_BYTES : null;
}

/** The write mapping as the kernel gets it. */
export const writeOf = ({ read, write }: Mappings): WireMapping => write ?? pureOverwrite(read);

export const fieldOf = (map: WireMapping, field: Field): bigint => BigInt(map[field]);

/** Width of each field on the wire, in bits. */
export const WIDTH: Readonly<Record<Field, number>> = {
  offset: 64,
  length: 64,
  addr: 64,
  type: 16,
  flags: 16,
  dev: 32,
};

function withField(map: WireMapping, field: Field, value: bigint): WireMapping {
  return { ...map, [field]: WIDTH[field] === 64 ? value : Number(value) };
}

export function applyEdit(mappings: Mappings, edit: ReplyEdit): Mappings {
  if (edit.kind === 'overwrite') return { ...mappings, write: null };
  if (edit.kind === 'hole') return { ...mappings, [edit.slot]: edit.to };
  const map = edit.slot === 'read' ? mappings.read : writeOf(mappings);
  return { ...mappings, [edit.slot]: withField(map, edit.field, edit.to) };
}

/** A key for the mappings, equal for equal ones. */
export function keyOf({ read, write }: Mappings): string {
  return mapKey(read) + (write === null ? '' : `|${mapKey(write)}`);
}

const mapKey = (map: WireMapping): string =>
  `${map.offset},${map.length},${map.addr},${map.type},${map.flags},${map.dev}`;

const SECTOR_BYTES = 512n;

/**
 * How large a change is: by how much a value moved, counted in bits; another name or a flag costs a little, a
 * whole slot more. Only compared among results of the search.
 */
export function changeSize(edit: ReplyEdit): number {
  if (edit.kind !== 'field') return edit.kind === 'overwrite' ? 30 : 40;
  const { field, from, to } = edit;
  switch (field) {
    case 'type':
      return 10;
    case 'flags':
      return 4 + 2 * ones(from ^ to);
    case 'dev':
      return 8 + bits(from > to ? from - to : to - from) / 8;
    case 'addr':
      // An address inside a sector may be accepted, but is hardly intended.
      if (to === NULL_ADDR) return 12;
      if (from === NULL_ADDR) return 12 + bits(to) / 4 + (to % SECTOR_BYTES === 0n ? 0 : 4);
      return bits(from > to ? from - to : to - from) + (to % SECTOR_BYTES === 0n ? 0 : 4);
    default:
      return bits(from > to ? from - to : to - from);
  }
}

const bits = (value: bigint): number => value.toString(2).length;
const ones = (value: bigint): number => value.toString(2).replaceAll('0', '').length;

/** A field's value as a scenario writes it. */
function spellField(field: Field, value: bigint): JsonValue {
  switch (field) {
    case 'type':
      return nameOf(FUSE_IOMAP_TYPE, Number(value)) ?? BigInt(typeNumber(Number(value)));
    case 'flags':
      return flagNames(FUSE_IOMAP_F, Number(value));
    case 'addr':
      return value === NULL_ADDR ? 'NULL_ADDR' : spellInteger(value);
    case 'dev':
      return value === 0n ? 'DEV_NULL' : value;
    default:
      return spellInteger(value);
  }
}

/** A mapping as a scenario writes it: zeros are left out. */
export function spellMapping(map: WireMapping): { [key: string]: JsonValue } {
  const given = FIELDS.filter((field) => fieldOf(map, field) !== 0n);
  return Object.fromEntries(given.map((field) => [field, spellField(field, fieldOf(map, field))]));
}

/** The edits of a scenario document that make these edits of the reply of a step, for editDocument(). */
export function documentEdits(step: number, reply: BeginReply, edits: readonly ReplyEdit[]): Edit[] {
  const path = ['steps', step, 'reply'];
  const before = mappingsOf(reply);
  if (before === null) return [];
  if ('hex' in reply)
    return [{ path: [...path, 'hex'], value: hexAfter(reply.hex, OUT_HEADER_BYTES, before, edits) }];
  if ('payload' in reply)
    return [{ path: [...path, 'payload'], value: hexAfter(reply.payload, 0, before, edits) }];
  let mappings = before;
  return edits.flatMap((edit): Edit[] => {
    const slotIsThere = edit.slot === 'read' || mappings.write !== null;
    mappings = applyEdit(mappings, edit);
    if (edit.kind === 'overwrite') return [{ path: [...path, 'write'], value: undefined }];
    if (edit.kind === 'field' && slotIsThere) {
      return [{ path: [...path, edit.slot, edit.field], value: spellField(edit.field, edit.to) }];
    }
    const map = edit.slot === 'read' ? mappings.read : writeOf(mappings);
    return [{ path: [...path, edit.slot], value: spellMapping(map) }];
  });
}

function hexAfter(hex: Uint8Array, at: number, before: Mappings, edits: readonly ReplyEdit[]): string {
  const mappings = edits.reduce(applyEdit, before);
  const bytes = hex.slice();
  encodeMapping(bytes, at, mappings.read);
  encodeMapping(bytes, at + MAPPING_BYTES, writeOf(mappings));
  return hexText(bytes);
}

/** An edit in words: `read.offset 8192 -> 4096`, `write: a hole`. */
export function editText(edit: ReplyEdit): string {
  if (edit.kind === 'overwrite') return 'write: a pure overwrite of read';
  if (edit.kind === 'hole') return `${edit.slot}: a hole`;
  const [from, to] = [edit.from, edit.to].map((value) => {
    const spelled = spellField(edit.field, value);
    return Array.isArray(spelled) ? spelled.join('|') || '0' : String(spelled);
  });
  return `${edit.slot}.${edit.field} ${from} -> ${to}`;
}
