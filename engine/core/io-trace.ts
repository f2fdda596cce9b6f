// SPDX-License-Identifier: MIT
/** The records that only I/O leaves: see assembly/records.ts for the boxes. */

import { idOf } from '../kernel/unknown.ts';
import type { BioEvent, BytesEvent, IoNoteEvent, OriginId } from './io-records.ts';
import { IO_NOTE_IDS, Kind, NOTE_IDS, orNone } from './trace.ts';

/** By number, as in assembly/records.ts. */
export const ORIGIN_IDS: readonly (OriginId | null)[] = [
  null,
  'hole',
  'unwritten',
  'new',
  'past-eof',
  'delalloc',
  'zeroed',
  'written',
  'cache',
  'dropped',
  'not-written',
];

/** By number, as BIO_READ and BIO_WRITE of the core. */
const OPS = ['read', 'write'] as const;

/** What a bio carries, by number, as in assembly/records.ts. */
const PAYLOADS = ['caller', 'cache', 'zeros'] as const;

/** An I/O event as the core has it: devices by number, not yet placed among the calls. */
export type RawIoEvent =
  | (Omit<BioEvent, 'device' | 'after'> & { device: number })
  | Omit<BytesEvent, 'after'>
  | Omit<IoNoteEvent, 'after'>
  /** A range of the file that the bio before it serves. */
  | { kind: 'segment'; pos: bigint; lengthBytes: bigint };

/** Reads one record of I/O; see ReadIo. */
export function readIoRecord(memory: DataView, record: number, kind: Kind, number: number): RawIoEvent {
  const a = memory.getBigUint64(record + 8, true);
  const b = memory.getBigUint64(record + 16, true);
  switch (kind) {
    case Kind.BIO:
      return readBio(memory, record, number);
    case Kind.BYTES:
      return readBytes(number, a, b);
    case Kind.SEGMENT:
      return { kind: 'segment', pos: a, lengthBytes: b };
    default:
      return { kind: 'note', note: idOf(IO_NOTE_IDS, number - NOTE_IDS.length), a, b };
  }
}

function readBio(memory: DataView, record: number, op: number): RawIoEvent {
  const payload = orNone(PAYLOADS, memory.getUint8(record + 2));
  return {
    kind: 'bio',
    op: idOf(OPS, op),
    device: memory.getUint32(record + 8, true),
    error: -memory.getUint32(record + 12, true) || 0,
    sector: memory.getBigUint64(record + 16, true),
    lengthBytes: memory.getBigUint64(record + 24, true),
    pos: memory.getBigUint64(record + 32, true),
    ...(payload === null ? {} : { payload }),
  };
}

function readBytes(number: number, pos: bigint, lengthBytes: bigint): RawIoEvent {
  return { kind: 'bytes', origin: idOf(ORIGIN_IDS, number), pos, lengthBytes };
}
