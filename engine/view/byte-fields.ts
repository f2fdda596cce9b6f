// SPDX-License-Identifier: MIT
import type { Revision } from '../kernel/features.ts';
import { numberingOf } from '../kernel/numbering.ts';
import { errnoText } from '../kernel/errno.ts';
import { NULL_ADDR } from '../kernel/names.ts';
import { hex } from './numbers.ts';
import {
  BACKING_MAP,
  BEGIN_IN,
  BYTES,
  IOMAP_IO,
  OUT_HEADER,
  WRITTEN,
  type Plain,
  type Width,
} from './struct-layouts.ts';
import { opFlagsText, wireFlagsText, wireTypeText } from './structs.ts';

/** Which struct of a message a byte belongs to; `read` and `write` have their own hues. */
export type Part = 'header' | 'read' | 'write' | 'in' | 'map' | 'rest';

export interface ByteField {
  part: Part;
  name: string;
  /** From the first byte of the message. */
  offset: number;
  /** Bytes of it that arrived; less than its width in a cut message. */
  size: number;
  width: Width;
}

/** What a message consists of. */
export type MessageKind = 'begin-reply' | 'end-reply' | 'begin-request' | 'end-request' | 'backing-map';

/** The structs of each message in wire order (include/uapi/linux/fuse.h). */
const LAYOUT: Record<MessageKind, [Part, readonly Plain[]][]> = {
  'begin-reply': [
    ['header', OUT_HEADER],
    ['read', IOMAP_IO],
    ['write', IOMAP_IO],
  ],
  'end-reply': [['header', OUT_HEADER]],
  'begin-request': [['in', BEGIN_IN]],
  'end-request': [
    ['in', [...BEGIN_IN, WRITTEN]],
    ['map', IOMAP_IO],
  ],
  'backing-map': [['in', BACKING_MAP]],
};

/**
 * The fields of a message of so many bytes. A message that is cut has fewer, the last perhaps not whole;
 * what comes after the structs is one field named "more".
 */
export function messageFields(kind: MessageKind, lengthBytes: number): ByteField[] {
  const fields: ByteField[] = [];
  let offset = 0;
  for (const [part, members] of LAYOUT[kind]) {
    for (const [name, width] of members) {
      const size = Math.min(BYTES[width], lengthBytes - offset);
      if (size > 0) fields.push({ part, name, offset, size, width });
      offset += BYTES[width];
    }
  }
  if (lengthBytes > offset) {
    fields.push({ part: 'rest', name: 'more', offset, size: lengthBytes - offset, width: 'u64' });
  }
  return fields;
}

/** Whether all bytes of the field came. */
export const isWhole = (field: ByteField) => field.part !== 'rest' && field.size === BYTES[field.width];

/** A field's value, little-endian as on the wire of every machine that matters here; null if it was cut. */
export function fieldValue(bytes: Uint8Array, field: ByteField): bigint | null {
  if (!isWhole(field)) return null;
  let value = 0n;
  for (let at = field.size - 1; at >= 0; at--) {
    value = (value << 8n) | BigInt(bytes[field.offset + at] ?? 0);
  }
  return field.width.startsWith('i') ? BigInt.asIntN(field.size * 8, value) : value;
}

/** The value with the kernel's names: `MAPPED (2)`, `0x100000`, `NULL_ADDR`, `-ENOSPC`. */
export function fieldText(bytes: Uint8Array, field: ByteField, revision: Revision): string {
  if (field.part === 'rest') return `${field.size} bytes after the end of the struct`;
  const value = fieldValue(bytes, field);
  if (value === null) return `cut: ${field.size} of ${BYTES[field.width]} bytes came`;
  const small = Number(value);
  switch (field.name) {
    case 'error':
      return value === 0n ? '0' : `${errnoText(value)} (${value})`;
    case 'addr':
      return value === NULL_ADDR ? 'NULL_ADDR' : hex(value);
    case 'type':
      return `${wireTypeText(numberingOf(revision).typeCode(small))} (${small})`;
    case 'opflags':
      return `${opFlagsText(numberingOf(revision).opCode(small))} (${hex(value)})`;
    case 'flags':
      return field.part === 'in' ? hex(value) : `${wireFlagsText(small)} (${hex(value, 4)})`;
    case 'dev':
      return value === 0n ? 'DEV_NULL (0)' : String(value);
    default:
      return value < 10n && value >= 0n ? String(value) : `${value} (${hex(value)})`;
  }
}

interface ByteCell {
  /** From the first byte of the message. */
  offset: number;
  hex: string;
  field: ByteField;
  /** The field's index in the message's fields: equal for bytes of one field. */
  index: number;
}

export interface ByteRow {
  /** The struct that its first byte lies in, and where in it. */
  part: Part;
  partOffset: number;
  cells: ByteCell[];
}

/** Rows of 16 bytes, starting anew at each struct so that a row belongs to one. */
export function byteRows(bytes: Uint8Array, fields: ByteField[], perRow = 16): ByteRow[] {
  const rows: ByteRow[] = [];
  let row: ByteRow | null = null;
  let partStart = 0;
  fields.forEach((field, index) => {
    if (row === null || row.part !== field.part) {
      partStart = field.offset;
      row = null;
    }
    for (let offset = field.offset; offset < field.offset + field.size; offset++) {
      if (row === null || row.cells.length === perRow) {
        row = { part: field.part, partOffset: offset - partStart, cells: [] };
        rows.push(row);
      }
      row.cells.push({ offset, hex: (bytes[offset] ?? 0).toString(16).padStart(2, '0'), field, index });
    }
  });
  return rows;
}

/** Where a key moves the focus from a byte: arrows, Home and End within the row; null if it moves nothing. */
export function moveFocus(rows: ByteRow[], from: number, key: string): number | null {
  const at = rows.findIndex(({ cells }) => cells.some(({ offset }) => offset === from));
  const row = rows[at];
  if (row === undefined) return null;
  const column = row.cells.findIndex(({ offset }) => offset === from);
  const inRow = (target: ByteRow | undefined, index: number) =>
    target?.cells[Math.min(index, target.cells.length - 1)]?.offset ?? null;
  switch (key) {
    case 'ArrowRight':
      return inRow(row, column + 1) === from ? inRow(rows[at + 1], 0) : inRow(row, column + 1);
    case 'ArrowLeft':
      return column > 0 ? inRow(row, column - 1) : inRow(rows[at - 1], 15);
    case 'ArrowDown':
      return inRow(rows[at + 1], column);
    case 'ArrowUp':
      return inRow(rows[at - 1], column);
    case 'Home':
      return inRow(row, 0);
    case 'End':
      return inRow(row, row.cells.length - 1);
    default:
      return null;
  }
}

const HEADER_BYTES = 16;

/** The heading over a reply's bytes; the usual ones are counted without the header. */
export function replyTitle(lengthBytes: number): string {
  if (lengthBytes === HEADER_BYTES + 64) return 'The 64 bytes of the reply';
  return `The ${lengthBytes} byte${lengthBytes === 1 ? '' : 's'} of the answer`;
}
