// SPDX-License-Identifier: MIT
import { isUnknown, unknownWords, type Unknown } from '../kernel/unknown.ts';
import type { BioEvent, IoNoteEvent, IoNoteId, OriginId, OtherEvent } from '../run/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { count, deviceName, num } from './format.ts';

/** A record of a kind that has no name here, in one sentence. */
export const otherSentence = ({ record }: OtherEvent): string =>
  `The core recorded something: ${unknownWords('kind of record', record)}.`;

/** What became of a direct request before any device was asked, in one sentence. */
export function noteSentence({ note, a, b }: IoNoteEvent, scenario: Scenario): string {
  return isUnknown(note)
    ? `The core reports a reason: ${unknownWords('reason', note)}.`
    : NOTES[note](a, b, scenario);
}

const NOTES: Readonly<Record<IoNoteId, (a: bigint, b: bigint, scenario: Scenario) => string>> = {
  'dio-unaligned': (a, b) =>
    `Direct I/O is done in logical blocks of the device: ${num(a)} is not a multiple of ${num(b)}, so -EINVAL.`,
  'dio-torn': (a, b) => `An atomic write of ${count(b, 'byte')} was given a mapping of ${num(a)}: -EINVAL.`,
  'dio-fell-back': (a, b) =>
    a === 0n
      ? 'Direct I/O was not possible, so the page cache serves the request; what it writes stays there, dirty.'
      : `After ${count(a, 'byte')} direct I/O was not possible. The page cache serves the rest of the buffer, but at ` +
        `position ${num(b)}, where the request began: the bytes are not the ones that were meant.`,
  'bio-not-atomic': (a, b, scenario) =>
    `ATOMIC_BIO makes the request at sector ${num(b)} an atomic one, and ${deviceName(a, scenario)} has none: -EINVAL.`,
};

const ORIGINS: Readonly<Record<OriginId, string>> = {
  hole: 'zeros of a hole',
  unwritten: 'zeros of an unwritten extent',
  new: 'zeros, since the blocks are NEW',
  'past-eof': 'zeros, past the end of the file',
  delalloc: 'zeros of a delayed allocation',
  zeroed: 'zeros, on request',
  written: 'written before',
  cache: 'from the page cache',
  dropped: 'dropped',
  'not-written': 'not written',
};

/** Where bytes come from, as a part of a sentence: `zeros of a hole`. */
export function originWords(
  origin: 'device' | OriginId | Unknown,
  device: string | null,
  sector: bigint | null,
): string {
  if (isUnknown(origin)) return unknownWords('origin', origin);
  return origin === 'device' ? `from sector ${num(sector ?? 0n)} of ${device ?? '?'}` : ORIGINS[origin];
}

/** `read`, `write`: what a request to a device asks for. */
export const opWords = (op: BioEvent['op']): string => (isUnknown(op) ? unknownWords('operation', op) : op);

/** `4096 bytes`. */
export const bytesText = (lengthBytes: bigint | number): string => count(BigInt(lengthBytes), 'byte');
