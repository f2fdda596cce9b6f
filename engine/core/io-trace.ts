// SPDX-License-Identifier: MIT
/** The records that only I/O leaves: see assembly/records.ts for the boxes. */

import { idOf } from '../kernel/unknown.ts';
import type { BioEvent, BytesEvent, FileRange, IoNoteEvent, OriginId } from './io-records.ts';
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

/** A range of the file that the bio before it serves. */
export type Segment = { kind: 'segment' } & FileRange;

/**
 * Reads one record of I/O, which lies after so many calls; see ReadIo. Each kind is one literal: objects that are put
 * together of parts take several times the memory.
 */
export function readIoRecord(
  memory: DataView,
  record: number,
  kind: Kind,
  number: number,
  after: number,
  deviceName: (number: number) => string | null,
): BioEvent | BytesEvent | IoNoteEvent | Segment {
  if (kind === Kind.BIO) return readBio(memory, record, number, after, deviceName);
  const a = memory.getBigUint64(record + 8, true);
  const b = memory.getBigUint64(record + 16, true);
  switch (kind) {
    case Kind.BYTES:
      return { kind: 'bytes', origin: idOf(ORIGIN_IDS, number), pos: a, lengthBytes: b, after };
    case Kind.SEGMENT:
      return { kind: 'segment', pos: a, lengthBytes: b };
    default:
      return { kind: 'note', note: idOf(IO_NOTE_IDS, number - NOTE_IDS.length), a, b, after };
  }
}

function readBio(
  memory: DataView,
  record: number,
  number: number,
  after: number,
  deviceName: (number: number) => string | null,
): BioEvent {
  const payload = orNone(PAYLOADS, memory.getUint8(record + 2));
  const op = idOf(OPS, number);
  const device = deviceName(memory.getUint32(record + 8, true)) ?? '?';
  const error = -memory.getUint32(record + 12, true) || 0;
  const sector = memory.getBigUint64(record + 16, true);
  const lengthBytes = memory.getBigUint64(record + 24, true);
  const pos = memory.getBigUint64(record + 32, true);
  return payload === null
    ? { kind: 'bio', op, device, error, sector, lengthBytes, pos, after }
    : { kind: 'bio', op, device, error, sector, lengthBytes, pos, payload, after };
}
